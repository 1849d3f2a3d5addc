//! Random boxes in random patches with random cords, random messages with random atoms, created and deleted while audio
//! runs: Pd goes on, whatever it is.
//!
//! A short, seeded run is part of the tests. `NN_FUZZ_SECONDS=1800 cargo test --release --test fuzz` goes on with one seed
//! after the other for that long; `NN_FUZZ_SEED=N` begins with that one; `NN_FUZZ_HOST` and `NN_FUZZ_EXTERNALS` name a
//! host and externals that were built otherwise, with a sanitizer for example.
#![cfg(target_os = "linux")]

#[path = "../nn-core/tests/archive_files/mod.rs"]
mod archive_files;
#[path = "../nn-core/tests/nesting_forms/mod.rs"]
mod nesting_forms;
mod support;

use std::{
    fmt::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use support::{dice::Dice, externals, host, hostile, model, patch::Patch, pd};

const SUBPATCHES: u64 = 3;
const STEPS: u64 = 160;

const MODELS: [&str; 16] = [
    "identity",
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
    "strided",
    "double",
    "flat",
    "keeper",
    "codec",
];
const HOSTILE: [&str; 3] = ["brittle", "shapes", "phantom"];
/// Made anew for each life: code that is nested up to twice as deep as may be.
const NESTED: [&str; 3] = ["nested1", "nested2", "nested3"];
const METHODS: [&str; 12] = [
    "forward", "encode", "decode", "inverse", "swap", "mix4", "spread8", "osc", "rms", "ramp", "ghost",
    "none",
];
const ATTRIBUTES: [&str; 10] =
    ["gain", "muted", "offset_steps", "mode", "range", "curve", "table", "frequency", "level", "nothing"];
const SELECTORS: [&str; 54] = [
    "bang",
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
    "chans",
    "print_available_models",
    "get_available_models",
    "download",
    "download",
    "delete",
    "remove",
    "cancel",
    "list",
    "symbol",
    "float",
    "signal",
    "path",
    "methods",
    "attributes",
    "parameters",
    "dump_dict",
    "write",
    "enable",
    "set",
    "set",
    "get",
    "load",
    "method",
    "bufsize",
];

fn numbers(dice: &mut Dice) -> String {
    let choices =
        ["0", "1", "-1", "0.5", "2", "64", "512", "1000", "2048", "1e9", "-1e30", "3.4e38", "1e-40", "65536"];
    dice.pick(&choices).to_string()
}

fn word(dice: &mut Dice) -> String {
    match dice.below(11) {
        10 => dice.pick(&NESTED).to_string(),
        0 => dice.pick(&MODELS).to_string(),
        1 => dice.pick(&HOSTILE).to_string(),
        2 => dice.pick(&METHODS).to_string(),
        3 => dice.pick(&ATTRIBUTES).to_string(),
        4 => dice
            .pick(&[
                "auto",
                "measure",
                "buffer",
                "void",
                "some array",
                "table1",
                "linear",
                "square",
                "here/gain",
                "force",
            ])
            .to_string(),
        5 => dice
            .pick(&["", " ", "-", "~", "../..", "/", "/dev/null", "a,b;c", "\u{1F3B9}", "e\u{301}", "$1"])
            .to_string(),
        6 => "x".repeat(1 << dice.below(13)),
        _ => numbers(dice),
    }
}

/// A word of the host's script.
fn quoted(word: &str) -> String {
    if word.parse::<f64>().is_ok() {
        word.to_owned()
    } else {
        format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

fn words(dice: &mut Dice, most: u64) -> String {
    (0..dice.below(most + 1)).fold(String::new(), |mut all, _| {
        let word = word(dice);
        write!(all, " {}", quoted(&word)).unwrap();
        all
    })
}

/// The arguments of a box: sensible more often than not.
fn arguments(dice: &mut Dice) -> String {
    let flags = match dice.below(6) {
        0 => " -d",
        1 => " -gpu",
        2 => " -m",
        3 => " -g -m -d",
        _ => "",
    };
    match dice.below(8) {
        0 => words(dice, 5),
        1 => format!("{flags} void {} {}", dice.below(6), dice.below(6)),
        2 => {
            let (inlets, outlets) = (dice.below(6), dice.below(6));
            format!("{flags} {} {} 512 {inlets} {outlets}", dice.pick(&MODELS), dice.pick(&METHODS))
        }
        _ => {
            let buffer = dice.pick(&["0", "1", "64", "512", "2048", "4096"]);
            format!("{flags} {} {} {buffer}", dice.pick(&MODELS), dice.pick(&METHODS))
        }
    }
}

/// Fills a subpatch anew: boxes, other objects, cords.
fn build(dice: &mut Dice, script: &mut String, number: u64) {
    let receiver = format!("pd-s{number}");
    let mut objects = vec![format!("r c{number}"), "noise~".into(), "adc~ 1".into(), "dac~ 1".into()];
    for _ in 0..=dice.below(3) {
        let class = *dice.pick(&["nn~", "nn~", "mc.nn~", "mcs.nn~", "nn.info"]);
        objects.push(format!("{class}{}", arguments(dice)));
    }
    let others = [
        "snake~ in 2",
        "snake~ out 2",
        "*~ 0.5",
        "t b",
        "del 5",
        "s c0",
        "osc~ 220",
        "sig~ 1e38",
        "list",
        "route gain",
    ];
    for _ in 0..dice.below(4) {
        objects.push(dice.pick(&others).to_string());
    }
    writeln!(script, "message {receiver} clear").unwrap();
    for text in &objects {
        writeln!(script, "message {receiver} obj 10 10 {text}").unwrap();
    }
    let count = objects.len() as u64;
    for _ in 0..dice.below(14) {
        let (from, outlet) = (dice.below(count), dice.below(3));
        // More often into a box than elsewhere.
        let to = if dice.below(3) == 0 { dice.below(count) } else { 4 + dice.below(count - 4) };
        writeln!(script, "message {receiver} connect {from} {outlet} {to} {}", dice.below(3)).unwrap();
    }
    // Messages go to the first box.
    writeln!(script, "message {receiver} connect 0 0 4 0").unwrap();
}

/// One life of a Pd.
fn script(seed: u64, patch: &Path, externals: &Path) -> String {
    let dice = &mut Dice::new(seed);
    let mut script = format!("samplerate 44100\nchannels 1 1\npath \"{}\"\n", externals.display());
    writeln!(script, "open \"{}\"\nnoise 1\ndsp 1", patch.display()).unwrap();
    for number in 0..SUBPATCHES {
        build(dice, &mut script, number);
    }
    for _ in 0..STEPS {
        let number = dice.below(SUBPATCHES);
        match dice.below(24) {
            0 => build(dice, &mut script, number),
            1 => writeln!(script, "message pd-s{number} clear").unwrap(),
            2 => writeln!(script, "dsp {}", dice.below(4).min(1)).unwrap(),
            3 => writeln!(script, "sleep {}", dice.below(40)).unwrap(),
            4 => writeln!(script, "message pd-s{number} disconnect {} 0 4 0", dice.below(6)).unwrap(),
            _ => {
                let selector = match dice.below(12) {
                    0 => word(dice),
                    _ => dice.pick(&SELECTORS).to_string(),
                };
                // The host takes no number and no empty word for a selector.
                let odd = selector.trim().is_empty() || selector.parse::<f64>().is_ok();
                let selector = if odd { "nothing".to_owned() } else { selector };
                writeln!(script, "message c{number} {}{}", quoted(&selector), words(dice, 4)).unwrap();
            }
        }
        writeln!(script, "run {}", 1 + dice.below(60)).unwrap();
    }
    script + "dsp 1\nrun 100\necho alive\n"
}

/// Fails unless that Pd lives to its end.
fn live(seed: u64) {
    let folder = tempfile::tempdir().expect("a folder");
    for path in MODELS.map(model).into_iter().chain(HOSTILE.map(hostile)) {
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).expect("a copy");
    }
    for (number, name) in (1..).zip(NESTED) {
        let levels = Dice::new(seed * 10 + number).below(400) as usize;
        let bytes = nesting_forms::body(&nesting_forms::random_code(seed * 10 + number, levels));
        std::fs::write(folder.path().join(format!("{name}.ts")), bytes).expect("written");
    }
    let mut patch = Patch::new();
    for number in 0..SUBPATCHES {
        patch.subpatch(&format!("s{number}"), &Patch::new());
        // Somebody always listens.
        patch.object(&format!("r c{number}"));
    }
    patch.object("table table1 100");
    let file = folder.path().join("fuzz.pd");
    patch.write(&file);
    let named = |variable: &str| std::env::var_os(variable).map(PathBuf::from);
    let externals = named("NN_FUZZ_EXTERNALS").unwrap_or_else(externals);
    let text = script(seed, &file, &externals);
    let path = folder.path().join("script.txt");
    std::fs::write(&path, &text).expect("a file");
    let mut command = Command::new(named("NN_FUZZ_HOST").unwrap_or_else(host::executable));
    // Nothing that a random message asks for may reach the user's own files, or the network. The catalog has what is in
    // the folder, and brings it into another.
    let sources = folder.path().join("sources.yaml");
    let here = format!(
        "built_in: false\nsources:\n  - {{name: here, kind: folder, path: '{}'}}\n",
        folder.path().display()
    );
    std::fs::write(&sources, here).expect("a file");
    command
        .env("NN_SOURCES", sources)
        .env("NN_MODELS", folder.path().join("brought"))
        .env("XDG_CACHE_HOME", folder.path().join("cache"));
    command.arg(&path).stdin(Stdio::null()).current_dir(folder.path()).env("HOME", folder.path());
    command
        .env("NN_LOAD_LIMIT_S", "5")
        .env("http_proxy", "http://127.0.0.1:9")
        .env("https_proxy", "http://127.0.0.1:9");
    let output = pd::output_within(&mut command, Duration::from_secs(180));
    let said = String::from_utf8_lossy(&output.stdout);
    let alive = output.status.success() && said.lines().any(|line| line.trim() == "echo alive");
    if !alive {
        let kept = std::env::temp_dir().join(format!("nn-fuzz-{seed}.txt"));
        std::fs::write(&kept, &text).expect("a file");
        let last: Vec<_> = said.lines().rev().take(12).collect();
        let errors = String::from_utf8_lossy(&output.stderr);
        let errors: String = errors.chars().take(6000).collect();
        panic!("seed {seed}: {}; script: {}\n{last:#?}\n{errors}", output.status, kept.display());
    }
}

#[test]
fn pd_outlives_random_patches_and_messages() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let first = number("NN_FUZZ_SEED").unwrap_or(1);
    let begin = Instant::now();
    match number("NN_FUZZ_SECONDS") {
        None => (first..first + 6).for_each(live),
        Some(seconds) => {
            let mut seed = first;
            while begin.elapsed() < Duration::from_secs(seconds) {
                live(seed);
                seed += 1;
            }
            println!("{} lives in {} s", seed - first, begin.elapsed().as_secs());
        }
    }
}
