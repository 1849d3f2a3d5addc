//! Tests of sound that comes back before a fade has come to its end.

use super::*;

const RATE_HZ: f32 = 1000.0; // 5 ms = 5 samples

/// Plays samples of a level, or none where they are missing.
fn play(declick: &mut Declick, level: Option<f32>, frames: usize) -> Vec<f32> {
    let (mut out, mut at) = (vec![9.0f32; frames], 0);
    while at < frames {
        let n = declick.segment_frames(frames - at, level.is_some(), true);
        let ramp = declick.advance(n, level.is_some(), true);
        let source = level.map(|level| vec![level; n]);
        declick.write(0, ramp, source.as_deref(), &mut out[at..at + n]);
        at += n;
    }
    out
}

fn close(a: &[f32], b: &[f32]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-5)
}

#[test]
fn a_host_s_nan_ends_with_it() {
    let mut declick = Declick::new(2, RATE_HZ, false);
    for end in [f32::NAN, f32::INFINITY] {
        declick.rise(0, end);
        declick.pass(1, &mut [end; 4]);
        let mut gone = [9.0f32; 4];
        declick.write_gone(1, &mut gone);
        let mut back = [1.0f32; 8];
        declick.pass(0, &mut back);
        assert!(gone == [0.0; 4] && close(&back[..5], &[0.2, 0.4, 0.6, 0.8, 1.0]), "{gone:?} {back:?}");
    }
}

#[test]
fn sound_that_comes_back_in_mid_fall_rises_over_the_rest() {
    let mut declick = Declick::new(1, RATE_HZ, false);
    let mut out = play(&mut declick, Some(1.0), 2);
    out.extend(play(&mut declick, None, 2));
    // It has moved on: another level than that on which the fall began.
    out.extend(play(&mut declick, Some(-1.0), 7));
    assert!(close(&out, &[1.0, 1.0, 0.8, 0.6, 0.2, -0.2, -0.6, -0.8, -1.0, -1.0, -1.0]), "{out:?}");
}

#[test]
fn sound_that_stays_away_again_falls_as_slowly_as_at_first() {
    let mut declick = Declick::new(1, RATE_HZ, false);
    let mut out = play(&mut declick, Some(1.0), 2);
    for (level, frames) in [(None, 1), (Some(0.0), 1), (None, 7)] {
        out.extend(play(&mut declick, level, frames));
    }
    // 0.6 are left when it stays away again, of which little is the sound that had come back.
    assert!(close(&out[2..], &[0.8, 0.6, 0.48, 0.36, 0.24, 0.12, 0.0, 0.0, 0.0]), "{out:?}");
    assert!(declick.is_silent() && !declick.is_falling());
}

#[test]
fn a_rest_too_small_to_fall_is_none() {
    let level = f32::from_bits(7);
    let mut declick = Declick::new(4, RATE_HZ, false);
    declick.rise(0, level);
    assert!(!declick.is_falling(), "that of an input");
    for lane in 1..3 {
        let ramp = declick.advance(1, true, true);
        declick.write(lane, ramp, Some(&[level * lane as f32]), &mut [0.0f32]);
        declick.write_gone(lane, &mut [0.0f32; 8]);
    }
    assert!(!declick.is_falling(), "that of a lane that went");
    play(&mut declick, Some(level), 2);
    play(&mut declick, None, 2);
    play(&mut declick, Some(0.0), 20);
    assert!(!declick.is_falling(), "that of a fall over which sound came back");
}
