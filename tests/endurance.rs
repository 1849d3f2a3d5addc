//! Boxes that come and go, and messages in any order, while audio runs in real time: memory and threads stay as they
//! are, and a neighbour does not notice.
//!
//! `NN_ENDURANCE=20 cargo test --test endurance` does twenty times as much.

#![cfg(target_os = "linux")]

mod support;

use std::{fmt::Write as _, path::Path, time::Duration};

use support::{
    RATE_HZ, deinterleave,
    dice::Dice,
    host::{Host, Transcript},
    model,
    patch::{Patch, escaped},
    read_raw,
};

/// How much more than the short version that every change is tested with.
fn factor() -> usize {
    std::env::var("NN_ENDURANCE").ok().and_then(|text| text.parse().ok()).unwrap_or(1)
}

const NEIGHBOUR_LATENCY: usize = 2 * 2048 - 64;
/// A host that is behind its own time by so much is on a machine that has no time for it, nor for the workers.
const BUSY_STALL_US: u64 = 20_000;
/// What an allocator may keep of models that are gone.
const MARGIN_KB: u64 = 12_000;
/// A machine that stalls for longer than a buffer is no measurement: then once more.
const ATTEMPTS: usize = 3;

/// A patch with a neighbour on the second channel, and an empty place, in which boxes come and go.
fn write_patch(file: &Path, inner: &Patch) {
    let mut patch = Patch::new();
    let (adc, dac) = (patch.object("adc~ 1"), patch.object("dac~ 2"));
    let nn = patch.object(&format!("nn~ {} forward 2048", escaped(&model("identity").display().to_string())));
    let (control, told) = (patch.object("r neighbour"), patch.object("s neighbour-told"));
    for (from, outlet, to) in [(adc, 0, nn), (nn, 0, dac), (control, 0, nn), (nn, 1, told)] {
        patch.connect(from, outlet, to, 0);
    }
    patch.subpatch("inner", inner);
    patch.write(file);
}

/// A host in which the neighbour plays a ramp, never waits, and is recorded.
fn begin(file: &Path, recording: &Path) -> Host {
    let mut host = Host::new(1, 2);
    host.line("listen told").line("listen neighbour-told").line(format!("open \"{}\"", file.display()));
    host.line("message neighbour bang")
        .line("until 60 neighbour-told loaded 1")
        .line("message neighbour wait 0");
    host.line("dsp 1").line("ramp").line(format!("output \"{}\"", recording.display()));
    host
}

/// Asks for memory and threads. The host keeps lines that nobody has waited for: away with them first.
fn ask_for_stat(host: &mut Host, number: usize) {
    host.line(format!("echo mark {number}")).line(format!("until 10 mark {number}")).line("stat");
}

/// What `stat` said, in its order: memory in kB, threads.
fn stat(transcript: &Transcript) -> Vec<(u64, u64)> {
    let figure = |line: &str, key: &str| -> u64 {
        line.split_whitespace().find_map(|word| word.strip_prefix(key)).unwrap().parse().unwrap()
    };
    transcript.after("stat").iter().map(|line| (figure(line, "rss_kb="), figure(line, "threads="))).collect()
}

/// Fails unless memory and threads are in the end what they were after a fifth of the time.
fn assert_flat(curve: &[(u64, u64)]) {
    let mut report = String::new();
    for (rss_kb, threads) in curve {
        write!(report, "{rss_kb} kB, {threads} threads; ").unwrap();
    }
    println!("{report}");
    let settled = curve[curve.len() / 5..curve.len() / 2].iter().map(|c| c.0).max().unwrap();
    let (last, threads) = *curve.last().unwrap();
    assert!(last < settled + MARGIN_KB, "memory grows: {report}");
    let most = curve[curve.len() / 5..curve.len() / 2].iter().map(|c| c.1).max().unwrap();
    assert!(threads <= most, "threads stay: {report}");
}

/// How many blocks of the neighbour were late; fails when it played anything but its samples, or what surrounds a late
/// block.
fn late_in(transcript: &Transcript, recording: &Path) -> u64 {
    let stats = *transcript.after("recv neighbour-told stats").last().expect("the neighbour answers");
    let words: Vec<_> = stats.split_whitespace().collect();
    let late: u64 = words[words.iter().position(|w| *w == "late").unwrap() + 1].parse().unwrap();
    let output = deinterleave(&read_raw(recording), 2);
    assert!(output.iter().flatten().all(|s| s.is_finite()), "NaN or infinity");
    let heard = &output[1][NEIGHBOUR_LATENCY..];
    assert!(heard.len() > 10 * RATE_HZ as usize, "{} samples", heard.len());
    let wrong = wrong_stretches(heard);
    let count: usize = wrong.iter().map(|(_, length)| length).sum();
    // A late buffer decays and fades in again.
    assert!(
        count as u64 <= late * (2048 + 512),
        "{count} samples are wrong and {late} buffers were late: {:?} (where, how many)",
        &wrong[..wrong.len().min(40)]
    );
    late
}

/// Where samples are not those of the ramp, and how many in one go.
fn wrong_stretches(heard: &[f32]) -> Vec<(usize, usize)> {
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for (n, _) in heard.iter().enumerate().filter(|(n, s)| **s != (n % 65_536) as f32 / 65_536.0) {
        match stretches.last_mut() {
            Some((start, length)) if *start + *length == n => *length += 1,
            _ => stretches.push((n, 1)),
        }
    }
    stretches
}

/// By how much the host was behind its own time at most.
fn longest_stall_us(transcript: &Transcript) -> u64 {
    let lines = transcript.after("realtime");
    let figures = lines.iter().filter_map(|line| line.split_once("worst_late_us=")?.1.parse().ok());
    figures.max().unwrap_or(0)
}

/// Plays until no stall of the machine spoils it.
fn attempt(script: impl Fn(&mut Dice, &Path, &Path) -> Host, judge: impl Fn(&Transcript, &Path)) {
    let mut stalls = Vec::new();
    for seed in 0..ATTEMPTS {
        let folder = tempfile::tempdir().unwrap();
        let (file, recording) = (folder.path().join("endurance.pd"), folder.path().join("out.raw"));
        let host = script(&mut Dice::new(29 + seed as u64), &file, &recording);
        let limit = Duration::from_secs(200 * factor() as u64);
        let transcript = host.run_within(limit);
        assert_eq!(transcript.code, Some(0), "{:#?}\n{}", transcript.lines, transcript.stderr);
        judge(&transcript, &recording);
        let late = late_in(&transcript, &recording);
        // The longer it takes, the surer the machine stalls once.
        if late < factor() as u64 {
            return;
        }
        stalls.push((late, longest_stall_us(&transcript)));
    }
    // The host's own thread tells how busy the machine is.
    let is_busy = stalls.iter().all(|(_, stall_us)| *stall_us > BUSY_STALL_US);
    assert!(
        is_busy,
        "the neighbour was late every time: {stalls:?} (buffers, longest stall of the host in us)"
    );
}

#[test]
fn five_hundred_boxes_come_and_go_beside_a_neighbour() {
    let cycles = 500 * factor();
    attempt(
        |dice, file, recording| {
            write_patch(file, &Patch::new());
            let mut host = begin(file, recording);
            let codec = model("codec");
            for cycle in 0..cycles {
                let buffer = dice.pick(&[2048, 2048, 4096, 512, 0]);
                host.line(format!("message pd-inner obj 10 10 nn~ \"{}\" forward {buffer}", codec.display()));
                host.line("message pd-inner obj 10 60 s told").line("message pd-inner obj 90 60 dac~ 1");
                host.line("message pd-inner obj 90 10 noise~").line("message pd-inner connect 0 1 1 0");
                host.line("message pd-inner connect 0 0 2 0").line("message pd-inner connect 3 0 0 0");
                // Most are heard, some go before their model has come.
                if dice.below(3) > 0 {
                    host.line("until 60 told loaded 1").line(format!("realtime {}", dice.below(20)));
                } else {
                    host.line(format!("realtime {}", dice.below(20)));
                }
                host.line("message pd-inner clear").line("realtime 1");
                if cycle % 20 == 19 {
                    host.line("realtime 40");
                    ask_for_stat(&mut host, cycle);
                }
            }
            host.line("realtime 200");
            ask_for_stat(&mut host, cycles);
            host.line("message neighbour stats");
            host
        },
        |transcript, recording| {
            assert_eq!(transcript.errors(), Vec::<&str>::new());
            assert!(transcript.after("recv told loaded 1").len() > cycles / 2, "most were loaded");
            assert!(read_raw(recording).iter().step_by(2).any(|&s| s != 0.0), "they sounded");
            assert_flat(&stat(transcript));
        },
    );
}

/// One of all messages; each is right for some model that may be there.
fn message(dice: &mut Dice) -> String {
    let path = |name: &str| format!("\"{}\"", model(name).display());
    const NAMES: [&str; 11] = [
        "gain", "gain", "delay", "identity", "multi", "latent", "counter", "keeper", "codec", "nan", "throws",
    ];
    match dice.below(20) {
        0..=4 => format!("load {}", path(dice.pick::<&str>(&NAMES))),
        5 => format!(
            "load {} {}",
            path(dice.pick::<&str>(&NAMES)),
            dice.pick(&["forward", "inverse", "swap", "once"])
        ),
        6..=8 => format!(
            "method {}",
            dice.pick(&["forward", "inverse", "encode", "swap", "midside", "later", "fly"])
        ),
        9..=12 => format!("bufsize {}", dice.pick(&[0, 64, 100, 512, 1024, 2048, 5000])),
        13 => "reload".to_owned(),
        14 => "reset".to_owned(),
        15 => format!("deadline {}", dice.pick(&[0, 64, 512, 4096])),
        16 => format!("set gain {}", dice.pick(&["0.5", "1", "0", "-1", "loud"])),
        17 => format!("enable {}", dice.below(2)),
        18 => dice
            .pick(&["bang", "latency", "stats", "get gain", "get_methods", "get_attributes", "load nowhere"])
            .to_string(),
        _ => dice
            .pick(&["seed 5", "threads 1", "wait 0", "wait auto", "gpu 0", "set mode square", "set muted 0"])
            .to_string(),
    }
}

#[test]
fn ten_thousand_messages_in_any_order_beside_a_neighbour() {
    let messages = 10_000 * factor();
    attempt(
        |dice, file, recording| {
            let mut inner = Patch::new();
            let (adc, dac) = (inner.object("adc~ 1"), inner.object("dac~ 1"));
            let gain = escaped(&model("gain").display().to_string());
            let nn = inner.object(&format!("nn~ {gain} forward 512"));
            let (control, told) = (inner.object("r control"), inner.object("s told"));
            for (from, outlet, to) in [(adc, 0, nn), (nn, 0, dac), (control, 0, nn), (nn, 1, told)] {
                inner.connect(from, outlet, to, 0);
            }
            write_patch(file, &inner);
            let mut host = begin(file, recording);
            for number in 0..messages {
                host.line(format!("message control {}", message(dice)));
                match dice.below(4) {
                    0 => {}
                    ticks => drop(host.line(format!("realtime {ticks}"))),
                }
                if number % 250 == 249 {
                    ask_for_stat(&mut host, number);
                }
            }
            // After all that: what it is told last is what it does.
            host.line(format!("message control load \"{}\" forward", model("gain").display()));
            host.line("message control bufsize 512").line("message control enable 1");
            host.line("message control deadline 512")
                .line("message control wait 1")
                .line("message control get gain");
            // None of the messages before has set it to that.
            host.line("message control set gain 0.25")
                .line("message control get gain")
                .line("until 60 told gain 0.25");
            host.line("realtime 200");
            ask_for_stat(&mut host, messages);
            host.line("message control bang").line("message neighbour stats");
            host
        },
        |transcript, recording| {
            for error in transcript.errors() {
                assert!(error.trim().starts_with("nn~: "), "{error}");
            }
            // The newest request wins: a busy machine loads few of those that were asked for.
            let loads = transcript.after("recv told loaded 1").len();
            assert!(loads > messages / 200, "{loads} models were loaded");
            for last in ["bufsize 512", "method forward", "enabled 1", "loaded 1"] {
                let word = last.split(' ').next().unwrap();
                assert_eq!(
                    transcript.after(&format!("recv told {word}")).pop(),
                    last.split(' ').nth(1),
                    "{last}"
                );
            }
            let output = deinterleave(&read_raw(recording), 2);
            let loudest = output[0].iter().fold(0.0f32, |loudest, s| loudest.max(s.abs()));
            assert!(loudest > 0.1, "it sounded");
            let frames = output[0].len();
            let ramp = |n: usize| 0.25 * (n % 65_536) as f32 / 65_536.0;
            let right = (frames - 4000..frames).filter(|&n| output[0][n] == ramp(n - 960)).count();
            assert!(right > 3000, "{right} of the last 4000 samples are as it was told last");
            assert_flat(&stat(transcript));
        },
    );
}
