//! The scripts of docs/PYTHON.md, as they lie in the package, each played in Pd.

mod support;

use std::path::PathBuf;

use support::{
    RATE_HZ,
    patch::escaped,
    root,
    session::{Player, Session},
    stage::{Stage, frames},
};

fn script(name: &str) -> PathBuf {
    root().join("help/scripts").join(name)
}

fn boxed(name: &str, rest: &str) -> String {
    format!("{} {rest}", escaped(&script(name).display().to_string()))
}

/// A Python with NumPy and torch: that in which models are exported.
fn python() -> String {
    std::env::var("NN_TEST_PYTHON")
        .expect("NN_TEST_PYTHON names a Python with NumPy and torch: run `cargo xtask test`")
}

/// How often a sound crosses zero upwards, in Hz.
fn hz(sound: &[f32]) -> f32 {
    let turns = sound.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
    turns as f32 * RATE_HZ as f32 / sound.len() as f32
}

fn loudness(sound: &[f32]) -> f32 {
    (sound.iter().map(|sample| sample * sample).sum::<f32>() / sound.len() as f32).sqrt()
}

fn largest_step(sound: &[f32]) -> f32 {
    sound.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
}

#[test]
fn the_document_shows_the_scripts_as_they_are() {
    let document = std::fs::read_to_string(root().join("docs/PYTHON.md")).expect("the document");
    let (_, examples) = document.split_once("## Five examples").expect("a section");
    let mut shown = 0;
    for entry in std::fs::read_dir(root().join("help/scripts")).expect("the scripts").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(entry.path()).expect("a script");
        let section = examples.split("### ").find(|section| section.starts_with(&format!("{name}\n")));
        let section = section.unwrap_or_else(|| panic!("{name} is not shown"));
        assert!(section.contains(&format!("```python\n{text}```")), "{name} is shown otherwise");
        shown += 1;
    }
    assert_eq!(shown, 6, "five examples, one of two scripts");
}

#[test]
fn gain_follows_its_value() {
    for player in [Player::PdBatch, Player::Host, Player::PdRealTime] {
        let steps = ["set gain 0.25", "get gain", "set gain loud", "get_methods", "method play"];
        let heard = Session::new(&boxed("gain.py", "process 256"), 1, 1).steps(steps).play(player);
        let levels: Vec<_> = heard.iter().map(|heard| heard.level(0)).collect();
        assert_eq!(levels, [0.25, 0.125, 0.125, 0.125, 0.125, 0.125], "{player:?}");
        assert_eq!(heard[2].told, ["gain 0.25"], "{player:?}");
        assert!(
            heard[3].errors[0].contains("gain: value 1 must be a float"),
            "{player:?}: {:?}",
            heard[3].errors
        );
        assert_eq!(heard[4].told, ["methods process"], "{player:?}");
        assert!(heard[5].errors[0].contains("no method 'play'"), "{player:?}: {:?}", heard[5].errors);
    }
}

#[test]
fn what_is_frozen_sounds_on_when_its_input_has_gone() {
    let python = python();
    let mut stage = Stage::new();
    stage.environment("NN_PYTHON", &python);
    for name in ["open", "frozen"] {
        stage.part(name, &format!("nn~ {}", boxed("freeze.py", "process 2048")), 1);
    }
    // The source is a sawtooth of 100 Hz that stops.
    let switch = "open wait 1\nfrozen wait 1";
    let played = stage.send(switch).pass(1000).send("frozen set freeze 1").pass(1000).play(Player::PdBatch);
    assert_eq!(played.errors, Vec::<String>::new());
    let [open, frozen] = ["open", "frozen"].map(|name| played.sound(name));
    let (before, after) = (frames(300)..frames(900), frames(1500)..frames(1900));
    assert!(open[before.clone()] == frozen[before.clone()], "the same until it is frozen");
    // What is open is the input, later.
    let late = 2048 + 2048 - 64 + 2048;
    let error =
        open[before.clone()].iter().zip(&played.dry[before.start - late..]).map(|(a, b)| (a - b).abs());
    assert!(error.fold(0.0, f32::max) < 1e-4, "it passes through");
    let (held, dry) = (&frozen[after.clone()], &open[after]);
    assert!((loudness(held) / loudness(dry) - 0.8).abs() < 0.4, "{} {}", loudness(held), loudness(dry));
    let differs = held.iter().zip(dry).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(differs > 0.1, "its phases are others: {differs}");
}

#[test]
fn a_recurrent_network_in_torch_keeps_its_state_from_buffer_to_buffer() {
    let python = python();
    let mut stage = Stage::new();
    stage.environment("NN_PYTHON", &python);
    for (name, buffer) in [("short", 512), ("long", 2048)] {
        stage.part(name, &format!("nn~ {}", boxed("neural.py", &format!("process {buffer}"))), 1);
    }
    let played = stage.send("short wait 1\nlong wait 1").pass(1000).play(Player::PdBatch);
    assert_eq!(played.errors, Vec::<String>::new());
    let (short, long) = (&played.sound("short")[512 + 448..], &played.sound("long")[2048 + 1984..]);
    let error = short.iter().zip(long).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(error < 1e-5, "buffers of either length sound alike: {error}");
    assert!(loudness(&long[4096..]) > 0.01);
}

#[test]
fn the_synthesiser_plays_what_the_keys_say() {
    let mut stage = Stage::new();
    stage.part("keys", &format!("nn~ {}", boxed("synth.py", "process 512")), 1);
    stage
        .send("keys wait 1")
        .pass(200)
        .send("keys midi 144 69 100")
        .pass(400)
        .send("keys midi 144 81 100")
        .pass(400);
    stage.send("keys midi 144 81 0").pass(400).send("keys midi 128 69 0").pass(400);
    for player in [Player::PdBatch, Player::Host] {
        let played = stage.play(player);
        assert_eq!(played.errors, Vec::<String>::new(), "{player:?}");
        let sound = played.sound("keys");
        let heard = |from_ms: usize| &sound[frames(from_ms + 150)..frames(from_ms + 350)];
        assert!(sound[..frames(200)].iter().all(|&sample| sample == 0.0), "{player:?}");
        for (from_ms, expected) in [(200, 440.0), (600, 880.0), (1000, 440.0)] {
            assert!(
                (hz(heard(from_ms)) - expected).abs() < 8.0,
                "{player:?}: {} at {from_ms}",
                hz(heard(from_ms))
            );
            assert!(
                (loudness(heard(from_ms)) - 0.212).abs() < 0.01,
                "{player:?}: {}",
                loudness(heard(from_ms))
            );
        }
        assert!(loudness(heard(1400)) < 1e-3, "{player:?}");
        assert!(largest_step(sound) < 0.06, "{player:?}: it clicks: {}", largest_step(sound));
        let told: Vec<_> = played.told["keys"].iter().filter(|told| told.starts_with("midi ")).collect();
        assert_eq!(
            told,
            ["midi 144 69 100", "midi 144 81 100", "midi 144 81 0", "midi 128 69 0"],
            "{player:?}"
        );
    }
}

#[test]
fn one_box_gets_softer_while_another_one_hears_something_loud() {
    let mut stage = Stage::new();
    stage.part("voice", &format!("nn~ {}", boxed("listen.py", "process 256")), 1);
    stage.part("music", &format!("nn~ {}", boxed("duck.py", "process 256")), 1);
    stage.send("voice wait 1\nmusic wait 1").pass(500).send("voice enable 0").pass(500);
    let played = stage.play(Player::PdBatch);
    assert_eq!(played.errors, Vec::<String>::new());
    let music = played.sound("music");
    // A sawtooth from 0 to 1: what is left is one less its peak.
    let loud = &music[frames(200)..frames(450)];
    assert!(loudness(loud) < 0.5 * loudness(&played.dry), "{} {}", loudness(loud), loudness(&played.dry));
    assert_eq!(played.sound("voice")[frames(200)..frames(450)].len(), loud.len());
}

/// A script that dies, one that hangs and one that raises, beside a model.
#[test]
fn other_boxes_miss_no_buffer_while_scripts_fail() {
    let folder = tempfile::tempdir().expect("a folder");
    let scripts = [
        ("dies", "import os\ndef process(midi, audio):\n    os._exit(3)\n"),
        ("hangs", "def process(midi, audio):\n    while True: pass\n"),
        ("raises", "def process(midi, audio):\n    return 1 / 0\n"),
        ("prints", "def process(midi, audio):\n    print('here' * 100)\n    return audio\n"),
    ];
    let scripts_count = scripts.len();
    let mut stage = Stage::new();
    stage.part("model", &format!("nn~ {}", escaped(&support::model("delay").display().to_string())), 1);
    for (name, text) in scripts {
        let file = folder.path().join(format!("{name}.py"));
        std::fs::write(&file, text).expect("written");
        stage.part(name, &format!("nn~ {} process 512", escaped(&file.display().to_string())), 1);
    }
    let played = stage.pass(4000).send("model stats").pass(200).play(Player::PdRealTime);
    let stats = played.last("model", "stats").expect("stats");
    assert!(stats.contains("late 0 dropped 0 faults 0"), "{stats}");
    // Boxes of one process lose it together, and say why, each once.
    let died = played.errors_with("Python has ended: it ended by itself with exit code 3; it starts again");
    assert!((1..=scripts_count).contains(&died), "{:#?}", played.errors);
    let given_up =
        played.errors_with("Python has ended 3 times (it ended by itself with exit code 3): mend the script");
    assert_eq!(given_up, 1, "that of the box that ends it: {:#?}", played.errors);
    let raised =
        played.errors_with("raises.py line 2: ZeroDivisionError: division by zero: the box is silent");
    assert_eq!(raised, 1, "{:#?}", played.errors);
    let prints = played.lines.iter().filter(|line| line.contains("prints.py prints")).count();
    assert!((20..=120).contains(&prints), "{prints} lines in four seconds");
}
