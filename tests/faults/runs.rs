//! Models that raise, hang, answer nonsense, or are deleted while they compute.

use crate::stand::{
    BOTH, HEALTHY_LATENCY, all_refused, beside_a_healthy_box, boxed, boxed_hostile, one_error, plays_on,
    silent_with,
};
use crate::support::{
    patch::Patch,
    stage::{Stage, frames},
};
use std::time::Duration;

#[test]
fn a_box_is_deleted_while_it_computes() {
    for player in BOTH {
        let mut stage = Stage::new();
        let mut inner = Patch::new();
        let (control, slow, noise) =
            (inner.object("r slow"), inner.object(&boxed("slow", "forward 256")), inner.object("noise~"));
        inner.connect(control, 0, slow, 0);
        inner.connect(noise, 0, slow, 0);
        let told = inner.object("print slow");
        inner.connect(slow, 1, told, 0);
        stage.subpatch("inner", inner);
        stage.part("good", &boxed("identity", "forward 256"), 1).send("good wait 1\nslow wait 1");
        // 200 ms and more for 6 ms of sound.
        stage.pass(100).send("slow wait 0\nslow set work 5000").pass(60).send("slow stats\npd-inner clear");
        let played = stage.pass(200).play(player);
        let what = format!("{player:?}: {:#?}", played.lines);
        played.assert_exact("good", HEALTHY_LATENCY, &what);
        assert_eq!(played.errors, Vec::<String>::new(), "{what}");
        let stats = played.lines.iter().find(|line| line.starts_with("slow: stats blocks "));
        let late = stats.and_then(|line| line.split(' ').nth(5)).and_then(|late| late.parse::<u32>().ok());
        assert!(late.is_some_and(|late| late > 0), "it was computing: {what}");
    }
}

#[test]
fn a_model_that_raises_says_so_once_and_sounds_again() {
    // Method, buffers that are silent, what it says.
    for (bad, silent, error) in [
        (boxed_hostile("brittle", "first 256"), 0..1, "first raised: this model fails at its first call"),
        (boxed_hostile("brittle", "forward 64"), 999..1000, "fails at its thousandth call"),
        (boxed("throws", "later 256"), 3..4, "this model fails at its fourth call"),
        (boxed_hostile("brittle", "nan_first 256"), 0..1, "the model answered NaN or infinity"),
        (boxed_hostile("brittle", "infinite 256"), 2..3, "the model answered NaN or infinity"),
        (boxed("nan", "once 256"), 2..3, "the model answered NaN or infinity"),
    ] {
        let buffer: usize = if bad.contains(" 64") { 64 } else { 256 };
        let script = |stage: &mut Stage| {
            stage.send("bad wait 1").pass(1600).send("bad stats").pass(20);
        };
        beside_a_healthy_box(&bad, script, |played, what| {
            one_error(played, error, what);
            let sound = &played.sound("bad")[2 * buffer - 64..];
            let fade = frames(5) + 2;
            for (number, heard) in sound.chunks_exact(buffer).enumerate() {
                let dry = &played.dry[number * buffer..][..buffer];
                if silent.contains(&number) {
                    assert!(heard != dry, "{what}: buffer {number}");
                    assert!(heard.iter().skip(fade).all(|&s| s == 0.0), "{what}: buffer {number}");
                } else if !(silent.end..silent.end + fade.div_ceil(buffer)).contains(&number) {
                    assert!(heard == dry, "{what}: buffer {number}");
                }
            }
            let stats = played.last("bad", "stats").expect("stats");
            let counted = stats.contains("faults 1 ") || stats.contains("nonfinite 1 ");
            assert!(counted, "{what}: {stats}");
        });
    }
}

#[test]
fn a_model_that_always_raises_is_silent_and_says_one_line() {
    for (bad, error) in [
        (boxed("throws", "forward 256"), "forward raised: this model always fails: "),
        (boxed_hostile("brittle", "greedy 256"), "greedy raised: "),
        (boxed("nan", "forward 256"), "the model answered NaN or infinity: "),
        (boxed("short", "forward 256"), "forward answered"),
    ] {
        let script = |stage: &mut Stage| {
            stage.send("bad wait 1").pass(1000).send("bad stats").pass(20);
        };
        beside_a_healthy_box(&bad, script, |played, what| {
            silent_with(error)(played, what);
            let stats = played.last("bad", "stats").expect("stats");
            let runs: u32 = stats.split(' ').nth(2).and_then(|n| n.parse().ok()).expect("a count");
            assert!(runs > 100, "it ran on: {what}: {stats}");
        });
    }
}

#[test]
fn answers_that_are_no_sound_are_named_and_others_converted() {
    let wrong = [
        "two_channels",
        "one_frame_more",
        "two_examples",
        "four_axes",
        "scalar",
        "no_frames",
        "complex_numbers",
        "nothing",
        "pair",
        "words",
        "named",
    ];
    let cases = wrong.map(|method| (boxed_hostile("shapes", &format!("{method} 256")), method));
    all_refused(&cases, |_| ());
    for (method, wanted) in [
        ("forward", (|x| x) as fn(f32) -> f32),
        ("sparse", |x| x),
        ("whole", |x| (x * 4.0).trunc()),
        ("truth", |x| f32::from(u8::from(x > 0.0))),
    ] {
        let bad = boxed_hostile("shapes", &format!("{method} 256"));
        beside_a_healthy_box(&bad, plays_on, |played, what| {
            let sound = &played.sound("bad")[HEALTHY_LATENCY..];
            assert!(sound.iter().any(|&s| s != 0.0), "{what}");
            assert!(sound.iter().zip(&played.dry).all(|(&s, &x)| s == wanted(x)), "{what}");
            assert_eq!(played.errors, Vec::<String>::new(), "{what}");
        });
    }
}

#[test]
fn a_model_that_does_not_come_back_silences_its_own_box_only() {
    for buffer in [256, 2048] {
        let script = |stage: &mut Stage| {
            stage.limit(Duration::from_secs(30));
            // Three are waited for; waiting for the fourth would be waiting for ever.
            let third_is_heard = 2 * buffer + 2 * buffer - 64 + buffer / 2;
            stage
                .send("bad wait 1")
                .pass(third_is_heard * 10 / 441)
                .send("bad wait 0")
                .pass(800)
                .send("bad stats\nbad enable 0");
            stage.pass(50).send("bad enable 1\nbad get hold\nbad bang").pass(50);
        };
        beside_a_healthy_box(
            &boxed_hostile("hangs", &format!("forward {buffer}")),
            script,
            |played, what| {
                let sound = played.sound("bad");
                let after = 2 * buffer - 64 + 3 * buffer + frames(5) + 2;
                assert!(sound[after..].iter().all(|&s| s == 0.0), "{what}");
                assert!(sound[2 * buffer - 64..].starts_with(&played.dry[..3 * buffer]), "{what}");
                let stats = played.last("bad", "stats").expect("stats");
                assert!(!stats.contains(" late 0 "), "{what}: {stats}");
            },
        );
    }
}
