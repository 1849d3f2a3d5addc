//! The latency that `deadline auto` chooses, and whether it holds: late buffers in a long run.
//!
//! One box per model and buffer, all at once on one host thread, as in a patch. `NN_BENCH_LATENCY_S` is how long they
//! play: 60 s unless set.

use std::sync::{Arc, atomic::Ordering::Relaxed};

use nn_core::{message::Atom, torch::TorchSource};

use crate::common::{
    boxed::{BLOCK_FRAMES, Boxed},
    models::{self, file_name},
    number_from,
    report::Report,
    schedule::{RATE_HZ, Schedule},
};

const BUFFERS: [usize; 2] = [512, 2048];

/// Measures and prints.
pub fn run() {
    let seconds = number_from("NN_BENCH_LATENCY_S", 60).max(1);
    let mut report = Report::begin(
        "Latency without late buffers",
        &format!(
            "`deadline auto` in {seconds} s of real time at {RATE_HZ} Hz, host block {BLOCK_FRAMES}, all boxes at once. \
             `NN_BENCH_LATENCY_S=600` plays ten minutes."
        ),
    );
    let source = Arc::new(TorchSource);
    let paths = models::all();
    let subjects = paths.iter().flat_map(|path| BUFFERS.map(|buffer_frames| (path, buffer_frames)));
    let mut boxes: Vec<_> = subjects
        .map(|(path, buffer_frames)| {
            let mut boxed = Boxed::ready(source.clone(), path, "forward", buffer_frames);
            let by_default = boxed.latency_frames();
            (format!("{} forward {buffer_frames}", file_name(path)), boxed, by_default)
        })
        .collect();
    let play = |seconds: f64, boxes: &mut Vec<(String, Boxed, f64)>| {
        let mut schedule = Schedule::new(BLOCK_FRAMES);
        for _ in 0..(seconds * f64::from(RATE_HZ) / BLOCK_FRAMES as f64) as usize {
            schedule.wait();
            for (_, boxed, _) in boxes.iter_mut() {
                boxed.object.poll(true);
                boxed.block();
            }
        }
    };
    // As a user does: when all boxes are there and play.
    play(1.0, &mut boxes);
    for (_, boxed, _) in &mut boxes {
        boxed.send("deadline", &[Atom::symbol("auto")]);
    }
    play(3.0, &mut boxes);
    for (_, boxed, _) in &mut boxes {
        boxed.until_settled();
    }
    play(1.0, &mut boxes);
    let missed = |boxed: &Boxed| {
        (boxed.late(), boxed.status().dropped.load(Relaxed), boxed.status().blocks.load(Relaxed))
    };
    let before: Vec<_> = boxes.iter().map(|(_, boxed, _)| missed(boxed)).collect();
    play(seconds as f64, &mut boxes);
    report.table(&[
        "box",
        "latency, samples",
        "ms",
        "latency with the default deadline, samples",
        "buffers",
        "late",
        "mean run, ms",
        "longest run, ms",
    ]);
    let mut late_in_all = 0;
    for ((name, boxed, by_default), before) in boxes.iter_mut().zip(before) {
        let after = missed(boxed);
        let late = after.0 - before.0;
        late_in_all += late;
        boxed.check();
        let latency = boxed.latency_frames();
        report.row(&[
            name.clone(),
            format!("{latency}"),
            format!("{:.1}", latency * 1e3 / f64::from(RATE_HZ)),
            format!("{by_default}"),
            (after.2 - before.2).to_string(),
            late.to_string(),
            format!("{:.2}", boxed.status().mean_run().as_secs_f64() * 1e3),
            format!("{:.2}", boxed.status().worst_ns.load(Relaxed) as f64 * 1e-6),
        ]);
    }
    report.at_most(&format!("late buffers of all boxes in {seconds} s"), late_in_all as f64, 0.0, "buffers");
    report.end();
}
