//! What ended, hung or silenced Pd elsewhere, one test for each: the host lives on, says one clear line, and a healthy
//! box beside the broken one plays every sample.

mod support;

#[path = "../nn-core/tests/archive_files/mod.rs"]
mod archive_files;
#[path = "../nn-core/tests/nesting_forms/mod.rs"]
mod nesting_forms;
#[path = "support/spoilt.rs"]
mod spoilt;

use std::time::Duration;

use support::{
    hostile, model,
    patch::{Patch, escaped},
    session::Player,
    stage::{Played, Stage, frames},
};

const BOTH: [Player; 2] = [Player::PdBatch, Player::Host];
/// Through the healthy box: a buffer of 256, no samples in common with a block, a deadline of one buffer.
const HEALTHY_LATENCY: usize = 448;

fn boxed(name: &str, rest: &str) -> String {
    format!("nn~ {} {rest}", escaped(&model(name).display().to_string()))
}

fn boxed_hostile(name: &str, rest: &str) -> String {
    format!("nn~ {} {rest}", escaped(&hostile(name).display().to_string()))
}

/// A broken box called `bad` beside a healthy one, in both hosts.
fn beside_a_healthy_box(bad: &str, script: impl Fn(&mut Stage), judge: impl Fn(&Played, &str)) {
    for player in BOTH {
        let mut stage = Stage::new();
        stage.part("bad", bad, 1);
        stage.part("good", &boxed("identity", "forward 256"), 1).send("good wait 1");
        script(&mut stage);
        let played = stage.play(player);
        let what = format!("{player:?}: [{bad}] {:#?}", played.lines);
        played.assert_exact("good", HEALTHY_LATENCY, &what);
        played.assert_finite(&what);
        for line in &played.lines {
            for foreign in ["Traceback", "torch/csrc", "c10::", "panicked", "terminate"] {
                assert!(!line.contains(foreign), "{what}");
            }
        }
        assert!(played.errors.iter().all(|line| line.starts_with("nn~: ") && line.len() < 700), "{what}");
        judge(&played, &what);
    }
}

/// The box is silent, and exactly one error was printed, with this in it.
fn silent_with(error: &str) -> impl Fn(&Played, &str) {
    move |played, what| {
        assert!(played.sound("bad").iter().all(|&s| s == 0.0), "{what}: it sounds");
        one_error(played, error, what);
    }
}

/// Exactly one error was printed, with this in it, and it also came out of the information outlet.
fn one_error(played: &Played, error: &str, what: &str) {
    assert_eq!(played.errors.len(), 1, "{what}");
    assert!(played.errors[0].contains(error), "{what}: no '{error}'");
    let told = played.told["bad"].iter().filter(|told| told.starts_with("error ")).count();
    assert_eq!(told, 1, "{what}");
}

/// Many broken boxes beside a healthy one: each is silent, and says one line with its own words in it.
fn all_refused(cases: &[(String, &str)], prepare: impl Fn(&Stage)) {
    for player in BOTH {
        let mut stage = Stage::new();
        let name = |number: usize| format!("bad{number}");
        for (number, (bad, _)) in cases.iter().enumerate() {
            stage.part(&name(number), bad, 1).send(&format!("{} wait 1", name(number)));
        }
        stage.part("good", &boxed("identity", "forward 256"), 1).send("good wait 1");
        prepare(&stage);
        let played = stage.pass(100).play(player);
        let what = format!("{player:?}: {:#?}", played.lines);
        played.assert_exact("good", HEALTHY_LATENCY, &what);
        for (number, (bad, error)) in cases.iter().enumerate() {
            let (name, what) = (name(number), format!("[{bad}]: {what}"));
            assert!(played.sound(&name).iter().all(|&s| s == 0.0), "{what}: it sounds");
            let said: Vec<_> =
                played.told[&name].iter().filter_map(|told| told.strip_prefix("error ")).collect();
            assert_eq!(said.len(), 1, "{what}");
            assert!(said[0].contains(error), "no '{error}' {what}");
            assert!(played.errors_with(said[0]) >= 1, "not on the console: {what}");
        }
        assert_eq!(played.errors.len(), cases.len(), "{what}");
    }
}

fn plays_on(stage: &mut Stage) {
    stage.send("bad wait 1").pass(100).send("bad bang").pass(20);
}

#[test]
fn a_corrupt_empty_truncated_or_foreign_file_leaves_a_silent_box() {
    let good = std::fs::read(model("slow")).unwrap();
    let mut corrupt = good.clone();
    corrupt[30_000] ^= 4;
    let files: [(&str, &[u8], &str); 4] = [
        ("corrupt", &corrupt, "corrupt.ts: entry "),
        ("empty", b"", "empty.ts: the file is empty: download or export"),
        ("truncated", &good[..40_000], "truncated.ts: the file is incomplete"),
        ("foreign", b"RIFF....WAVEfmt no model at all", "foreign.ts: this is not a TorchScript file"),
    ];
    let cases = files.map(|(name, _, error)| (format!("nn~ {name} forward 256"), error));
    all_refused(&cases, |stage| {
        for (name, bytes, _) in files {
            std::fs::write(stage.folder().join(format!("{name}.ts")), bytes).unwrap();
        }
    });
}

/// Files that are nested far deeper than any stack bears, and what is said of each.
fn nested_files() -> Vec<(String, Vec<u8>, String)> {
    let wanted =
        ["lists", "sums", "if", "minus", "methods that call the next", "tuples in constants", "objects"];
    let forms = nesting_forms::forms().into_iter().filter(|form| wanted.contains(&form.name));
    let all: Vec<_> = forms
        .map(|form| {
            let bytes = (form.make)(if form.name == "if" { 2_000 } else { 10_000 });
            let error = nn_core::archive::verify(&bytes).expect_err(form.name).to_string();
            (form.name.replace(' ', "_"), bytes, error)
        })
        .collect();
    assert_eq!(all.len(), wanted.len());
    all
}

#[test]
fn files_that_are_nested_too_deeply_leave_silent_boxes() {
    let files = nested_files();
    let cases: Vec<_> =
        files.iter().map(|(name, _, error)| (format!("nn~ {name} forward 256"), error.as_str())).collect();
    all_refused(&cases, |stage| {
        for (name, bytes, _) in &files {
            std::fs::write(stage.folder().join(format!("{name}.ts")), bytes).unwrap();
        }
    });
}

#[test]
fn a_torchscript_file_that_is_no_model_says_what_it_lacks() {
    beside_a_healthy_box(
        &boxed_hostile("methodless", "forward 256"),
        plays_on,
        silent_with("no method with `<name>_params`: this is not a model made for nn~"),
    );
}

#[test]
fn a_method_that_is_announced_and_not_there_is_named() {
    for method in ["forward", "ghost"] {
        beside_a_healthy_box(
            &boxed_hostile("phantom", &format!("{method} 256")),
            |stage| {
                stage.send("bad wait 1").pass(100).send("bad set mute 1").pass(60);
                stage.send("bad get mute\nbad set moody 1\nbad get moody").pass(60);
            },
            |played, what| {
                if method == "forward" {
                    played.assert_exact("bad", HEALTHY_LATENCY, what);
                    assert_eq!(played.errors.len(), 4, "{what}");
                    assert_eq!(
                        played.errors_with("not today") + played.errors_with("nothing to say"),
                        2,
                        "{what}"
                    );
                } else {
                    assert!(played.sound("bad").iter().all(|&s| s == 0.0), "{what}");
                    assert!(played.errors_with("ghost") >= 1, "{what}");
                }
            },
        );
    }
}

#[test]
fn names_shorter_than_three_characters_are_names() {
    let names = ["a", "ab", "ü"];
    all_refused(&names.map(|name| (format!("nn~ {name}"), "beside the patch")), |_| ());
    for player in BOTH {
        let mut stage = Stage::new();
        for name in names {
            std::fs::copy(model("identity"), stage.folder().join(format!("{name}.ts"))).unwrap();
            stage.part(name, &format!("nn~ {name} 256"), 1).send(&format!("{name} wait 1"));
        }
        let played = stage.pass(100).play(player);
        let what = format!("{player:?}: {:#?}", played.lines);
        names.iter().for_each(|name| played.assert_exact(name, HEALTHY_LATENCY, &what));
        assert_eq!(played.errors, Vec::<String>::new(), "{what}");
    }
}

#[test]
fn a_bang_to_a_box_without_arguments_is_answered() {
    beside_a_healthy_box("nn~", plays_on, |played, what| {
        assert_eq!(played.told["bad"], ["loaded 0"], "{what}");
        assert_eq!(played.errors, Vec::<String>::new(), "{what}");
        assert!(played.sound("bad").iter().all(|&s| s == 0.0), "{what}");
    });
}

#[test]
fn a_number_where_set_expects_a_name_is_refused() {
    let messages = [
        ("set 3 4", "set: '3 4': type set ATTRIBUTE VALUE..."),
        ("set 3", "set: '3': type set ATTRIBUTE VALUE..."),
        ("set", "set: nothing after it: type set ATTRIBUTE VALUE..."),
        ("get 3", "get: '3': type get ATTRIBUTE"),
        // An empty line elsewhere.
        ("set gain loud", "gain: value 1 must be"),
        ("set gain 1 2", "gain takes float"),
    ];
    for player in BOTH {
        let mut stage = Stage::new();
        for number in 0..messages.len() {
            let name = format!("bad{number}");
            stage.part(&name, &boxed("gain", "forward 256"), 1).send(&format!("{name} wait 1"));
        }
        stage.pass(60);
        for (number, (message, _)) in messages.iter().enumerate() {
            // Twice: the second time it is only counted.
            stage.send(&format!("bad{number} {message}\nbad{number} {message}"));
        }
        let played = stage.pass(60).play(player);
        for (number, (message, error)) in messages.iter().enumerate() {
            let (name, what) =
                (format!("bad{number}"), format!("{player:?}: {message}: {:#?}", played.lines));
            played.assert_exact(&name, HEALTHY_LATENCY, &what);
            let said =
                played.told[&name].iter().filter(|told| told.starts_with("error ")).collect::<Vec<_>>();
            assert!(said.len() == 1 && said[0].contains(error), "{what}");
        }
        assert_eq!(played.errors.len(), messages.len(), "{player:?}: {:#?}", played.lines);
    }
}

#[test]
fn buffers_from_8192_on_lose_nothing() {
    for buffer in [8192, 16_384, 65_536] {
        let script = |stage: &mut Stage| {
            stage.send("bad wait 1").pass(3500);
        };
        beside_a_healthy_box(&boxed("identity", &format!("forward {buffer}")), script, |played, what| {
            played.assert_exact("bad", 2 * buffer - 64, what);
            assert_eq!(played.errors, Vec::<String>::new(), "{what}");
        });
    }
}

#[test]
fn a_huge_buffer_is_refused_in_words() {
    let large = ["16777218", "1e+09", "2147483648", "4294967040"];
    let large = large.map(|buffer| (buffer, " samples is too large: the largest is 16777216"));
    let absurd = ["1e+20", "-1", "-2147483648", "0.5"];
    let absurd = absurd.map(|buffer| (buffer, "is no buffer in samples (0 or more): type [nn~ "));
    let cases: Vec<_> = large
        .into_iter()
        .chain(absurd)
        .map(|(buffer, error)| (boxed("identity", &format!("forward {buffer}")), error))
        .collect();
    all_refused(&cases, |_| ());
}

#[test]
fn a_ratio_above_4096_plays() {
    for ratio in [8192_usize, 65_536] {
        let script = |stage: &mut Stage| {
            let promised = [1, ratio as i64, 1, ratio as i64];
            spoilt::with_params(&model("identity"), &stage.folder().join("coarse.ts"), promised);
            stage.send("bad wait 1").pass(if ratio == 8192 { 1000 } else { 5000 });
        };
        beside_a_healthy_box("nn~ coarse forward", script, |played, what| {
            // The last sample of each group, for as long as the group.
            let sound = &played.sound("bad")[2 * ratio - 64..];
            assert!(sound.iter().any(|&s| s != 0.0), "{what}");
            for (n, &sample) in sound.iter().enumerate() {
                assert_eq!(sample, played.dry[n / ratio * ratio + ratio - 1], "{what}: sample {n}");
            }
            assert_eq!(played.errors, Vec::<String>::new(), "{what}");
        });
    }
}

#[test]
fn channel_counts_and_ratios_that_nobody_can_mean_are_refused() {
    const HUGE: i64 = 1 << 31;
    let promises: [([i64; 4], &str); 13] = [
        ([-1, 1, 1, 1], "method forward: -1 input channels: must be from 0 to 4096"),
        ([1, 1, -1, 1], "method forward: -1 output channels: must be from 1 to 4096"),
        ([1, 1, 0, 1], "method forward: 0 output channels: must be from 1 to 4096"),
        ([HUGE, 1, 1, 1], "method forward: 2147483648 input channels"),
        ([1, 1, HUGE, 1], "method forward: 2147483648 output channels"),
        ([1, 1, i64::MIN, 1], "output channels: must be from 1 to 4096"),
        ([1, 0, 1, 1], "method forward: input ratio 0: must be from 1 to"),
        ([1, -1, 1, 1], "method forward: input ratio -1: must be from 1 to"),
        ([1, 1, 1, 0], "method forward: output ratio 0: must be from 1 to"),
        ([1, HUGE, 1, 1], "method forward: input ratio 2147483648: must be from 1 to"),
        ([1, 1, 1, i64::MAX], "output ratio 9223372036854775807: must be from 1 to"),
        ([1, 1_048_575, 1, 1_048_573], "the ratios of all methods together need a buffer of more than"),
        // No input is a generator; this one does not keep its promise.
        ([0, 1, 1, 1], "input must be [batch, 1, frames], got [1, 0, 256]: the box is silent"),
    ];
    let names: Vec<_> = (0..promises.len()).map(|number| format!("absurd{number}")).collect();
    let cases: Vec<_> =
        names.iter().zip(&promises).map(|(name, (_, error))| (format!("nn~ {name} 256"), *error)).collect();
    all_refused(&cases, |stage| {
        for (name, (params, _)) in names.iter().zip(&promises) {
            let file = stage.folder().join(format!("{name}.ts"));
            spoilt::with_params(&model("identity"), &file, *params);
        }
    });
}

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

#[test]
fn without_a_thread_every_sample_of_a_block_is_played() {
    let script = |stage: &mut Stage| {
        stage.send("bad wait 1").pass(300);
    };
    beside_a_healthy_box(&boxed("identity", "forward 0"), script, |played, what| {
        played.assert_exact("bad", 0, what);
        assert_eq!(played.errors, Vec::<String>::new(), "{what}");
    });
}

#[test]
fn a_host_block_larger_than_the_buffer_loses_nothing() {
    for buffer in [0, 1, 64, 256, 1000] {
        let script = |stage: &mut Stage| {
            let mut large = Patch::new();
            let inlet = large.object("inlet~");
            let outlets = (large.object("outlet~"), large.object("outlet"));
            let (nn, control) =
                (large.object(&boxed("identity", &format!("forward {buffer}"))), large.object("r bad"));
            large.object("block~ 1024");
            for (from, outlet, to) in
                [(inlet, 0, nn), (control, 0, nn), (nn, 0, outlets.0), (nn, 1, outlets.1)]
            {
                large.connect(from, outlet, to, 0);
            }
            large.write(&stage.folder().join("large.pd"));
            stage.send("bad wait 1").pass(400);
        };
        beside_a_healthy_box("large", script, |played, what| {
            // Pd's own blocks of 1024 inside blocks of 64, then ours: one buffer of 1024 for its thread.
            let ours = if buffer == 0 { 0 } else { 1024 };
            played.assert_exact("bad", 1024 - 64 + ours, what);
            assert_eq!(played.errors, Vec::<String>::new(), "{what}");
        });
    }
}

#[test]
fn an_unknown_method_is_silent_and_named() {
    beside_a_healthy_box(&boxed("gain", "fly 256"), plays_on, silent_with("no method 'fly' in "));
}

#[test]
fn removing_takes_no_file_that_it_was_not_given() {
    // Another thread looks at the files: time by the clock, which hosts that render outrun.
    for (player, ms) in [(Player::PdRealTime, 1000), (Player::Host, 20_000)] {
        let mut stage = Stage::new();
        let file = stage.folder().join("x.ts");
        std::fs::copy(model("identity"), &file).unwrap();
        stage.part("bad", "nn~ x forward 256", 1).send("bad wait 1").pass(60);
        for message in ["remove a/b/x", "delete a/b/x", "remove ../x", "delete x/../x"] {
            stage.send(&format!("bad {message}"));
        }
        let played = stage.pass(ms).play(player);
        let what = format!("{player:?}: {:#?}", played.lines);
        played.assert_exact("bad", HEALTHY_LATENCY, &what);
        assert!((2..=4).contains(&played.errors.len()), "{what}");
        assert!(file.is_file(), "{what}");
    }
}
