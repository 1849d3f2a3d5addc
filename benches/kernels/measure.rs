//! The measurement and its table.

use std::path::Path;

use nn_core::{
    model::{Model, ModelSource, TensorView, TensorViewMut},
    timing::legal_buffer,
    torch::TorchSource,
};

use super::{
    common::{figures::median, machine, number_from},
    cpu,
};

/// Buffers in samples.
const BUFFERS: [usize; 3] = [512, 2048, 8192];
/// Calls of one side in a row, and how many of them do not count.
const TURN_CALLS: usize = 10;
const UNCOUNTED_CALLS: usize = 2;

/// Every method of the project's codec and of the models named by `NN_BENCH_MODELS`, separated as in `PATH`.
pub fn run() {
    machine::print("The backend's own convolutions");
    let rounds = number_from("NN_BENCH_ROUNDS", 8);
    println!(
        "{rounds} rounds of {} calls of each side, one thread per call; microseconds of processor time per call, medians",
        TURN_CALLS - UNCOUNTED_CALLS
    );
    println!();
    println!(
        "| model, method, buffer | libtorch | with kernels | times faster | largest difference | taken, left |"
    );
    println!("|---|---|---|---|---|---|");
    let codec = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/codec.ts");
    let named = std::env::var_os("NN_BENCH_MODELS").unwrap_or_default();
    for path in
        std::iter::once(codec).chain(std::env::split_paths(&named).filter(|path| path != Path::new("")))
    {
        measure_model(&path, rounds);
    }
    machine::print_end();
}

fn measure_model(path: &Path, rounds: usize) {
    let model = TorchSource.load(path).unwrap_or_else(|error| panic!("{error}"));
    let ratio_lcm = model.spec().ratio_lcm().unwrap_or_else(|error| panic!("{error}"));
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for method in 0..model.spec().methods.len() {
        let mut buffers =
            BUFFERS.map(|wish| legal_buffer(wish, ratio_lcm, 1).unwrap_or_else(|e| panic!("{e}"))).to_vec();
        buffers.dedup();
        for buffer_frames in buffers {
            let name = format!("{file} {} {buffer_frames}", model.spec().methods[method].name);
            measure(&*model, method, buffer_frames, rounds, &name);
        }
    }
}

fn measure(model: &dyn Model, method: usize, buffer_frames: usize, rounds: usize, name: &str) {
    let fork = || model.fork().unwrap_or_else(|error| panic!("{error}"));
    let mut sides = [fork(), fork()];
    assert!(sides[0].set_optimise(false) && sides[1].set_optimise(true), "the backend has the switch");
    let spec = &model.spec().methods[method];
    let (in_frames, out_frames) = (buffer_frames / spec.in_ratio, buffer_frames / spec.out_ratio);
    let input = noise(spec.in_channels * in_frames);
    let mut outputs = [(); 2].map(|()| vec![0.0; spec.out_channels * out_frames]);
    let mut costs_ns = [Vec::new(), Vec::new()];
    let (mut difference, mut largest) = (0.0_f32, 0.0_f32);
    for round in 0..rounds as u64 {
        for ((side, output), costs_ns) in sides.iter_mut().zip(&mut outputs).zip(&mut costs_ns) {
            TorchSource.seed(round);
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
        for (plain, kernels) in outputs[0].iter().zip(&outputs[1]) {
            difference = difference.max((plain - kernels).abs());
            largest = largest.max(plain.abs());
        }
    }
    let figures = sides[1].kernel_figures().unwrap_or_default();
    let calls = (rounds * TURN_CALLS) as u64;
    let [plain_us, kernels_us] = costs_ns.map(|costs| median(&costs) / 1000.0);
    println!(
        "| {name} | {plain_us:.0} | {kernels_us:.0} | {:.2} | {:.1e} | {}, {} |",
        plain_us / kernels_us,
        difference / largest.max(f32::MIN_POSITIVE),
        figures.taken / calls,
        figures.left / calls,
    );
}

/// Noise between -0.5 and 0.5, the same at every call.
fn noise(count: usize) -> Vec<f32> {
    let mut state = 7_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / 16_777_216.0 - 0.5
    };
    (0..count).map(|_| next()).collect()
}
