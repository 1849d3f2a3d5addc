//! Tests of fades and of lanes that come and go.

use super::*;

const RATE_HZ: f32 = 1000.0; // 5 ms = 5 samples

/// Plays `frames` samples of a constant 1 (or nothing) through the envelope.
fn play(declick: &mut Declick, frames: usize, has_sound: bool, wanted: bool) -> Vec<f32> {
    let mut out = vec![9.0f32; frames];
    let mut at = 0;
    while at < frames {
        let n = declick.segment_frames(frames - at, has_sound, wanted);
        let ramp = declick.advance(n, has_sound, wanted);
        let ones = vec![1.0; n];
        declick.write(0, ramp, has_sound.then_some(&ones[..]), &mut out[at..at + n]);
        at += n;
    }
    out
}

fn close(a: &[f32], b: &[f32]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-5)
}

#[test]
fn sound_passes_bit_for_bit_while_open() {
    let mut declick = Declick::new(1, RATE_HZ, false);
    assert_eq!(play(&mut declick, 100, true, true), vec![1.0; 100]);
    assert!(declick.is_open());
}

#[test]
fn a_missing_buffer_decays_from_the_last_sample_and_returns_with_a_fade() {
    let mut declick = Declick::new(1, RATE_HZ, false);
    play(&mut declick, 3, true, true);
    let gap = play(&mut declick, 8, false, true);
    assert!(close(&gap, &[0.8, 0.6, 0.4, 0.2, 0.0, 0.0, 0.0, 0.0]), "{gap:?}");
    assert!(declick.is_silent());
    let back = play(&mut declick, 7, true, true);
    assert!(close(&back, &[0.2, 0.4, 0.6, 0.8, 1.0, 1.0, 1.0]), "{back:?}");
    assert!(declick.is_open());
}

#[test]
fn disabling_fades_the_sound_itself() {
    let mut declick = Declick::new(1, RATE_HZ, false);
    let out = play(&mut declick, 7, true, false);
    assert!(close(&out, &[0.8, 0.6, 0.4, 0.2, 0.0, 0.0, 0.0]), "{out:?}");
}

#[test]
fn lanes_that_come_rise_and_lanes_that_go_fall_while_the_others_pass_bit_for_bit() {
    let segment = |declick: &mut Declick, lane: usize, there: bool| {
        let mut out = [9.0f32; 4];
        if there {
            let ramp = declick.advance(4, true, true);
            declick.write(lane, ramp, Some(&[1.0; 4]), &mut out);
        } else {
            declick.write_gone(lane, &mut out);
        }
        out
    };
    let mut one = Declick::new(1, RATE_HZ, false);
    assert_eq!(segment(&mut one, 0, true), [1.0; 4]);
    let mut two = Declick::new(2, RATE_HZ, false);
    two.continue_from(&mut one);
    assert_eq!(segment(&mut two, 0, true), [1.0; 4]);
    assert!(close(&segment(&mut two, 1, true), &[0.2, 0.4, 0.6, 0.8]));
    // Gone before it had come, and back before it had gone.
    let mut fewer = Declick::new(1, RATE_HZ, false);
    fewer.continue_from(&mut two);
    assert_eq!(segment(&mut fewer, 0, true), [1.0; 4]);
    assert!(close(&segment(&mut fewer, 1, false), &[0.64, 0.48, 0.32, 0.16]));
    assert!(close(&segment(&mut fewer, 1, true), &[0.2, 0.4, 0.6, 0.8]));
    assert!(close(&segment(&mut fewer, 1, false), &[0.64, 0.48, 0.32, 0.16]));
    assert!(fewer.is_present(1));
    assert!(close(&segment(&mut fewer, 1, false), &[0.0; 4]) && !fewer.is_present(1));
    assert!(close(&segment(&mut fewer, 1, true), &[0.2, 0.4, 0.6, 0.8]), "and there again");
    fewer.forget(1);
    assert!(close(&segment(&mut fewer, 1, true), &[0.2, 0.4, 0.6, 0.8]), "heard by nobody meanwhile");
    assert_eq!(segment(&mut fewer, 2, false), [0.0; 4], "one that never was");
}

#[test]
fn turning_round_in_mid_fade_makes_no_step() {
    let mut declick = Declick::new(1, RATE_HZ, false);
    let mut out = play(&mut declick, 2, true, true);
    for (has_sound, wanted, frames) in
        [(true, false, 2), (true, true, 1), (false, true, 2), (true, true, 3), (true, false, 9)]
    {
        out.extend(play(&mut declick, frames, has_sound, wanted));
    }
    for pair in out.windows(2) {
        assert!((pair[1] - pair[0]).abs() < 0.2 + 1e-5, "{out:?}");
    }
}
