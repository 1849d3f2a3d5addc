//! Nothing clicks: a sound begins, changes and ends within 5 ms.

use std::time::Duration;

use supercollider_host::Input;

use crate::common::{Nn, Session, largest_step, path, scsynth};

/// A fade of 5 ms at 48 kHz, one sample of it.
const STEP: f32 = 1.0 / 240.0;

fn constant(model: i32, buffer: i32) -> Nn {
    Nn { signals: vec![Input::Constant(1.0)], ..Nn::new(model, buffer) }
}

/// A synth that is ready and waits for its model, in a server that plays on: one that pauses cuts the sound itself.
fn waiting(s: &Session, nn: &Nn) -> i32 {
    let node = s.synth(&nn.ugen());
    s.run(true);
    s.events.until("ready", |event| event.kind == "ready" && event.node == node);
    s.tell(node, "wait", &[1.into()]);
    node
}

/// What a synth plays until it plays this for a block.
fn played_until(s: &Session, node: i32, level: f32) -> Vec<f32> {
    let mut sound = Vec::new();
    s.until("the sound", || {
        sound.extend(s.heard(node).remove(0));
        sound.last_chunk::<64>().is_some_and(|block| block.iter().all(|&sample| sample == level))
    });
    sound
}

#[test]
fn a_ugen_is_silent_until_its_model_is_ready_and_then_fades_in() {
    let s = scsynth();
    for buffer in [0, 256] {
        let number = 100_000 + buffer;
        let node = s.synth(&constant(number, buffer).ugen());
        s.play(20);
        s.load_as(number, "late");
        s.play(20);
        s.run(true);
        s.events.until("ready", |event| event.kind == "ready" && event.node == node);
        s.tell(node, "wait", &[1.into()]);
        let heard = played_until(&s, node, 1.0);
        s.run(false);
        let silent = heard.iter().position(|&sample| sample != 0.0).expect("sound");
        assert!(silent >= 40 * 64, "it takes 300 ms to load: {silent}");
        assert!(heard.iter().all(|sample| (0.0..=1.0).contains(sample)));
        // What goes in fades as well, in the same 5 ms where nothing lies between.
        assert!(largest_step(&heard) <= 2.0 * STEP * 1.01, "buffer {buffer}: {}", largest_step(&heard));
        s.freed(&[node]);
    }
}

#[test]
fn another_model_is_crossfaded_while_the_first_one_plays() {
    let s = scsynth();
    let node = waiting(&s, &constant(s.load("gain"), 1024));
    played_until(&s, node, 1.0);
    s.tell(node, "load", &[path("half").as_str().into()]);
    let heard = played_until(&s, node, 0.5);
    assert_eq!(heard[0], 1.0);
    assert!(largest_step(&heard) <= STEP * 1.01, "{}", largest_step(&heard));
    assert!(heard.iter().all(|sample| (0.49..=1.0).contains(sample)), "both are there meanwhile");
}

#[test]
fn every_sample_is_finite_whatever_the_model_does() {
    let s = scsynth();
    for (name, buffer) in [("nan", 256), ("fails", 256), ("slow", 2048)] {
        let node = s.synth(&constant(s.load(name), buffer).ugen());
        s.run(true);
        s.events.until("ready", |event| event.kind == "ready" && event.node == node);
        std::thread::sleep(Duration::from_millis(400));
        s.run(false);
        let heard = &s.heard(node)[0];
        assert!(heard.iter().all(|sample| (0.0..=1.0).contains(sample)), "{name}");
        let step = largest_step(heard);
        assert!(step <= 2.0 * STEP * 1.01, "{name}: {step}");
        s.freed(&[node]);
    }
}
