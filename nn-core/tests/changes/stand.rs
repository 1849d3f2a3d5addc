//! Boxes whose every sample is certain, and what is heard across a change.

use crate::rig::Rig;
use nn_core::fake::{Behaviour, FakeModel, FakeSource};
use std::time::Duration;

/// 5 ms at the rig's rate.
pub const FADE_FRAMES: usize = 220;

/// Of a box with a buffer of 512 in blocks of 64.
pub const LATENCY_FRAMES: usize = 512 - 64 + 512;

pub fn gain(gain: f64) -> FakeModel {
    FakeModel::new([1, 1, 1, 1], Behaviour::Gain).with_gain(gain)
}

/// `m` plays what comes in, other names other things.
pub fn source() -> FakeSource {
    FakeSource::new(gain(1.0).with_method("inverse"))
        .and("half", gain(0.5), Duration::ZERO)
        .and("slow", gain(3.0), Duration::from_millis(300))
        .and("count", FakeModel::new([1, 1, 1, 1], Behaviour::Counter), Duration::ZERO)
        .and("wide", FakeModel::new([3, 1, 4, 1], Behaviour::Gain), Duration::ZERO)
        .and("coarse", FakeModel::new([1, 2048, 1, 2048], Behaviour::Gain), Duration::ZERO)
}

/// A box that waits for its worker and for pending loads, so that every sample is certain.
pub fn exact(arguments: &str) -> Rig {
    let mut rig = Rig::with_source(source(), arguments, 64, true);
    rig.send("wait 1");
    rig.poll_until(|events| format!("{events:?}").contains("loaded"));
    rig
}

pub fn largest_step(sound: &[f32]) -> f32 {
    sound.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
}

/// Sends a message in the midst of a constant 1 and gives what is heard from there on, the latency taken off.
pub fn across(rig: &mut Rig, message: &str, latency: usize) -> Vec<f32> {
    let input = |frames| vec![vec![1.0; frames]];
    rig.play(&input(64 * 100));
    rig.send(message);
    let mut heard = rig.play(&input(latency.next_multiple_of(64))).remove(0);
    heard.extend(rig.play(&input(64 * 200)).remove(0));
    rig.poll();
    heard.split_off(latency)
}
