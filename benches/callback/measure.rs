//! Rounds of host runs, with the box and without it, and what is left when one is taken from the other.

use std::path::Path;

use crate::{
    common::{
        figures::{largest, least, median},
        number_from,
        report::Report,
    },
    support::{
        RATE_HZ,
        host::{Host, Transcript},
        model,
        patch::{Patch, escaped},
    },
};

const BUFFER_FRAMES: usize = 2048;
const TICK_FRAMES: usize = 64;
/// Ticks from one border to the next.
const TICKS_PER_BUFFER: usize = BUFFER_FRAMES / TICK_FRAMES;
/// Buffers that are timed per round and pace.
const BUFFERS: usize = 100;
/// Buffers before: the lead-in of silence, cold code.
const BUFFERS_BEFORE: usize = 8;
const ORDINARY_TARGET_NS: f64 = 450.0;
const BORDER_TARGET_NS: f64 = 5000.0;

/// How the host calls, always in real time.
struct HostMode {
    name: &'static str,
    /// The host's command for a number of ticks.
    command: fn(usize) -> String,
}

const PACES: [HostMode; 2] = [
    HostMode { name: "a block every 1.45 ms", command: |ticks| format!("realtime {ticks}") },
    HostMode {
        name: "32 blocks back to back every 46.4 ms",
        command: |ticks| format!("realtime {ticks} {TICKS_PER_BUFFER}"),
    },
];

/// Median durations of one pace in one run of the host.
struct Times {
    /// Median over the remainders of the ticks that are no border.
    ordinary_ns: f64,
    border_ns: f64,
    border_worst_ns: f64,
}

/// Measures and prints.
pub fn run() {
    let rounds = number_from("NN_BENCH_ROUNDS", 3).max(1);
    let mut report = Report::begin(
        "The audio callback",
        &format!(
            "One tick of Pd 0.55 with an identity model in `nn~`, less that of the same patch without the box; a border is \
             the tick in which a buffer is full. models/identity.ts forward {BUFFER_FRAMES}, host block {TICK_FRAMES}, \
             {RATE_HZ} Hz; {rounds} rounds of {BUFFERS} buffers with the box and without it in turns; medians, \
             nanoseconds."
        ),
    );
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (with_box, without) = (folder.path().join("box.pd"), folder.path().join("wire.pd"));
    patch(true).write(&with_box);
    patch(false).write(&without);
    let (mut boxes, mut wires) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        boxes.push(host(&with_box, true));
        wires.push(host(&without, false));
    }
    report.table(&["pace", "tick", "with the box", "without", "the box: best round", "median round"]);
    let best: Vec<_> =
        PACES.iter().enumerate().map(|(at, pace)| row(&mut report, pace.name, at, &boxes, &wires)).collect();
    for (pace, (ordinary_ns, border_ns)) in PACES.iter().zip(best) {
        report.at_most(&format!("ordinary callback, {}", pace.name), ordinary_ns, ORDINARY_TARGET_NS, "ns");
        report.at_most(&format!("callback at a border, {}", pace.name), border_ns, BORDER_TARGET_NS, "ns");
    }
    report.end();
}

/// Prints the rows of one pace; gives the box's part of an ordinary and a border tick, best round.
fn row(
    report: &mut Report,
    name: &str,
    pace: usize,
    boxes: &[Vec<Times>],
    wires: &[Vec<Times>],
) -> (f64, f64) {
    let mut best = |tick: &str, part: fn(&Times) -> f64| {
        let of = |runs: &[Vec<Times>]| runs.iter().map(|paces| part(&paces[pace])).collect::<Vec<_>>();
        let (with_box, without) = (of(boxes), of(wires));
        let differences: Vec<_> = with_box.iter().zip(&without).map(|(a, b)| a - b).collect();
        let best = least(&with_box) - least(&without);
        let figures = [least(&with_box), least(&without), best, median(&differences)];
        let figures = figures.map(|ns| format!("{ns:.0}"));
        report.row(&[vec![name.to_owned(), tick.to_owned()], figures.to_vec()].concat());
        best
    };
    let ordinary_ns = best("ordinary", |times| times.ordinary_ns);
    let border_ns = best("border", |times| times.border_ns);
    let worst: Vec<_> = boxes.iter().map(|paces| paces[pace].border_worst_ns).collect();
    let cells = [name, "border, worst of all", &format!("{:.0}", largest(&worst)), "", "", ""];
    report.row(&cells.map(str::to_owned));
    (ordinary_ns, border_ns)
}

/// `[adc~]`, the box or nothing, `[dac~]`.
fn patch(with_box: bool) -> Patch {
    let mut patch = Patch::new();
    let adc = patch.object("adc~ 1");
    let dac = patch.object("dac~ 1");
    if !with_box {
        patch.connect(adc, 0, dac, 0);
        return patch;
    }
    let path = escaped(&model("identity").display().to_string());
    let nn = patch.object(&format!("nn~ {path} forward {BUFFER_FRAMES}"));
    let tell = patch.object("s told");
    let control = patch.object("r control");
    patch.connect(adc, 0, nn, 0);
    patch.connect(nn, 0, dac, 0);
    patch.connect(nn, 1, tell, 0);
    patch.connect(control, 0, nn, 0);
    patch
}

/// One run of the host through all paces.
fn host(patch: &Path, with_box: bool) -> Vec<Times> {
    let mut host = Host::new(1, 1);
    host.line("listen told").line(format!("open \"{}\"", patch.display())).line("noise 1");
    if with_box {
        host.line("until 60 recv told loaded").line("message control wait 0");
    }
    // The stream begins with audio: from here on every 32nd tick is a border.
    host.line("dsp 1");
    for pace in &PACES {
        host.line((pace.command)(BUFFERS_BEFORE * TICKS_PER_BUFFER)).line("times reset");
        if with_box {
            host.line("message control stats");
        }
        host.line((pace.command)(BUFFERS * TICKS_PER_BUFFER)).line(format!("times split {TICKS_PER_BUFFER}"));
        if with_box {
            host.line("message control stats");
        }
    }
    let transcript = host.run();
    assert_eq!(transcript.errors(), Vec::<&str>::new(), "the box is in trouble");
    if with_box {
        check_that_the_model_ran(&transcript);
    }
    let lines = transcript.after("times");
    assert_eq!(lines.len(), PACES.len() * TICKS_PER_BUFFER, "{lines:?}");
    lines.chunks(TICKS_PER_BUFFER).map(times).collect()
}

/// A box that does nothing would be quick.
fn check_that_the_model_ran(transcript: &Transcript) {
    let runs: Vec<f64> =
        transcript.after("recv told stats").iter().map(|line| value(line, "blocks", ' ')).collect();
    for pair in runs.chunks(2) {
        // On a busy machine a buffer may have been dropped.
        assert!(pair[1] - pair[0] > BUFFERS as f64 * 0.9, "the model did not run for every buffer: {runs:?}");
    }
}

/// From one line per remainder.
fn times(lines: &[&str]) -> Times {
    let p50: Vec<_> = lines.iter().map(|line| value(line, "p50_ns", '=')).collect();
    let (border, ordinary) = p50.split_last().expect("a line per remainder");
    Times {
        ordinary_ns: median(ordinary),
        border_ns: *border,
        border_worst_ns: value(lines[lines.len() - 1], "max_ns", '='),
    }
}

/// The number behind `name` and a separator.
fn value(line: &str, name: &str, separator: char) -> f64 {
    let words = line.split([' ', separator]).collect::<Vec<_>>();
    let at = words.iter().position(|word| *word == name).unwrap_or_else(|| panic!("no {name} in '{line}'"));
    words[at + 1].parse().unwrap_or_else(|_| panic!("no number behind {name} in '{line}'"))
}
