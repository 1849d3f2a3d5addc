//! A model called directly, buffer by buffer, without any host: what boxes are compared with.

use std::path::Path;

use nn_core::{
    formats::FORMATS,
    model::{Model, ModelSource, RunError, TensorView, TensorViewMut},
    spec::ModelSpec,
};

use super::RATE_HZ;

/// A model of its own.
pub fn load(path: &Path) -> Box<dyn Model> {
    let mut model = FORMATS.load(&path.into()).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    model.prepare_thread(1);
    if model.spec().takes_sample_rate {
        model.set_sample_rate(RATE_HZ).expect("the model takes the rate");
    }
    model
}

/// What the file says.
pub fn describe(path: &Path) -> ModelSpec {
    FORMATS.describe(&path.into()).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Runs whole buffers through a method: host-rate channels in, host-rate channels out.
///
/// With a ratio, each model frame takes the last sample of its group, and is repeated on the way out. A run that
/// fails gives NaN, and its fault.
pub fn run(
    model: &mut dyn Model,
    method: usize,
    input: &[Vec<f32>],
    buffer_frames: usize,
    frames: usize,
) -> (Vec<Vec<f32>>, Option<RunError>) {
    let (mut outputs, fault) = run_batch(model, method, &[input], buffer_frames, frames);
    (outputs.remove(0), fault)
}

/// The same for several examples in each call: the channels of each in, the channels of each out.
pub fn run_batch(
    model: &mut dyn Model,
    method: usize,
    inputs: &[&[Vec<f32>]],
    buffer_frames: usize,
    frames: usize,
) -> (Vec<Vec<Vec<f32>>>, Option<RunError>) {
    let spec = model.spec().methods[method].clone();
    let batch = inputs.len();
    let mut outputs = vec![vec![Vec::new(); spec.out_channels]; batch];
    let mut fault = None;
    for at in (0..frames / buffer_frames * buffer_frames).step_by(buffer_frames) {
        let model_input: Vec<f32> = inputs
            .iter()
            .flat_map(|input| &input[..spec.in_channels])
            .flat_map(|lane| {
                lane[at..at + buffer_frames].chunks(spec.in_ratio).map(|group| group[spec.in_ratio - 1])
            })
            .collect();
        let out_frames = buffer_frames / spec.out_ratio;
        let mut model_output = vec![0.0; batch * spec.out_channels * out_frames];
        let run = model.run(
            method,
            TensorView {
                samples: &model_input,
                batch,
                channels: spec.in_channels,
                frames: buffer_frames / spec.in_ratio,
            },
            TensorViewMut {
                samples: &mut model_output,
                batch,
                channels: spec.out_channels,
                frames: out_frames,
            },
        );
        if let Err(what) = run {
            model_output.fill(f32::NAN);
            fault = fault.or(Some(what));
        }
        for (lane, values) in outputs.iter_mut().flatten().zip(model_output.chunks(out_frames)) {
            lane.extend(values.iter().flat_map(|&value| std::iter::repeat_n(value, spec.out_ratio)));
        }
    }
    (outputs, fault)
}
