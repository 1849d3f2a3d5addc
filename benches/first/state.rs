//! Whether a loaded box begins where the file begins.

use std::{path::Path, time::Duration};

use nn_core::{
    formats::FORMATS,
    model::{ModelSource, Runtime, TensorView, TensorViewMut},
    torch::TorchRuntime,
};

use super::common::{
    boxed::{BLOCK_FRAMES, Boxed},
    models::{self, file_name},
    noted::{NotedSource, SEED, take},
    report::Report,
    schedule::{RATE_HZ, Schedule},
};

const BUFFER_FRAMES: usize = 2048;
/// Runs that are compared.
const RUNS: usize = 4;

/// Adds a table with the largest difference.
pub fn compare(report: &mut Report) {
    report.note(&format!(
        "The state after a load: the first {RUNS} runs in a box against the file freshly loaded and run without an \
         engine, on the same input, with the same random numbers. Both without the kernels, which pack some weights only when \
         they have come twice, and round differently."
    ));
    let mut differ_in_all = 0;
    report.table(&["model, method", "samples compared", "samples that differ", "largest difference"]);
    for path in models::all() {
        let spec = FORMATS.describe(&(&path).into()).unwrap_or_else(|error| panic!("{error}"));
        for method in 0..spec.methods.len() {
            let name = format!("{} {}", file_name(&path), spec.methods[method].name);
            let (compared, differ, largest) = of_method(&path, method, &spec.methods[method].name);
            differ_in_all += differ;
            report.row(&[name, compared.to_string(), differ.to_string(), format!("{largest:.1e}")]);
        }
    }
    report.at_most("samples after a load that differ from the file's", differ_in_all as f64, 0.0, "samples");
}

fn of_method(path: &Path, method: usize, name: &str) -> (usize, usize, f32) {
    let (source, runs) = NotedSource::new(RUNS);
    let mut boxed = Boxed::ready(source, path, name, BUFFER_FRAMES);
    let mut schedule = Schedule::new(BLOCK_FRAMES, RATE_HZ);
    let mut noted = Vec::new();
    while noted.len() < RUNS {
        for _ in 0..BUFFER_FRAMES / BLOCK_FRAMES {
            schedule.wait();
            boxed.poll();
            boxed.block();
        }
        noted.extend(take(&runs));
    }
    boxed.check();
    // The box lives on and shares its weights, but gets no more blocks: a run under way would draw random numbers.
    std::thread::sleep(Duration::from_millis(300));
    let path = path.to_owned();
    let bare = std::thread::spawn(move || {
        TorchRuntime.prepare_thread(1);
        let mut model = FORMATS.load(&(&path).into()).unwrap_or_else(|error| panic!("{error}"));
        model.set_optimise(false);
        if model.spec().takes_sample_rate {
            model.set_sample_rate(RATE_HZ).unwrap_or_else(|error| panic!("{error}"));
        }
        let spec = model.spec().methods[method].clone();
        model.seed(SEED);
        let (mut compared, mut differ, mut largest) = (0, 0, 0.0_f32);
        for run in noted.iter().take(RUNS) {
            let (input, output) = run.kept.as_ref().expect("the first runs are kept");
            let mut answer = vec![0.0; output.len()];
            let from = TensorView {
                samples: input,
                batch: 1,
                channels: spec.in_channels,
                frames: input.len() / spec.in_channels.max(1),
            };
            let to = TensorViewMut {
                samples: &mut answer,
                batch: 1,
                channels: spec.out_channels,
                frames: output.len() / spec.out_channels.max(1),
            };
            model.run(method, from, to).unwrap_or_else(|error| panic!("{error}"));
            compared += answer.len();
            differ += answer.iter().zip(output).filter(|(a, b)| a.to_bits() != b.to_bits()).count();
            largest = answer.iter().zip(output).fold(largest, |most, (a, b)| most.max((a - b).abs()));
        }
        (compared, differ, largest)
    });
    bare.join().expect("the bare model runs")
}
