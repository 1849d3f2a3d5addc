//! The measurement and its table.

use std::path::Path;

use nn_core::{
    engine::noise::noise,
    formats::FORMATS,
    model::{Model, ModelSource, TensorView, TensorViewMut},
    timing::legal_buffer,
};

use super::common::{
    cpu,
    figures::median,
    models::{self, file_name},
    number_from,
    report::Report,
};

/// Buffers in samples.
const BUFFERS: [usize; 3] = [512, 2048, 8192];
/// Calls of one side in a row, and how many of them do not count.
const TURN_CALLS: usize = 10;
const UNCOUNTED_CALLS: usize = 2;
/// No model is to be slower than libtorch's own path by more than 2 %.
const LEAST_SPEEDUP: f64 = 0.98;
/// What the kernels were made for, at these buffers.
const MADE_FOR: (&str, [usize; 2]) = ("rave_v2_small.ts", [512, 2048]);
const SPEEDUP_THERE: f64 = 3.5;
/// Of the largest output.
const MOST_DIFFERENCE: f64 = 5e-6;
/// Its oscillators add up rounded numbers for ever: any other order of sums drifts apart, libtorch's own too.
const DRIFTS: (&str, [&str; 2]) = ("codec.ts", ["decode", "forward"]);

/// What came out for one method at one buffer.
struct Found {
    name: String,
    speedup: f64,
    wanted_speedup: f64,
    /// `None` where none is bounded.
    difference: Option<f64>,
}

/// Every method of all models.
pub fn run() {
    let rounds = number_from("NN_BENCH_ROUNDS", 6).max(1);
    let mut report = Report::begin(
        "The backend's own convolutions",
        &format!(
            "Processor time of a call with them and without (libtorch's own path), {rounds} rounds of {} calls of each \
             side in turns, one thread per call; microseconds, medians; times faster is the median over the rounds. The \
             largest difference of the outputs is relative to the largest output; decode and forward of codec.ts drift \
             with any other order of sums (docs/KERNELS.md), so that no bound is set there.",
            TURN_CALLS - UNCOUNTED_CALLS
        ),
    );
    report.table(&[
        "model, method, buffer",
        "libtorch",
        "with kernels",
        "times faster",
        "largest difference",
        "convolutions per call: taken, left",
    ]);
    let mut found = Vec::new();
    for path in models::all() {
        measure_model(&mut report, &path, rounds, &mut found);
    }
    for Found { name, speedup, wanted_speedup, difference } in found {
        report.at_least(&name, speedup, wanted_speedup, "times faster");
        if let Some(difference) = difference {
            let what = format!("{name}, largest difference");
            report.at_most(&what, difference, MOST_DIFFERENCE, "of the largest output");
        }
    }
    report.end();
}

fn measure_model(report: &mut Report, path: &Path, rounds: usize, found: &mut Vec<Found>) {
    let model = FORMATS.load(&path.into()).unwrap_or_else(|error| panic!("{error}"));
    let ratio_lcm = model.spec().ratio_lcm().unwrap_or_else(|error| panic!("{error}"));
    let file = file_name(path);
    for method in 0..model.spec().methods.len() {
        let mut buffers = BUFFERS
            .map(|wanted| legal_buffer(wanted, ratio_lcm, 1).unwrap_or_else(|e| panic!("{e}")))
            .to_vec();
        buffers.dedup();
        for buffer_frames in buffers {
            let method_name = model.spec().methods[method].name.as_str();
            let name = format!("{file} {method_name} {buffer_frames}");
            let (speedup, difference, taken) = measure(report, &*model, method, buffer_frames, rounds, &name);
            // Without convolutions both sides are the same.
            if taken > 0 {
                let made_for = file == MADE_FOR.0 && MADE_FOR.1.contains(&buffer_frames);
                let drifts = file == DRIFTS.0 && DRIFTS.1.contains(&method_name);
                found.push(Found {
                    name,
                    speedup,
                    wanted_speedup: if made_for { SPEEDUP_THERE } else { LEAST_SPEEDUP },
                    difference: (!drifts).then_some(difference),
                });
            }
        }
    }
}

/// Adds a row; gives how many times faster the kernels are, the largest difference, and how many convolutions they
/// computed.
fn measure(
    report: &mut Report,
    model: &dyn Model,
    method: usize,
    buffer_frames: usize,
    rounds: usize,
    name: &str,
) -> (f64, f64, u64) {
    let fork = || model.fork().unwrap_or_else(|error| panic!("{error}"));
    let mut sides = [fork(), fork()];
    assert!(sides[0].set_optimise(false) && sides[1].set_optimise(true), "the backend has the switch");
    let spec = &model.spec().methods[method];
    let (in_frames, out_frames) = (buffer_frames / spec.in_ratio, buffer_frames / spec.out_ratio);
    let input = noise(7, spec.in_channels * in_frames);
    let mut outputs = [(); 2].map(|()| vec![0.0; spec.out_channels * out_frames]);
    let mut costs_ns = [Vec::new(), Vec::new()];
    let mut speedups = Vec::new();
    let (mut difference, mut largest) = (0.0_f32, 0.0_f32);
    for round in 0..rounds as u64 {
        for ((side, output), costs_ns) in sides.iter_mut().zip(&mut outputs).zip(&mut costs_ns) {
            side.seed(round);
            for call in 0..TURN_CALLS {
                let from =
                    TensorView { samples: &input, batch: 1, channels: spec.in_channels, frames: in_frames };
                let to = TensorViewMut {
                    samples: output,
                    batch: 1,
                    channels: spec.out_channels,
                    frames: out_frames,
                };
                let begin_ns = cpu::thread_ns();
                side.run(method, from, to).unwrap_or_else(|error| panic!("{error}"));
                if call >= UNCOUNTED_CALLS {
                    costs_ns.push((cpu::thread_ns() - begin_ns) as f64);
                }
            }
        }
        let calls = TURN_CALLS - UNCOUNTED_CALLS;
        let [plain_ns, kernels_ns] =
            [0, 1].map(|side| median(&costs_ns[side][costs_ns[side].len() - calls..]));
        speedups.push(plain_ns / kernels_ns);
        for (plain, kernels) in outputs[0].iter().zip(&outputs[1]) {
            difference = difference.max((plain - kernels).abs());
            largest = largest.max(plain.abs());
        }
    }
    let figures = sides[1].kernel_figures().unwrap_or_default();
    let calls = (rounds * TURN_CALLS) as u64;
    let difference = difference / largest.max(f32::MIN_POSITIVE);
    let [plain_us, kernels_us] = costs_ns.map(|costs| median(&costs) / 1000.0);
    report.row(&[
        name.to_owned(),
        format!("{plain_us:.0}"),
        format!("{kernels_us:.0}"),
        format!("{:.2}", median(&speedups)),
        format!("{difference:.1e}"),
        format!("{}, {}", figures.taken / calls, figures.left / calls),
    ]);
    (median(&speedups), f64::from(difference), figures.taken)
}
