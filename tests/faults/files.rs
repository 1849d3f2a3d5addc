//! Files that are no models, or not what they promise.

use crate::stand::{
    BOTH, HEALTHY_LATENCY, all_refused, beside_a_healthy_box, boxed_hostile, plays_on, silent_with,
};
use crate::support::{model, session::Player, stage::Stage};

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
    let forms = crate::nesting_forms::forms().into_iter().filter(|form| wanted.contains(&form.name));
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
            crate::malformed::with_params(&model("identity"), &file, *params);
        }
    });
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
