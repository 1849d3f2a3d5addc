//! Boxes whose sound is mixed, and whose every sample is certain.

use std::time::Duration;

use crate::rig::Rig;
use nn_core::{
    effect::Mix,
    fake::{Behaviour, FakeModel, FakeSource},
    message::{Atom, Event},
};

/// 5 ms at the rig's rate.
pub const FADE_FRAMES: usize = 220;

/// So loud that it is no sound that went in.
pub fn thrice() -> FakeModel {
    FakeModel::new([1, 1, 1, 1], Behaviour::Gain).with_gain(3.0)
}

/// What the file of `effect` says.
pub const OF_FILE: Mix = Mix { wet: 0.5, dry: 0.25, input_gain_db: 0.0, output_gain_db: -6.0 };

/// `m` is three times as loud as what comes in, `effect` too and says how it is mixed, `slow` takes a while to load.
pub fn source() -> FakeSource {
    let now = Duration::ZERO;
    FakeSource::new(thrice().with_method("inverse"))
        .and("effect", thrice().with_mix(OF_FILE), now)
        .and("plain", thrice().with_mix(Mix::default()), now)
        .and("slow", thrice().with_mix(OF_FILE), Duration::from_millis(200))
        .and("silent", thrice().with_gain(0.0), now)
        .and("encode", FakeModel::new([1, 1, 1, 512], Behaviour::Gain), now)
        .and("noise", FakeModel::new([0, 1, 1, 1], Behaviour::Counter), now)
}

/// A box that waits for its worker and for loads, and has played nothing yet.
pub fn waiting(source: FakeSource, arguments: &str, block_frames: usize) -> Rig {
    let mut rig = Rig::with_source(source, arguments, block_frames, true);
    rig.send("wait 1");
    rig
}

/// The same, with its model.
pub fn exact(arguments: &str) -> Rig {
    let mut rig = waiting(source(), arguments, 64);
    rig.until_loaded();
    rig.poll();
    rig
}

pub fn latency(rig: &mut Rig) -> usize {
    rig.send("latency");
    rig.poll();
    match rig.info("latency").expect("an answer")[0] {
        Atom::Int(frames) => frames as usize,
        ref other => panic!("{other:?}"),
    }
}

/// What is heard of a level while it lasts, after a while.
pub fn heard_of(rig: &mut Rig, level: f32, frames: usize) -> Vec<f32> {
    let inputs = vec![vec![level; frames.next_multiple_of(64)]; rig.object.inlets()];
    rig.play(&inputs).remove(0)
}

/// Plays a level until it has come through whatever is in between, and gives what is then heard of it.
pub fn settled(rig: &mut Rig, level: f32) -> f32 {
    *heard_of(rig, level, 64 * 150).last().expect("sound")
}

pub fn largest_step(sound: &[f32]) -> f32 {
    sound.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
}

pub fn notes(rig: &Rig) -> Vec<&str> {
    let notes = rig.events.iter().filter_map(|event| match event {
        Event::Note(line) => Some(line.as_str()),
        _ => None,
    });
    notes.collect()
}
