//! What goes wrong in models, files and patches ends nobody and leaves nothing on the outlets.
#![cfg(target_os = "linux")]

mod common;

use common::{FORMAT, assert_late, loaded, max, ramp};
use max_host::{Max, Overdrive, Patched};

/// Plays a bad box beside a good one, of which not a sample may be lost.
fn beside_a_good_one(text: &str, work: impl FnOnce(&Max, Patched)) {
    let max = max();
    max.overdrive(Overdrive::On);
    let good = loaded(&max, "nn~ gain forward 64");
    max.wire(good, 0, 1);
    max.audio_on(FORMAT);
    max.forget();
    let bad = max.create(text);
    max.send(bad, "wait 1");
    max.wire(bad, 0, 1);
    max.rebuild();
    work(&max, bad);
    let input = ramp(1, 1280);
    let wet = max.play(good, &input);
    assert_late(&wet[0], &input[0], 64, &format!("beside {text}"));
}

#[test]
fn models_that_raise_are_silent_and_say_one_line() {
    for (text, error) in [
        ("nn~ fails forward 64", "forward raised: made to fail"),
        ("nn~ fails forward 0", "forward raised: made to fail"),
        ("nn~ nan forward 64", "the model answered NaN or infinity"),
        ("nn~ nan forward 0", "the model answered NaN or infinity"),
        ("nn~ panics forward 64", ""),
        ("nn~ panics forward 0", ""),
    ] {
        beside_a_good_one(text, |max, bad| {
            common::settled(max, bad);
            let wet = max.play(bad, &ramp(1, 6400));
            assert!(wet[0].iter().all(|&s| s == 0.0), "{text}");
            max.until("an error", |max| !max.errors().is_empty());
            max.play(bad, &ramp(1, 6400));
            max.pass(60);
            let errors = max.errors();
            assert!(errors.len() == 1 && errors[0].contains(error), "{text}: {errors:?}");
            max.send(bad, "load gain");
            max.until("another", |max| max.told(bad).iter().filter(|t| *t == "loaded 1").count() == 2);
            assert!(max.play(bad, &ramp(1, 1280))[0].iter().any(|&s| s != 0.0), "{text}: it goes on");
        });
    }
}

#[test]
fn a_model_that_fails_later_fades_and_is_silent() {
    beside_a_good_one("nn~ fails_later forward 64", |max, bad| {
        common::settled(max, bad);
        let wet = max.play(bad, &[vec![1.0; 12_800]]);
        assert!(wet[0][2000..].iter().all(|&s| s == 0.0));
        let steps = wet[0][200..].windows(2).map(|pair| (pair[1] - pair[0]).abs());
        assert!(steps.fold(0.0, f64::max) < 0.05, "no click");
    });
}

#[test]
fn a_model_that_does_not_come_back_silences_its_own_box() {
    beside_a_good_one("nn~ hangs forward 64", |max, bad| {
        common::settled(max, bad);
        max.send(bad, "wait 0");
        max.play(bad, &ramp(1, 6400));
        let wet = max.play(bad, &ramp(1, 6400));
        assert!(wet[0].iter().all(|&s| s == 0.0));
        for message in ["get gain", "stats", "bang", "enable 0", "enable 1"] {
            max.send(bad, message);
        }
        max.delete(bad);
    });
}

#[test]
fn boxes_are_deleted_whatever_they_are_doing() {
    for text in [
        "nn~ slow forward 64",
        "nn~ late forward 64",
        "nn~ slow forward 0",
        "mc.nn~ slow",
        "nn~ hangs forward 64",
    ] {
        beside_a_good_one(text, |max, bad| {
            max.send(bad, "wait 0");
            max.play(bad, &ramp(1, 256));
            max.send(bad, "get gain");
            max.send_from_scheduler(bad, "load late");
            let begin = std::time::Instant::now();
            max.delete(bad);
            assert!(begin.elapsed().as_secs() < 3, "{text}: nobody is waited for");
        });
    }
}

#[test]
fn reload_and_bang_without_a_model_are_answered() {
    for text in ["nn~", "nn~ void 2 3", "nn~ x"] {
        beside_a_good_one(text, |max, bad| {
            for message in
                ["bang", "reload", "get gain", "set gain 1", "latency", "reset", "method forward", "dump"]
            {
                max.send(bad, message);
                max.play(bad, &ramp(1, 64));
            }
            max.until("an answer", |max| max.told(bad).iter().any(|told| told == "loaded 0"));
            max.until("an error", |max| {
                max.errors().iter().any(|error| error.contains("there is no model yet"))
            });
        });
    }
}

#[test]
fn names_that_are_none_are_no_models() {
    let long = "x".repeat(5000);
    for name in ["a", "..", "/", ".", "a/b/c", &long, "~/nowhere"] {
        beside_a_good_one("nn~", |max, bad| {
            max.send(bad, &format!("load {name}"));
            assert!(max.errors()[0].contains("no model '"), "{:?}", max.errors());
        });
    }
}
