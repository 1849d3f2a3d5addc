//! The neighbour's callback during a load and without one.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use nn_core::{formats::FORMATS, message::Atom};

use super::common::{
    boxed::{BLOCK_FRAMES, Boxed},
    figures::{largest, median, quantile},
    models::{self, file_name},
    number_from,
    report::Report,
    schedule::{RATE_HZ, Schedule},
};

const BUFFER_FRAMES: usize = 2048;
const TARGET: f64 = 1.5;
/// Blocks that are played after a load, and not counted, until the crossfade is over.
const BLOCKS_AFTER: usize = 128;
/// A load is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a stretch of blocks gave.
#[derive(Default)]
struct Stretch {
    /// The neighbour's capture and render.
    callback_ns: Vec<f64>,
    /// All that the host thread did for both boxes in a block, messages included.
    host_ns: Vec<f64>,
    late: u64,
}

/// Measures and adds to the report.
pub fn measure(report: &mut Report) {
    let rounds = number_from("NN_BENCH_ROUNDS", 20).max(1);
    let (small, large) = (models::own("identity"), models::largest());
    let source = Arc::new(FORMATS);
    let mut neighbour = Boxed::ready(source.clone(), &models::own("codec"), "forward", BUFFER_FRAMES);
    let mut swapper = Boxed::ready(source, &small, "forward", BUFFER_FRAMES);
    let (mut quiet, mut loading) = (Stretch::default(), Stretch::default());
    let mut loads_ms = Vec::new();
    let mut schedule = Schedule::new(BLOCK_FRAMES, RATE_HZ);
    play(&mut schedule, &mut neighbour, &mut swapper, 10 * BLOCKS_AFTER, &mut Stretch::default());
    for _ in 0..rounds {
        let begin = Instant::now();
        let before = loading.callback_ns.len();
        swap_to(&large, &mut schedule, &mut neighbour, &mut swapper, &mut loading);
        loads_ms.push(begin.elapsed().as_secs_f64() * 1e3);
        let blocks = loading.callback_ns.len() - before;
        play(&mut schedule, &mut neighbour, &mut swapper, BLOCKS_AFTER, &mut Stretch::default());
        // As many blocks without a load, the large model playing.
        play(&mut schedule, &mut neighbour, &mut swapper, blocks, &mut quiet);
        swap_to(&small, &mut schedule, &mut neighbour, &mut swapper, &mut Stretch::default());
        play(&mut schedule, &mut neighbour, &mut swapper, BLOCKS_AFTER, &mut Stretch::default());
    }
    neighbour.check();
    swapper.check();
    report.note(&format!(
        "The neighbour: codec.ts forward {BUFFER_FRAMES}. The other box goes from identity.ts to {} ({:.1} MB) and back, \
         {rounds} times; a load takes {:.0} ms (median, from the message until it plays). Nanoseconds.",
        file_name(&large),
        models::size_mb(&large),
        median(&loads_ms)
    ));
    report.table(&["", "blocks", "median", "p99", "p99.9", "worst", "neighbour's late buffers"]);
    for (name, stretch, figures) in [
        ("neighbour's callback, no load", &quiet, &quiet.callback_ns),
        ("neighbour's callback, during loads", &loading, &loading.callback_ns),
        ("host thread for both boxes, no load", &quiet, &quiet.host_ns),
        ("host thread for both boxes, during loads", &loading, &loading.host_ns),
    ] {
        let parts = [0.5, 0.99, 0.999].map(|part| format!("{:.0}", quantile(figures, part)));
        let [p50, p99, p999] = parts;
        report.row(&[
            name.into(),
            figures.len().to_string(),
            p50,
            p99,
            p999,
            format!("{:.0}", largest(figures)),
            stretch.late.to_string(),
        ]);
    }
    let ratio = quantile(&loading.callback_ns, 0.999) / quantile(&quiet.callback_ns, 0.999).max(1.0);
    report.at_most("p99.9 of the neighbour's callback during loads", ratio, TARGET, "times that without");
    report.at_most("neighbour's late buffers during loads", loading.late as f64, 0.0, "buffers");
}

/// Sends `load` and plays until the model is there.
fn swap_to(
    model: &std::path::Path,
    schedule: &mut Schedule,
    neighbour: &mut Boxed,
    swapper: &mut Boxed,
    into: &mut Stretch,
) {
    let begin = Instant::now();
    swapper.send("load", &[Atom::symbol(model.display().to_string()), Atom::symbol("forward")]);
    while swapper.object.pending() {
        assert!(begin.elapsed() < PATIENCE, "never loaded: {:?}", swapper.take_events());
        play(schedule, neighbour, swapper, 1, into);
    }
}

/// Blocks of both boxes, in real time.
fn play(
    schedule: &mut Schedule,
    neighbour: &mut Boxed,
    swapper: &mut Boxed,
    blocks: usize,
    into: &mut Stretch,
) {
    let late = neighbour.late();
    for _ in 0..blocks {
        schedule.wait();
        let begin = Instant::now();
        neighbour.poll();
        swapper.poll();
        swapper.block();
        let begin_callback = Instant::now();
        neighbour.block();
        into.callback_ns.push(begin_callback.elapsed().as_nanos() as f64);
        into.host_ns.push(begin.elapsed().as_nanos() as f64);
    }
    into.late += neighbour.late() - late;
}
