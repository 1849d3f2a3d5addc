//! Random boxes, and random messages of all kinds at random times: every rendering of them is the same.
//!
//! A few seeds are part of the tests. `NN_REPEATS_SECONDS=1800 cargo test --test repeats schedules` goes on with one seed
//! after the other for that long; `NN_REPEATS_SEED=N` begins with that one.

use std::time::{Duration, Instant};

use crate::{
    rendering::{OtherLoad, Player, Rendered, Rendering},
    support::{dice::Dice, hostile, model, patch::escaped},
};

/// How many seeds are tried unless told otherwise.
const SEEDS: u64 = 4;
/// Messages of one schedule.
const MESSAGES: u64 = 40;

const MODELS: [&str; 17] = [
    "identity",
    "noise",
    "gain",
    "multi",
    "features",
    "generator",
    "latent",
    "delay",
    "counter",
    "throws",
    "nan",
    "short",
    "ratios",
    "ratio512",
    "keeper",
    "codec",
    "slow",
];
const METHODS: [&str; 10] =
    ["forward", "encode", "decode", "inverse", "swap", "mix4", "spread8", "osc", "ramp", "none"];
const SETTINGS: [&str; 16] = [
    "gain 0.5",
    "gain 1.5",
    "gain loud",
    "muted 1",
    "muted 0",
    "offset_steps 3",
    "mode square",
    "range -0.5 0.75",
    "curve 1 0 1",
    "curve array-a",
    "table array-a",
    "table array-b",
    "table nowhere",
    "frequency 330",
    "level 0.3",
    "nothing 1",
];
const ATTRIBUTES: [&str; 8] =
    ["gain", "muted", "offset_steps", "mode", "range", "curve", "frequency", "nothing"];
const BUFFERS: [&str; 8] = ["0", "64", "100", "256", "512", "1024", "2048", "3000"];

/// One of these words.
fn one_of(dice: &mut Dice, words: &[&'static str]) -> &'static str {
    dice.pick::<&'static str>(words)
}

fn path(name: &str) -> String {
    escaped(&model(name).display().to_string())
}

/// A model by its path: hardly ever one that does not exist.
fn a_model(dice: &mut Dice) -> String {
    match dice.below(20) {
        0 => "no-such-model".to_owned(),
        1 => escaped(&hostile(one_of(dice, &["brittle", "shapes", "phantom"])).display().to_string()),
        _ => path(one_of(dice, &MODELS)),
    }
}

/// The text of a box.
fn a_box(dice: &mut Dice, class: &str) -> String {
    let flag = dice.pick(&["", "", "", "-d "]);
    let (model, buffer) = (a_model(dice), *dice.pick(&BUFFERS));
    match class {
        "mcs.nn~" => format!("mcs.nn~ {flag}{model} forward 2 {buffer}"),
        _ => format!("{class} {flag}{model} forward {buffer}"),
    }
}

/// A message to a box.
fn a_message(dice: &mut Dice) -> String {
    match dice.below(30) {
        0..=2 => format!("enable {}", dice.below(2)),
        3..=6 => format!("set {}", dice.pick(&SETTINGS)),
        7..=8 => format!("get {}", dice.pick(&ATTRIBUTES)),
        9..=10 => format!("load {}", a_model(dice)),
        11 => format!("load {} {}", path(one_of(dice, &MODELS)), dice.pick(&METHODS)),
        12 => "reload".to_owned(),
        13..=14 => format!("method {}", dice.pick(&METHODS)),
        15..=16 => format!("bufsize {}", dice.pick(&BUFFERS)),
        17 => format!("deadline {}", dice.pick(&["64", "100", "1000", "5000", "buffer"])),
        18 => format!("resample {}", dice.below(2)),
        19 => "reset".to_owned(),
        20 => format!("wait {}", dice.pick(&["1", "auto"])),
        21 => format!("seed {}", dice.below(3)),
        22..=23 => "stats".to_owned(),
        24 => dice.pick(&["bang", "dump", "get_attributes", "get_methods"]).to_string(),
        25 => dice.pick(&["latency", "latency measure"]).to_string(),
        26 => format!("track {}", dice.below(2)),
        27 => format!("optimise {}", dice.below(2)),
        28 => format!("chans {}", dice.below(4)),
        _ => dice.pick(&["load", "fly 3", "bufsize -1", "set", "threads 1", "threads 2"]).to_string(),
    }
}

/// What is done to the patch around the boxes, one message a line.
fn an_event(dice: &mut Dice, boxes: u64, player: Player) -> String {
    let number = dice.below(boxes);
    // The distribution's Pd knows no multichannel signals.
    match dice.below(if player == Player::Host { 9 } else { 7 }) {
        0 => "pd dsp 0".to_owned(),
        1 => "pd dsp 1".to_owned(),
        2 => format!("box{number}-block {}", dice.below(2)),
        3 => format!("box{number}-block set {}", dice.pick(&["64", "256", "1024"])),
        4 => format!(
            "array-{} {} {}",
            dice.pick(&["a", "b"]),
            dice.below(8),
            dice.pick(&["0.25", "1", "-0.5"])
        ),
        // Boxes that come and go while it plays.
        5 => [
            "pd-made clear",
            "pd-made obj 10 10 receive~ source",
            &format!("pd-made obj 10 50 {}", a_box(dice, "nn~")),
            "pd-made obj 10 90 throw~ made",
            "pd-made obj 90 90 print made",
            "pd-made obj 90 10 r made",
            "pd-made connect 0 0 1 0",
            "pd-made connect 1 0 2 0",
            "pd-made connect 1 1 3 0",
            "pd-made connect 4 0 1 0",
            // Models that draw numbers draw others each time otherwise.
            "made seed 3",
            if player == Player::Host { "made wait 1" } else { "made bang" },
        ]
        .join("\n"),
        6 => "pd-made clear".to_owned(),
        // Three channels instead of one, or one again.
        _ => {
            let (without, with) = if dice.below(2) == 0 { (0, 4) } else { (4, 0) };
            format!("pd-in-box{number} disconnect {without} 0 1 0\npd-in-box{number} connect {with} 0 1 0")
        }
    }
}

/// The schedule of a seed.
fn schedule(seed: u64, player: Player) -> Rendering {
    let mut dice = Dice::new(seed.wrapping_mul(2) + u64::from(player == Player::Host));
    let mut rendering = Rendering::new();
    for (array, frames) in [("array-a", 8), ("array-b", 3000)] {
        rendering.patch().object(&format!("table {array} {frames}"));
    }
    rendering.patch().subpatch("made", &Default::default());
    // While it is not there, Pd is not to complain.
    rendering.patch().object("r made");
    let caught = rendering.patch().object("catch~ made");
    rendering.record("sound-made", caught, 0);
    let boxes = 1 + dice.below(3);
    for number in 0..boxes {
        let class = match player {
            Player::Batch => "nn~",
            Player::Host => *dice.pick(&["nn~", "mc.nn~", "mcs.nn~", "nn~ -m"]),
        };
        let block = dice.pick(&["", "", "block~ 64", "switch~ 64", "block~ 256"]);
        let text = a_box(&mut dice, class);
        rendering.add(&format!("box{number}"), &text, 1, 1, block);
        rendering.send(&format!("box{number}-block 1")).send(&format!("box{number} seed {number}"));
        if player == Player::Host {
            rendering.send(&format!("box{number} wait 1"));
        }
    }
    for _ in 0..MESSAGES {
        if dice.below(3) > 0 {
            rendering.pass(*dice.pick(&[0.3, 1.0, 1.4512, 5.0, 20.0, 50.0, 120.0]));
        }
        let number = dice.below(boxes + 1);
        if dice.below(5) == 0 {
            for line in an_event(&mut dice, boxes, player).lines() {
                rendering.send(line);
            }
        } else {
            // The last is the one that comes and goes.
            let name = if number == boxes { "made".to_owned() } else { format!("box{number}") };
            let message = a_message(&mut dice);
            // One that is never to be left.
            let message =
                if player == Player::Host { message.replace("wait auto", "wait 1") } else { message };
            rendering.send(&format!("{name} {message}"));
        }
    }
    rendering.send("pd dsp 1").pass(100.0);
    for number in 0..boxes {
        rendering.send(&format!("box{number} stats"));
    }
    rendering.pass(10.0);
    rendering
}

fn assert_repeats(seed: u64, player: Player) -> Rendered {
    let rendering = schedule(seed, player);
    let first = rendering.render(player, OtherLoad::None);
    for load in [OtherLoad::Busy, OtherLoad::BusyAndNice] {
        if let Some(difference) = first.difference(&rendering.render(player, load)) {
            let kept = std::env::temp_dir().join(format!("nn-repeats-{seed}-{player:?}"));
            let _kept = std::fs::create_dir_all(&kept);
            for file in ["rendering.pd", "steps.txt"] {
                let _kept = std::fs::copy(rendering.folder().join(file), kept.join(file));
            }
            panic!("seed {seed}, {player:?}, {load:?}: {difference}\nkept in {}", kept.display());
        }
    }
    first
}

fn variable(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn random_schedules_of_all_messages_render_alike() {
    let begin = Instant::now();
    let first = variable("NN_REPEATS_SEED").unwrap_or(1);
    let limit = variable("NN_REPEATS_SECONDS").map(Duration::from_secs);
    let mut sounded = 0;
    for seed in first.. {
        if limit.map_or(seed >= first + SEEDS, |limit| begin.elapsed() > limit) {
            println!("{} seeds, {sounded} renderings with sound", seed - first);
            break;
        }
        for player in [Player::Batch, Player::Host] {
            let rendered = assert_repeats(seed, player);
            sounded += usize::from(rendered.sounds("box0.0"));
        }
    }
    assert!(sounded > 0, "all were silent");
}
