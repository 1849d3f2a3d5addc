//! Names and numbers that nobody should type, in both Pds: the host lives on, the box says what was wrong, and works.

mod support;

use support::{
    model,
    patch::escaped,
    session::Player,
    stage::{Played, Stage},
};

const BOTH: [Player; 2] = [Player::PdBatch, Player::Host];
const LATENCY: usize = 448;

fn identity() -> String {
    format!("nn~ {} forward 256", escaped(&model("identity").display().to_string()))
}

/// Every error is one line of ours.
fn assert_clear(played: &Played, what: &str) {
    for error in &played.errors {
        assert!(error.starts_with("nn~: ") && error.len() > 20, "{what}: '{error}'");
        assert!(!error.contains("panicked") && !error.contains(".rs:"), "{what}: {error}");
    }
}

/// Names as Pd can carry them. Numbers are told apart from names before they get here.
fn names() -> Vec<String> {
    let names = [
        "a",
        "-",
        "~",
        ".",
        "..",
        "...",
        "/",
        "//",
        "~/",
        "./",
        "../..",
        "%s%n%d",
        "%",
        "\u{fc}",
        "größe",
        "名前",
        "😀",
        "e\u{301}",
        "\u{202e}xyz",
        "mit Leerzeichen",
        " ",
        "a b  c",
        "a,b",
        "a;b",
        "$1",
        "$0-x",
        "#X",
        "\"",
        "'",
        "`id`",
        "$(id)",
        "|",
        "*",
        "?",
        "[",
        "{x}",
        "nan",
        "inf",
        "-inf",
        "1e400",
        "0x10",
        "forward",
        "void2",
        "symbol",
        "/dev/zero",
        "/dev/stdin",
        "/proc/self/mem",
        "/etc/passwd",
        ".ts",
        "x.TS",
        "x.ts.ts",
        "con",
        "NUL",
    ];
    let long = ["x".repeat(255), "y".repeat(1000), "ü".repeat(500), format!("/{}", "d/".repeat(400))];
    names.into_iter().map(str::to_owned).chain(long).collect()
}

#[test]
fn files_with_odd_names_are_found() {
    let named: Vec<_> =
        ["a", "~x", "größe", "名前", "😀", "mit Leerzeichen", "a,b", "a;b", "%s%n", "{x}", "nan", "'"]
            .map(str::to_owned)
            .into_iter()
            .chain(["x".repeat(200)])
            .collect();
    for player in BOTH {
        let mut stage = Stage::new();
        for (number, name) in named.iter().enumerate() {
            std::fs::copy(model("identity"), stage.folder().join(format!("{name}.ts"))).unwrap();
            let part = format!("box{number}");
            stage
                .part(&part, &format!("nn~ {} forward 256", escaped(name)), 1)
                .send(&format!("{part} wait 1"));
        }
        let played = stage.pass(100).play(player);
        for (number, name) in named.iter().enumerate() {
            played.assert_exact(&format!("box{number}"), LATENCY, &format!("{player:?}: '{name}'"));
        }
        assert_eq!(played.errors, Vec::<String>::new(), "{player:?}");
    }
}

#[test]
fn odd_names_of_models_and_methods_are_refused_in_words() {
    for player in BOTH {
        let mut stage = Stage::new();
        let gain = escaped(&model("gain").display().to_string());
        let names = names();
        for (number, name) in names.iter().enumerate() {
            stage.part(&format!("model{number}"), &format!("nn~ {}", escaped(name)), 1);
            stage.part(&format!("method{number}"), &format!("nn~ {gain} {} 256", escaped(name)), 1);
        }
        stage.part("good", &identity(), 1).send("good wait 1");
        let played = stage.pass(100).play(player);
        assert_clear(&played, &format!("{player:?}"));
        played.assert_exact("good", LATENCY, &format!("{player:?}"));
        for (number, name) in names.iter().enumerate() {
            for part in [format!("model{number}"), format!("method{number}")] {
                let what = format!("{player:?}: '{name}': {:?}", played.told[&part]);
                // Pd makes a number of `$1`, and numbers after a model are its buffer and its inlets.
                if (name == "forward" || name == "$1") && part.starts_with("method") {
                    assert_eq!(played.last(&part, "loaded"), Some("loaded 1"), "{what}");
                    continue;
                }
                let said = played.told[&part].iter().filter(|told| told.starts_with("error ")).count();
                // Pd and its consoles cut what is longer.
                if name.len() < 500 {
                    assert_eq!(said, 1, "{what}");
                } else {
                    let head = format!("'{}", name.chars().take(200).collect::<String>());
                    assert!(played.errors_with(&head) >= 1, "{what}");
                }
                assert!(played.sound(&part).iter().all(|&s| s == 0.0), "{what}");
            }
        }
    }
}

/// Every message that a box may get, known today or not.
const SELECTORS: [&str; 32] = [
    "enable",
    "load",
    "reload",
    "method",
    "bufsize",
    "set",
    "get",
    "get_attributes",
    "get_methods",
    "dump",
    "bang",
    "gpu",
    "reset",
    "latency",
    "deadline",
    "stats",
    "wait",
    "seed",
    "track",
    "optimise",
    "threads",
    "idle",
    "midi",
    "bpm",
    "transport",
    "python",
    "own",
    "watch",
    "resample",
    "list",
    "forward",
    "error",
];

/// What may stand behind a message.
fn atoms() -> Vec<String> {
    let atoms = [
        "",
        "0",
        "-1",
        "0.5",
        "1e+20",
        "-1e+20",
        "1e-30",
        "2147483648",
        "-2147483648",
        "1e+06",
        "x",
        "auto",
        "1 2 3",
        "x y z",
        "gain",
        "gain x",
        "gain 1e+38",
        "gain 1 2 3",
        "set set",
        "%s%n",
        "größe",
        "measure",
        "/ /",
        "nan",
    ];
    atoms.into_iter().map(str::to_owned).chain(["x".repeat(900), "1 ".repeat(200)]).collect()
}

#[test]
fn after_every_message_with_every_nonsense_behind_it_the_box_still_works() {
    for player in BOTH {
        let mut stage = Stage::new();
        let gain = escaped(&model("gain").display().to_string());
        for buffer in [256, 0] {
            stage.part(&format!("box{buffer}"), &format!("nn~ {gain} forward {buffer}"), 1);
        }
        stage.part("none", "nn~", 1).part("good", &identity(), 1);
        stage.send("good wait 1\nbox256 wait 1\nbox0 wait 1").pass(60);
        let mut sent = 0;
        for selector in SELECTORS {
            for atoms in atoms() {
                // No engine could wait for what this asks for; and what comes after it is what is tested.
                for part in ["box256", "box0", "none"] {
                    stage.send(&format!("{part} {selector} {}", atoms.trim()));
                    sent += 1;
                }
            }
            stage.send("box256 wait 1\nbox0 wait 1").pass(10);
        }
        // Some of that was no nonsense: buffers and deadlines of minutes.
        stage.send("box256 bufsize 256\nbox256 deadline 256\nbox0 bufsize 0").pass(100);
        for part in ["box256", "box0"] {
            stage.send(&format!("{part} enable 1\n{part} set gain 0.5\n{part} get gain\n{part} stats"));
        }
        let played = stage.pass(400).send("box256 bang\nbox0 bang\nnone bang").pass(20).play(player);
        let what = format!("{player:?}");
        assert!(sent > 1500);
        assert_clear(&played, &what);
        assert!(played.errors.len() > 100, "{what}: {}", played.errors.len());
        played.assert_finite(&what);
        played.assert_exact("good", LATENCY, &what);
        assert_eq!(played.last("none", "loaded"), Some("loaded 0"), "{what}");
        for part in ["box256", "box0"] {
            assert_eq!(played.last(part, "gain"), Some("gain 0.5"), "{what}: {part}");
            assert_eq!(played.last(part, "enabled"), Some("enabled 1"), "{what}: {part}");
            assert_eq!(played.last(part, "method"), Some("method forward"), "{what}: {part}");
            let sound = played.sound(part);
            let tail = &sound[sound.len() - 1000..];
            assert!(tail.iter().any(|&s| s != 0.0), "{what}: {part} is silent");
        }
    }
}
