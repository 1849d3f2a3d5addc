//! Nothing clicks: a sound begins, changes and ends within 5 ms.

use supercollider_host::Input;

use crate::common::{Nn, largest_step, path, scsynth};

/// A fade of 5 ms at 48 kHz, one sample of it.
const STEP: f32 = 1.0 / 240.0;

fn constant(model: i32, buffer: i32) -> Nn {
    Nn { signals: vec![Input::Constant(1.0)], ..Nn::new(model, buffer) }
}

#[test]
fn a_ugen_is_silent_until_its_model_is_ready_and_then_fades_in() {
    let s = scsynth();
    for buffer in [0, 256] {
        let number = 100_000 + buffer;
        let node = s.synth(&constant(number, buffer).ugen());
        s.pass(30);
        s.load_as(number, "late");
        s.until_ready(node);
        s.tell(node, "wait", &[1.into()]);
        s.pass(150);
        let heard = &s.heard(node)[0];
        let silent = heard.iter().position(|&sample| sample != 0.0).expect("sound");
        assert!(silent as f64 >= 0.15 * 48_000.0, "it takes 300 ms to load: {silent}");
        assert!(heard.iter().all(|sample| (0.0..=1.0).contains(sample)));
        // What goes in fades as well, in the same 5 ms where nothing lies between.
        assert!(largest_step(heard) <= 2.0 * STEP * 1.01, "buffer {buffer}: {}", largest_step(heard));
        assert_eq!(heard.last(), Some(&1.0));
        s.freed(&[node]);
    }
}

#[test]
fn another_model_is_crossfaded_while_the_first_one_plays() {
    let s = scsynth();
    let node = s.ready(&constant(s.load("gain"), 1024).ugen());
    s.tell(node, "wait", &[1.into()]);
    s.pass(100);
    s.heard(node);
    s.tell(node, "load", &[path("half").as_str().into()]);
    s.pass(300);
    let heard = &s.heard(node)[0];
    assert_eq!((heard[0], heard.last()), (1.0, Some(&0.5)));
    assert!(largest_step(heard) <= STEP * 1.01, "{}", largest_step(heard));
    assert!(heard.iter().all(|sample| (0.49..=1.0).contains(sample)), "both are there meanwhile");
}

#[test]
fn every_sample_is_finite_whatever_the_model_does() {
    let s = scsynth();
    for (name, buffer) in [("nan", 256), ("fails", 256), ("slow", 2048)] {
        let node = s.ready(&constant(s.load(name), buffer).ugen());
        s.pass(400);
        let heard = &s.heard(node)[0];
        assert!(heard.iter().all(|sample| (0.0..=1.0).contains(sample)), "{name}");
        assert!(heard.iter().any(|&sample| sample != 0.0), "{name}");
        let step = largest_step(heard);
        assert!(step <= 2.0 * STEP * 1.01, "{name}: {step}");
        s.freed(&[node]);
    }
}
