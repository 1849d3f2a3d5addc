//! Boxes whose model was made for another rate than the host has.

use crate::rig::Rig;
use nn_core::{
    fake::{Behaviour, FakeModel, FakeSource},
    message::{Atom, Event},
};
use std::time::Duration;

pub const MODEL_HZ: u32 = 48_000;

pub fn gain() -> FakeModel {
    FakeModel::new([1, 1, 1, 1], Behaviour::Gain).with_rate(MODEL_HZ)
}

/// `m` passes on what comes in, made for 48 kHz; the others are made for it too, but for `anywhere`.
pub fn source() -> FakeSource {
    let now = Duration::ZERO;
    FakeSource::new(gain().with_method("inverse"))
        .and("half", gain().with_gain(0.5), now)
        .and("late", FakeModel::new([1, 1, 1, 1], Behaviour::Delay(500)).with_rate(MODEL_HZ), now)
        .and("coarse", FakeModel::new([1, 512, 1, 512], Behaviour::Gain).with_rate(MODEL_HZ), now)
        .and("anywhere", FakeModel::new([1, 1, 1, 1], Behaviour::Gain), now)
        .and("encode", FakeModel::new([1, 1, 1, 512], Behaviour::Gain).with_rate(MODEL_HZ), now)
        .and("decode", FakeModel::new([1, 512, 1, 1], Behaviour::Gain).with_rate(MODEL_HZ), now)
        .and("not_finite", FakeModel::new([1, 1, 1, 1], Behaviour::NotANumber(2)).with_rate(MODEL_HZ), now)
        .and("fails", FakeModel::new([1, 1, 1, 1], Behaviour::Failing(0)).with_rate(MODEL_HZ), now)
        .and("panics", FakeModel::new([1, 1, 1, 1], Behaviour::Panicking).with_rate(MODEL_HZ), now)
}

/// A box that waits for its worker and for pending loads, so that every sample is certain.
pub fn exact(arguments: &str) -> Rig {
    let mut rig = Rig::with_source(source(), arguments, 64, true);
    rig.send("wait 1");
    rig.poll_until(|events| format!("{events:?}").contains("loaded"));
    rig
}

pub fn resampled(arguments: &str) -> Rig {
    let mut rig = exact(arguments);
    rig.send("resample 1");
    settle(&mut rig);
    rig
}

/// Plays silence until whatever was asked for is there.
pub fn settle(rig: &mut Rig) {
    for _ in 0..3 {
        let silence = vec![vec![0.0; 64 * 20]; rig.object.inlets()];
        rig.play(&silence);
        rig.poll();
    }
}

pub fn latency(rig: &mut Rig) -> usize {
    rig.send("latency");
    rig.poll();
    match rig.info("latency").expect("an answer")[0] {
        Atom::Int(frames) => frames as usize,
        ref other => panic!("{other:?}"),
    }
}

/// How much later than `latency` the loudest sample of an impulse comes out, and how loud it is.
pub fn found(rig: &mut Rig, latency: usize) -> (isize, f32) {
    let begin = 321;
    let mut input = vec![0.0; (begin + latency + 600).next_multiple_of(64)];
    input[begin] = 1.0;
    let heard = rig.play(&[input]).remove(0);
    let loudest = (0..heard.len()).max_by(|&a, &b| heard[a].abs().total_cmp(&heard[b].abs()));
    let loudest = loudest.expect("sound");
    (loudest as isize - (begin + latency) as isize, heard[loudest])
}

/// What is heard of a constant once it has come through.
pub fn steady(rig: &mut Rig, level: f32, latency: usize) -> Vec<f32> {
    let inputs = vec![vec![level; (latency + 1600).next_multiple_of(64)]; rig.object.inlets()];
    rig.play(&inputs).remove(0).split_off(latency + 1000)
}

pub fn largest_step(sound: &[f32]) -> f32 {
    sound.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
}

pub fn notes(rig: &Rig) -> Vec<&str> {
    rig.events
        .iter()
        .filter_map(|event| match event {
            Event::Note(line) if line.contains("Hz") => Some(line.as_str()),
            _ => None,
        })
        .collect()
}
