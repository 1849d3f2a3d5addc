//! Boxes that a host leaves out of its audio for a while, without a word: [switch~] in Pd, mute~ in Max.
#![cfg(feature = "fake")]

mod rig;

use nn_core::fake::{Behaviour, FakeModel, FakeSource};
use rig::{RATE_HZ, Rig};

const BLOCK_FRAMES: usize = 64;
/// Of a box with a buffer of 512 in blocks of 64.
const LATENCY_FRAMES: usize = 512 - 64 + 512;
const FADE_FRAMES: usize = 221;

/// A box that passes its input on, and has played a level for a while.
fn playing(arguments: &str, level: f32) -> Rig {
    let source = FakeSource::new(FakeModel::new([1, 1, 1, 1], Behaviour::Gain));
    let mut rig = Rig::with_source(source, arguments, BLOCK_FRAMES, true);
    rig.send("wait 1");
    rig.until_loaded();
    let heard = rig.play(&[vec![level; 64 * 101]]).remove(0);
    assert_eq!(heard.last(), Some(&level));
    rig
}

/// The host's time goes on, and it looks at the box every 50 ms; it does not call for sound.
fn leave_out(rig: &mut Rig, for_ms: f64) {
    for _ in 0..(for_ms / 50.0) as usize {
        rig.poll();
        rig.pass(50.0);
    }
}

#[test]
fn what_went_in_before_is_not_heard_after_it() {
    for (arguments, latency) in [("m forward 512", LATENCY_FRAMES), ("m forward 0", 0)] {
        let mut rig = playing(arguments, 0.25);
        leave_out(&mut rig, 1000.0);
        let heard = rig.play(&[vec![0.75; 64 * 101]]).remove(0);
        assert_eq!(heard.last(), Some(&0.75), "{arguments}");
        // Silence, a fade, the new level: nothing is louder than what came before it.
        let begin = heard.iter().position(|&s| s != 0.0).expect("sound");
        assert!(
            (latency..latency + 1024 + 64).contains(&(begin + 64)),
            "{arguments}: sound after {begin} samples"
        );
        assert!(heard.windows(2).all(|pair| pair[1] >= pair[0]), "{arguments}: a level of the past");
        let step = heard.windows(2).map(|pair| pair[1] - pair[0]).fold(heard[0], f32::max);
        // What goes in rises, and so does what comes out.
        assert!(step < 2.1 * 0.75 / FADE_FRAMES as f32, "{arguments}: a click of {step}");
        assert!(rig.errors().is_empty(), "{:?}", rig.errors());
    }
}

#[test]
fn the_latency_is_the_same_after_it() {
    let mut rig = playing("m forward 512", 0.0);
    leave_out(&mut rig, 1000.0);
    rig.play(&[vec![1.0; 64 * 50]]);
    let ramp = rig::ramp(64 * 50);
    let heard = rig.play(std::slice::from_ref(&ramp)).remove(0);
    assert_eq!(heard[LATENCY_FRAMES..], ramp[..ramp.len() - LATENCY_FRAMES]);
}

#[test]
fn a_moment_without_audio_changes_nothing() {
    let mut rig = playing("m forward 512", 0.5);
    leave_out(&mut rig, 50.0);
    let heard = rig.play(&[vec![0.5; 64 * 50]]).remove(0);
    assert!(heard.iter().all(|&s| s == 0.5));
    // Nor does a host that looks at the box while it plays.
    for _ in 0..100 {
        rig.pass(0.0);
        assert!(rig.play(&[vec![0.5; 640]])[0].iter().all(|&s| s == 0.5));
    }
    assert!(rig.now_ms() > 100.0 * 640.0 * 1e3 / RATE_HZ);
}

#[test]
fn a_new_beginning_after_it_is_a_beginning_like_any_other() {
    let mut rig = playing("m forward 512", 0.25);
    leave_out(&mut rig, 1000.0);
    rig.off_and_on();
    let heard = rig.play(&[vec![0.75; 64 * 50]]).remove(0);
    assert!(heard[..LATENCY_FRAMES].iter().all(|&s| s == 0.0));
    assert!(heard[LATENCY_FRAMES..].iter().all(|&s| s == 0.75), "no fade: the host has just begun to play");
}
