//! Models that never come back from a run or a load: nobody else waits for them.
#![cfg(feature = "fake")]

mod rig;

use std::time::{Duration, Instant};

use nn_core::{
    engine::loader::Loader,
    fake::{Behaviour, FakeModel, FakeSource},
    message::Atom,
};
use rig::{Rig, play_for};

const FADE_FRAMES: usize = 220;

fn gain(gain: f64) -> FakeModel {
    FakeModel::new([1, 1, 1, 1], Behaviour::Gain).with_gain(gain)
}

/// `m` plays what comes in, other names other things.
fn source() -> FakeSource {
    FakeSource::new(gain(1.0))
        .and("half", gain(0.5), Duration::ZERO)
        .and("hangs", FakeModel::new([1, 1, 1, 1], Behaviour::Hanging(6)), Duration::ZERO)
        .and("never", gain(1.0), Duration::from_secs(100_000))
}

fn largest_step(sound: &[f32]) -> f32 {
    sound.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
}

/// A level in the second half; on a busy machine a single block may be late, and be silence.
fn ends_with(heard: &[f32], level: f32) -> bool {
    heard[heard.len() / 2..].contains(&level)
}

#[test]
fn a_model_that_hangs_makes_way_for_another() {
    let mut rig = Rig::with_source(source(), "hangs forward 512", 64, true);
    rig.until_loaded();
    play_for(&mut rig, Duration::from_millis(500));
    assert!(!rig.object.status().running_for().is_zero(), "it hangs");
    rig.send("load half");
    // Hanging is known after two seconds.
    let heard = play_for(&mut rig, Duration::from_secs(4));
    assert!(ends_with(&heard, 0.5), "{:?}", rig.events);
    assert!(largest_step(&heard) < 1.0 / FADE_FRAMES as f32 * 1.1);
}

#[test]
fn a_model_that_never_loads_holds_neither_its_box_nor_others_up_for_long() {
    // Not the loader of the other tests, which would wait too.
    let loader = Box::leak(Box::new(Loader::new()));
    let mut stuck = Rig::with_loader(loader, source(), "m forward 64", 64, true);
    stuck.until_loaded();
    stuck.send("load never");
    // Audio goes on.
    let heard = play_for(&mut stuck, Duration::from_millis(300));
    assert!(ends_with(&heard, 1.0));
    stuck.send("load half");
    let mut other = Rig::with_loader(loader, source(), "m forward 64", 64, true);
    let begin = Instant::now();
    while !format!("{:?}", other.events).contains("loaded")
        || !ends_with(&play_for(&mut stuck, Duration::from_millis(50)), 0.5)
    {
        assert!(begin.elapsed() < Duration::from_secs(20), "{:?} {:?}", other.events, stuck.events);
        other.poll();
    }
}

/// How often a load was announced.
fn loads(rig: &Rig) -> usize {
    format!("{:?}", rig.events).matches("\"loaded\"").count()
}

#[test]
fn a_hanging_box_becomes_what_it_is_asked_to_be_once_and_keeps_its_attributes() {
    for messages in [
        &["bufsize 0"][..],
        &["bufsize 0", "bufsize 256"],
        &["reset"],
        &["method forward", "deadline 64"],
        &["reload"],
    ] {
        let mut rig = Rig::with_source(source(), "hangs forward 512", 64, true);
        rig.until_loaded();
        rig.send("set gain 0.75");
        let begin = Instant::now();
        while rig.object.status().running_for() < Duration::from_millis(100) {
            assert!(begin.elapsed() < Duration::from_secs(20), "it does not hang");
            play_for(&mut rig, Duration::from_millis(50));
        }
        for message in messages {
            rig.send(message);
            let begin = Instant::now();
            rig.poll();
            assert!(begin.elapsed() < Duration::from_millis(500), "{message} held the host up");
        }
        // With no worker a hanging model hangs its host: what was set is read before it does, after six runs.
        if messages.last() != Some(&"bufsize 0") {
            let heard = play_for(&mut rig, Duration::from_secs(4));
            assert!(heard.contains(&0.75), "{messages:?}: a copy plays until it hangs in its turn");
        } else {
            rig.poll_until(|_| true);
        }
        assert!(loads(&rig) <= 3, "{messages:?}: {} loads", loads(&rig));
    }
}

#[test]
fn a_reload_of_a_hanging_box_sets_again_what_was_set() {
    let mut rig = Rig::with_source(source(), "hangs forward 512", 64, true);
    rig.until_loaded();
    rig.send("set gain 0.25");
    play_for(&mut rig, Duration::from_millis(2500));
    rig.send("reload");
    rig.send("get gain");
    let begin = Instant::now();
    while rig.info("gain").is_none() {
        assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", rig.events);
        play_for(&mut rig, Duration::from_millis(20));
    }
    assert_eq!(rig.info("gain"), Some(&[Atom::Float(0.25)][..]));
}
