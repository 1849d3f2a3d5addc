//! How callback times and compute times are spread: for the picture.
//!
//! A box plays in real time. Its callback (capture and render, an ordinary block or one that fills a buffer) and every
//! run of its model are timed by the clock, so that what the system takes from them is part of it.

use std::{path::Path, sync::Arc};

use nn_core::{
    formats::FORMATS,
    offline::{TimedSource, play_live},
};

use crate::common::{
    boxed::{BLOCK_FRAMES, Boxed},
    figures::{largest, quantile},
    models::{self, file_name},
    number_from,
    report::Report,
    schedule::{RATE_HZ, Schedule, as_audio_threads_run},
};

const BUFFER_FRAMES: usize = 2048;
const PER_DECADE: u32 = 20;

/// Measures and prints.
pub fn run() {
    let seconds = number_from("NN_BENCH_DISTRIBUTION_S", 10).max(1);
    let mut report = Report::begin(
        "Distributions",
        &format!(
            "{seconds} s of each model in real time, forward, buffer {BUFFER_FRAMES}, host block {BLOCK_FRAMES}, \
             {RATE_HZ} Hz. Durations by the clock: what the system and other programs took is in them. Microseconds."
        ),
    );
    // As nn bench does: the workers take their priority from the thread that makes the boxes.
    report.note(if as_audio_threads_run() {
        "The host thread has the real-time priority that hosts give to audio, and the workers the next lower one."
    } else {
        "The system grants no real-time priority: host thread and workers are ordinary threads."
    });
    report.table(&["", "count", "median", "p99", "p99.9", "worst"]);
    let (mut ordinary_ns, mut border_ns) = (Vec::new(), Vec::new());
    for path in models::all() {
        let runs_ns = play(&path, seconds, &mut ordinary_ns, &mut border_ns);
        let name = format!("run of {}", file_name(&path));
        row(&mut report, &name, &runs_ns);
        report.histogram("compute time of a run", &file_name(&path), PER_DECADE, &runs_ns);
    }
    for (name, durations_ns) in
        [("callback, ordinary block", &ordinary_ns), ("callback, block that fills a buffer", &border_ns)]
    {
        row(&mut report, name, durations_ns);
        let short = name.trim_start_matches("callback, ");
        report.histogram("duration of the audio callback", short, PER_DECADE, durations_ns);
    }
    report.end();
}

fn row(report: &mut Report, name: &str, durations_ns: &[f64]) {
    let figures = [0.5, 0.99, 0.999].map(|part| quantile(durations_ns, part));
    let cells = figures.into_iter().chain([largest(durations_ns)]).map(|ns| format!("{:.2}", ns * 1e-3));
    let cells: Vec<_> = [name.to_owned(), durations_ns.len().to_string()].into_iter().chain(cells).collect();
    report.row(&cells);
}

/// Plays a model; gives how long its runs took, and adds the callback's durations.
fn play(path: &Path, seconds: usize, ordinary_ns: &mut Vec<f64>, border_ns: &mut Vec<f64>) -> Vec<f64> {
    let source = TimedSource::new(Arc::new(FORMATS));
    let mut boxed = Boxed::ready(Arc::new(source.clone()), path, "forward", BUFFER_FRAMES);
    let per_buffer = BUFFER_FRAMES / BLOCK_FRAMES;
    let mut schedule = Schedule::new(BLOCK_FRAMES, RATE_HZ);
    let boxes = std::slice::from_mut(&mut boxed.0);
    // The lead-in of silence is no measurement.
    play_live(boxes, &mut schedule, 4 * per_buffer, |_| {});
    drop(source.take());
    let mut number = 0;
    play_live(boxes, &mut schedule, seconds * RATE_HZ as usize / BLOCK_FRAMES, |tick| {
        number += 1;
        let ns = tick.took.as_nanos() as f64;
        if number % per_buffer == 0 { border_ns.push(ns) } else { ordinary_ns.push(ns) }
    });
    boxed.check();
    source.take().iter().map(|run| run.wall.as_nanos() as f64).collect()
}
