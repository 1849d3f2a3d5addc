//! Boxes that nobody plays: `idle`.

#![cfg(feature = "fake")]

mod rig;

use nn_core::fake::{Behaviour, FakeModel, FakeSource};
use rig::{RATE_HZ, Rig};

/// What the model `delay` remembers, in samples.
const DELAY: usize = 1000;

/// A box without a worker, in a host that does not wait: what is heard does not depend on the clock.
fn inline(model: FakeModel, messages: &[&str]) -> Rig {
    let mut rig = Rig::with_source(FakeSource::new(model), "model forward 64", 64, false);
    rig.send("wait 0");
    rig.until_loaded();
    messages.iter().for_each(|message| rig.send(message));
    rig
}

fn delay() -> FakeModel {
    FakeModel::new([1, 1, 1, 1], Behaviour::Delay(DELAY))
}

fn noise(frames: usize, mut state: u32) -> Vec<f32> {
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / 16_777_216.0 - 0.5
    };
    (0..frames).map(|_| next()).collect()
}

/// Sound, a silence, and sound that begins in the middle of a buffer.
fn tune(silence_s: f64) -> Vec<f32> {
    let silence = (silence_s * RATE_HZ) as usize / 64 * 64 + 37;
    [noise(64 * 20, 1), vec![0.0; silence], noise(64 * 41 - 37, 2)].concat()
}

#[test]
fn a_box_that_rests_plays_the_same_as_one_that_does_not() {
    let input = tune(3.0);
    let [awake, idle] = [&[][..], &["idle 0.5"]].map(|messages| {
        let mut rig = inline(delay(), messages);
        let heard = rig.play(std::slice::from_ref(&input));
        (heard, rig.object.status().counts())
    });
    assert_eq!(awake.0, idle.0);
    assert_eq!(awake.1.idle, 0);
    let (all, rested) = (idle.1.buffers + idle.1.idle, idle.1.idle);
    assert_eq!(all, awake.1.buffers);
    // 3 s but for the delay and half a second.
    let expected = ((3.0 - 0.5) * RATE_HZ - DELAY as f64) / 64.0;
    assert!((rested as f64 - expected).abs() < 3.0, "{rested}, not {expected}");
}

#[test]
fn a_message_to_the_model_wakes_it() {
    let mut rig = inline(FakeModel::new([1, 1, 1, 1], Behaviour::Gain), &["idle 0.5"]);
    let silence = vec![vec![0.0; 64 * 2000]];
    rig.play(&silence);
    let before = rig.object.status().counts();
    assert!(before.idle > 0);
    rig.send("get gain");
    rig.play(&[vec![0.0; 640]]);
    assert_eq!(rig.object.status().counts().buffers, before.buffers, "a question does not");
    rig.send("set gain 0.5");
    rig.play(&[vec![0.0; 640]]);
    assert_eq!(rig.object.status().counts().buffers, before.buffers + 10);
    rig.send("idle 0");
    rig.play(&silence);
    assert_eq!(rig.object.status().counts().idle, before.idle + 10);
}

#[test]
fn silence_is_counted_from_when_it_is_asked_for() {
    let mut rig = inline(FakeModel::new([1, 1, 1, 1], Behaviour::Gain), &["idle 0.5"]);
    rig.play(&[vec![0.0; 64 * 2000]]);
    rig.send("idle 0");
    rig.play(&[noise(64 * 20, 1)]);
    let before = rig.object.status().counts();
    assert!(before.idle > 0);
    rig.send("idle 0.5");
    rig.play(&[vec![0.0; 64 * 100]]);
    assert_eq!(rig.object.status().counts().buffers, before.buffers + 100);
}

#[test]
fn a_rendering_that_repeats_leaves_nothing_out() {
    for messages in [["idle 0.1", "wait 1"], ["idle 0", "wait 0"]] {
        let mut rig = inline(delay(), &messages);
        rig.play(&[vec![0.0; 64 * 700]]);
        assert_eq!(rig.object.status().counts().idle, 0, "{messages:?}");
    }
}

#[test]
fn what_sounds_by_itself_plays_on() {
    let mut rig = inline(FakeModel::new([1, 1, 1, 1], Behaviour::Counter), &["idle 0.1"]);
    rig.play(&[vec![0.0; 64 * 700]]);
    assert_eq!(rig.object.status().counts().idle, 0);
}
