//! What it costs that scripts run in a process of their own: the way there and back, above the function itself.
//!
//! The script takes the time of its function by its own clock; both sides are of one run.

use std::{
    io::{Read, Write},
    path::PathBuf,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use nn_core::{
    formats::FORMATS,
    model::{Model, ModelSource, TensorView, TensorViewMut},
    value::Value,
};

use crate::common::{
    figures::{largest, median, quantile},
    number_from,
    report::Report,
    schedule::as_audio_threads_run,
};

/// How long a buffer of the pace is.
const PACE: Duration = Duration::from_millis(5);
const WARM_RUNS: usize = 100;
/// What the median way of 2 channels of 512 frames may take with NumPy.
const TARGET_US: f64 = 60.0;

/// A script whose functions halve their input and note how long that took; in each form.
const SCRIPT: &str = "import time
inlets = outlets = CHANNELS
ask = 0
took_us = 0.0
_times = []
def process(midi, audio):
    begin = time.perf_counter()
    out = [[0.5 * sample for sample in channel] for channel in audio]
    _times.append(time.perf_counter() - begin)
    return midi, out
def half_npy(midi, audio):
    begin = time.perf_counter()
    out = audio * 0.5
    _times.append(time.perf_counter() - begin)
    return midi, out
def changed(name):
    global took_us
    if name == 'ask':
        took_us = 1e6 * sorted(_times[100:])[len(_times[100:]) // 2]
";

/// One way of playing it.
struct Case {
    name: &'static str,
    method: &'static str,
    channels: usize,
    frames: usize,
    boxes: usize,
}

const CASES: [Case; 6] = [
    Case { name: "NumPy", method: "half", channels: 1, frames: 64, boxes: 1 },
    Case { name: "NumPy", method: "half", channels: 2, frames: 512, boxes: 1 },
    Case { name: "NumPy", method: "half", channels: 2, frames: 2048, boxes: 1 },
    Case { name: "lists", method: "process", channels: 2, frames: 64, boxes: 1 },
    Case { name: "lists", method: "process", channels: 2, frames: 512, boxes: 1 },
    Case { name: "NumPy, four boxes in one process", method: "half", channels: 2, frames: 512, boxes: 4 },
];

/// Measures and prints.
pub fn run() {
    let runs = number_from("NN_BENCH_ROUNDS", 3).max(1) * 500;
    let mut report = Report::begin(
        "Scripts in Python",
        &format!(
            "A buffer to the script's process and back, {runs} buffers, one every {} ms; the function halves its input. \
             What the way takes is the whole less the median of the function, by the script's own clock in the same run. \
             Microseconds.",
            PACE.as_millis()
        ),
    );
    report.note(if as_audio_threads_run() {
        "Calling threads and scripts have the real-time class that hosts give to audio."
    } else {
        "The system grants no real-time priority: all threads are ordinary ones."
    });
    report.table(&[
        "function in",
        "channels x frames",
        "function",
        "whole, median",
        "way, median",
        "way, p99",
        "way, worst",
    ]);
    let bare_us = bare(runs);
    let figures = [0.0, median(&bare_us), median(&bare_us), quantile(&bare_us, 0.99), largest(&bare_us)];
    let cells = figures.map(|us| format!("{us:.1}"));
    report.row(
        &["a byte to another Python and back, no script".to_owned(), "none".to_owned()]
            .into_iter()
            .chain(cells)
            .collect::<Vec<_>>(),
    );
    let mut target = None;
    for case in CASES {
        let (function_us, whole_us) = play(&case, runs);
        let way: Vec<f64> = whole_us.iter().map(|whole| whole - function_us).collect();
        let figures = [function_us, median(&whole_us), median(&way), quantile(&way, 0.99), largest(&way)];
        let cells = figures.map(|us| format!("{us:.1}"));
        let names = [case.name.to_owned(), format!("{} x {}", case.channels, case.frames)];
        report.row(&names.into_iter().chain(cells).collect::<Vec<_>>());
        if (case.method, case.channels, case.frames, case.boxes) == ("half", 2, 512, 1) {
            target = Some(median(&way));
        }
    }
    if let Some(us) = target {
        report.at_most("way of 2 x 512, NumPy", us, TARGET_US, "us");
    }
    report.end();
}

/// How long the function takes, and each buffer, in microseconds.
fn play(case: &Case, runs: usize) -> (f64, Vec<f64>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("half.py");
    std::fs::write(&path, SCRIPT.replace("CHANNELS", &case.channels.to_string())).expect("a script");
    let mut models: Vec<_> = (0..case.boxes).map(|_| load(&path)).collect();
    let mut whole_us = Vec::new();
    std::thread::scope(|scope| {
        let threads: Vec<_> = models
            .iter_mut()
            .map(|model| {
                scope.spawn(move || {
                    as_audio_threads_run();
                    times(model.as_mut(), case, runs)
                })
            })
            .collect();
        for thread in threads {
            whole_us.extend(thread.join().expect("a thread"));
        }
    });
    let model = models[0].as_mut();
    let place = |name: &str| model.spec().attributes.iter().position(|attribute| attribute.name == name);
    let (ask, took) = (place("ask").expect("a value"), place("took_us").expect("a value"));
    model.set(ask, &[Value::Int(1)]).expect("a number");
    match model.get(took).expect("a number")[..] {
        [Value::Float(us)] => (us, whole_us),
        _ => panic!("no number"),
    }
}

/// What this machine takes for a byte to another process and back, through pipes, in microseconds.
fn bare(runs: usize) -> Vec<f64> {
    let echo = "import os
try: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50))
except (AttributeError, OSError): pass
while byte := os.read(0, 1): os.write(1, byte)";
    let python = std::env::var("NN_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut child = Command::new(python)
        .args(["-c", echo])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a Python");
    let (mut to, mut from) = (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
    let all = paced(runs, || {
        to.write_all(&[1]).expect("written");
        from.read_exact(&mut [0]).expect("read");
    });
    drop(to);
    child.wait().expect("its end");
    all
}

/// How long each of so many calls takes at the pace, in microseconds.
fn paced(runs: usize, mut call: impl FnMut()) -> Vec<f64> {
    let mut next = Instant::now();
    let mut all = Vec::with_capacity(runs);
    for run in 0..WARM_RUNS + runs {
        next += PACE;
        std::thread::sleep(next.saturating_duration_since(Instant::now()));
        let begin = Instant::now();
        call();
        if run >= WARM_RUNS {
            all.push(begin.elapsed().as_nanos() as f64 * 1e-3);
        }
    }
    all
}

fn load(path: &PathBuf) -> Box<dyn Model> {
    FORMATS.load(&path.into()).unwrap_or_else(|error| panic!("{error}"))
}

fn times(model: &mut dyn Model, case: &Case, runs: usize) -> Vec<f64> {
    let method = model.spec().methods.iter().position(|method| method.name == case.method).expect("a method");
    let samples = vec![0.5; case.channels * case.frames];
    let mut output = samples.clone();
    let all = paced(runs, || {
        let input = TensorView { samples: &samples, batch: 1, channels: case.channels, frames: case.frames };
        let to =
            TensorViewMut { samples: &mut output, batch: 1, channels: case.channels, frames: case.frames };
        model.run(method, input, to).unwrap_or_else(|error| panic!("{error}"));
    });
    assert_eq!(output[0], 0.25);
    all
}
