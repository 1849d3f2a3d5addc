//! The counters see what they are there for, the clocks run, and externals are loaded by Pd itself.
#![cfg(target_os = "linux")]
#![allow(missing_docs)]

#[allow(dead_code)]
mod common;
use common::{Bench, number};
use std::process::Command;

const KINDS: [&str; 10] =
    ["malloc", "free", "lock", "wait", "wake", "thread", "futex_wait", "futex_wake", "system", "print"];

fn with_tiny() -> Bench {
    let bench = Bench::new();
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/tiny.c");
    let mut compiler = Command::new(std::env::var_os("CC").unwrap_or("cc".into()));
    compiler.args([
        "-shared",
        "-fPIC",
        "-O1",
        "-I",
        env!("PD_SOURCES"),
        "-DPD",
        source,
        "-o",
        "tiny~.pd_linux",
    ]);
    assert!(compiler.current_dir(bench.folder()).status().unwrap().success());
    bench
}

#[test]
fn an_ordinary_object_does_nothing_forbidden() {
    let bench = Bench::new();
    bench.patch("osc.pd", &["#X obj 10 10 osc~ 440", "#X obj 10 30 dac~", "#X connect 0 0 1 0"]);
    let answer = bench.run("open osc.pd\ndsp 1\nwatch on\nrun 50\nwatch off\nrun 50\nreport\n").ok();
    assert_eq!(answer.number("report", "blocks"), 50);
    for kind in KINDS {
        assert_eq!(answer.number("report", kind), 0, "{kind}");
    }
}

#[test]
fn each_counter_sees_its_kind_once_per_block_and_nothing_else() {
    for kind in KINDS {
        let bench = Bench::new();
        bench.patch("naughty.pd", &[&format!("#X obj 10 10 naughty~ {kind}")]);
        let answer = bench.run("open naughty.pd\ndsp 1\nwatch on\nrun 10\nreport\nwatch off\nrun 10\n").ok();
        for other in KINDS {
            let count = answer.number("report", other);
            match (kind, other) {
                ("thread", "thread") => assert_eq!(count, 20, "created and joined"),
                // Making a thread allocates, and more on some C libraries than on others.
                ("thread", _) => {}
                _ if kind == other => assert_eq!(count, 10, "{kind}"),
                _ => assert_eq!(count, 0, "{other} while doing {kind}"),
            }
        }
    }
}

#[test]
fn clocks_and_messages_outside_the_tick_are_not_counted() {
    let bench = Bench::new();
    // Every tick a message that makes Pd allocate: text to symbols, and back to the console.
    let lines =
        ["#X obj 10 10 metro 1", "#X obj 10 30 f", "#X obj 10 50 makefilename %d", "#X obj 10 70 print"];
    let wires = [
        "#X connect 0 0 1 0",
        "#X connect 1 0 2 0",
        "#X connect 2 0 3 0",
        "#X obj 10 0 r in",
        "#X connect 4 0 0 0",
    ];
    bench.patch("metro.pd", &[&lines[..], &wires[..]].concat());
    let answer = bench.run("open metro.pd\ndsp 1\nwatch on\nsend in 1\nrun 100\nreport\n").ok();
    assert!(answer.all("print print: symbol 0").len() > 100);
    for kind in KINDS {
        assert_eq!(answer.number("report", kind), 0, "{kind}");
    }
}

#[test]
fn a_trace_says_who_called() {
    let bench = Bench::new();
    bench.patch("naughty.pd", &["#X obj 10 10 naughty~ lock"]);
    let answer = bench.run("open naughty.pd\ndsp 1\nwatch trace\nrun 1\nreport\n").ok();
    assert!(answer.errors.contains("in dsp_tick: lock"), "{}", answer.errors);
    assert!(answer.errors.contains("pthread_mutex_lock"), "{}", answer.errors);
    assert_eq!(answer.number("report", "lock"), 1);
}

#[test]
fn an_external_is_loaded_by_its_name_and_hears_many_channels() {
    let bench = with_tiny();
    let lines = [
        "#X obj 10 10 adc~ 1 2",
        "#X obj 10 30 snake~ in 2",
        "#X obj 10 50 tiny~",
        "#X obj 10 70 snake~ out 2",
        "#X obj 10 90 dac~ 1 2",
        "#X connect 0 0 1 0",
        "#X connect 0 1 1 1",
        "#X connect 1 0 2 0",
        "#X connect 2 0 3 0",
        "#X connect 3 0 4 0",
        "#X connect 3 1 4 1",
    ];
    std::fs::create_dir(bench.folder().join("patches")).unwrap();
    bench.patch("patches/tiny.pd", &lines);
    let answer =
        bench.run("path .\nopen patches/tiny.pd\ndsp 1\nramp\noutput out\nwatch on\nrun 1\nreport\n").ok();
    assert!(answer.lines.contains(&"print tiny~ loaded".into()), "{:#?}", answer.lines);
    let expected: Vec<f32> =
        (0..64).flat_map(|frame| [0.0, 1.0].map(|c| (c + frame as f32 / 65536.0) * 0.5)).collect();
    assert_eq!(bench.samples("out"), expected);
    assert_eq!(answer.number("report", "malloc"), 0);
}

#[test]
fn what_an_external_allocates_is_counted() {
    let bench = with_tiny();
    bench.patch("tiny.pd", &["#X obj 10 50 tiny~ malloc"]);
    let answer = bench.run("open tiny.pd\ndsp 1\nwatch on\nrun 10\nreport\n").ok();
    assert_eq!(answer.number("report", "malloc"), 10);
    assert_eq!(answer.number("report", "free"), 10);
}

#[test]
fn what_rust_does_inside_an_external_is_counted() {
    let bench = Bench::new();
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/rusty.rs");
    let mut compiler = Command::new(std::env::var_os("RUSTC").unwrap_or("rustc".into()));
    compiler.args(["--edition", "2024", "--crate-type", "cdylib", "-O", source, "-o", "rusty~.pd_linux"]);
    assert!(compiler.current_dir(bench.folder()).status().unwrap().success());
    bench.patch("rusty.pd", &["#X obj 10 50 rusty~"]);
    let answer = bench.run("open rusty.pd\ndsp 1\nrun 10\nwatch on\nrealtime 20\nreport\nquit\n").ok();
    for kind in ["malloc", "free", "futex_wait"] {
        assert_eq!(answer.number("report", kind), 20, "{kind}");
    }
    // A thread that is not asleep yet needs no wake-up.
    assert!((1..=20).contains(&answer.number("report", "futex_wake")));
    assert_eq!(answer.number("report", "lock"), 0);
}

#[test]
fn ticks_are_timed_and_split_by_their_number() {
    let bench = Bench::new();
    // Works once in 8 ticks.
    let lines = ["#N canvas 0 0 450 300 sub 0", "#X obj 10 10 block~ 512", "#X obj 10 30 noise~"];
    let filters = ["#X obj 10 50 rfft~"; 40];
    let wires: Vec<String> = (0..40).map(|filter| format!("#X connect 1 0 {} 0", filter + 2)).collect();
    let wires: Vec<&str> = wires.iter().map(String::as_str).collect();
    let end = ["#X restore 10 10 pd sub"];
    bench.patch("split.pd", &[&lines[..], &filters[..], &wires[..], &end[..]].concat());
    let answer = bench.run("open split.pd\ndsp 1\nrun 5\ntimes reset\nrun 800\ntimes\ntimes split 8\n").ok();
    assert_eq!(answer.number("times blocks", "blocks"), 800);
    let ranks =
        ["p50_ns", "p90_ns", "p99_ns", "p999_ns", "max_ns"].map(|name| answer.number("times blocks", name));
    assert!(ranks.is_sorted() && ranks[0] > 0, "{ranks:?}");
    let split = answer.all("times r=");
    assert_eq!(split.len(), 8);
    assert!(split.iter().all(|line| number(line, "blocks") == 100), "{split:?}");
    let mut medians: Vec<u64> = split.iter().map(|line| number(line, "p50_ns")).collect();
    medians.sort_unstable();
    assert!(medians[7] > 10 * medians[6], "one remainder in eight does the work: {split:?}");
}

#[test]
fn the_time_of_externals_is_told_apart() {
    let bench = with_tiny();
    bench.patch("slow.pd", &["#X obj 10 50 tiny~ slow"]);
    bench.patch("osc.pd", &["#X obj 10 10 osc~ 440"]);
    let answer = bench.run("open osc.pd\ndsp 1\nexternals on\nrun 50\ntimes\n").ok();
    assert_eq!(answer.number("externals", "max_ns"), 0);
    let answer = bench.run("open slow.pd\nopen osc.pd\nexternals on\ndsp 1\nrun 50\ntimes\n").ok();
    let (outer, inner) = (answer.number("times", "p50_ns"), answer.number("externals", "p50_ns"));
    assert!(inner >= 200_000 && outer >= inner, "{inner} in {outer}");
}

#[test]
fn printing_from_another_thread_is_noticed() {
    let bench = with_tiny();
    let lines = ["#X obj 10 10 r in", "#X obj 10 50 tiny~", "#X connect 0 0 1 0"];
    bench.patch("tiny.pd", &lines);
    let answer = bench.run("open tiny.pd\nsend in\n").ok();
    assert_eq!(answer.all("print-wrong-thread"), ["print-wrong-thread tiny from a thread"]);
}

#[test]
fn memory_and_threads_are_told() {
    let answer = Bench::new().run("stat\n").ok();
    assert_eq!(answer.number("stat", "threads"), 1);
    assert!(answer.number("stat", "rss_kb") > 500);
}
