//! One run of a method on one buffer: host rate in, host rate out.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::command::Installed;
use crate::midi::Midi;
use crate::port::buffer::{Buffer, BufferShape};
use nn_model::{Model, RunError, TensorView, TensorViewMut};
use nn_process::guard::panic_text;

/// Memory for model-rate samples, kept from run to run.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    input: Vec<f32>,
    output: Vec<f32>,
}

impl Scratch {
    /// Takes the memory that runs of this shape need.
    pub(super) fn make_room(&mut self, installed: &Installed, shape: BufferShape) {
        let Some(spec) = installed.model.spec().methods.get(installed.method) else { return };
        if spec.in_ratio > 1 {
            let samples = shape.in_lanes() * shape.buffer_frames / spec.in_ratio;
            self.input.reserve(samples.saturating_sub(self.input.len()));
        }
        if spec.out_ratio > 1 {
            let samples = shape.out_lanes() * shape.buffer_frames / spec.out_ratio;
            self.output.reserve(samples.saturating_sub(self.output.len()));
        }
    }
}

/// Host-rate frames in, host-rate frames out; in between, resampling if the model runs at its own rate.
///
/// `midi` goes to the model, and what it answers back; `None` where it is not the one to get it.
pub(super) fn run_method(
    installed: &mut Installed,
    buffer: &mut Buffer,
    scratch: &mut Scratch,
    mut midi: Option<&mut Midi>,
) -> Result<(), RunError> {
    let Installed { model, method, resampling } = installed;
    let (model, method, sequence) = (model.as_mut(), *method, buffer.sequence);
    let mut run = |block: &mut Buffer, rates| {
        if let Some(midi) = &mut midi {
            midi.give(model, sequence, block.shape.buffer_frames, rates);
        }
        let result = run_block(model, method, block, scratch);
        if let Some(midi) = &mut midi {
            midi.collect(model);
        }
        result
    };
    match resampling {
        None => run(buffer, None),
        Some(resampling) => {
            let rates = resampling.plan().rates;
            resampling.run(buffer, |block| run(block, Some(rates)))
        }
    }
}

/// One run; a panic becomes an error.
fn run_block(
    model: &mut dyn Model,
    method: usize,
    buffer: &mut Buffer,
    scratch: &mut Scratch,
) -> Result<(), RunError> {
    catch_unwind(AssertUnwindSafe(|| decimate_and_run(model, method, buffer, scratch))).unwrap_or_else(
        |panic| {
            let method = model.spec().methods.get(method);
            Err(RunError::Panicked {
                method: method.map_or_else(String::new, |method| method.name.clone()),
                what: panic_text(panic.as_ref()),
            })
        },
    )
}

/// Decimates, runs, repeats.
///
/// With `in_ratio > 1` each model frame takes the last sample of its group, each output frame is repeated
/// `out_ratio` times (the convention of every exported model).
fn decimate_and_run(
    model: &mut dyn Model,
    method: usize,
    buffer: &mut Buffer,
    scratch: &mut Scratch,
) -> Result<(), RunError> {
    let shape = buffer.shape;
    let Scratch { input: model_input, output: model_output } = scratch;
    let Some(spec) = model.spec().methods.get(method) else {
        return Err(RunError::Panicked { method: String::new(), what: "no such method".into() });
    };
    let (in_ratio, out_ratio) = (spec.in_ratio, spec.out_ratio);
    if !(shape.buffer_frames.is_multiple_of(in_ratio) && shape.buffer_frames.is_multiple_of(out_ratio)) {
        // Of a stream that is about to end.
        buffer.output.fill(0.0);
        return Ok(());
    }
    let in_frames = shape.buffer_frames / in_ratio;
    let out_frames = shape.buffer_frames / out_ratio;
    let decimated = if in_ratio == 1 {
        &buffer.input[..]
    } else {
        model_input.clear();
        for lane in buffer.input.chunks_exact(shape.buffer_frames) {
            model_input.extend(lane.iter().skip(in_ratio - 1).step_by(in_ratio));
        }
        &model_input[..]
    };
    let input =
        TensorView { samples: decimated, batch: shape.batch, channels: shape.in_channels, frames: in_frames };
    if out_ratio != 1 {
        model_output.resize(shape.out_lanes() * out_frames, 0.0);
    }
    let samples = if out_ratio == 1 { &mut buffer.output[..] } else { &mut model_output[..] };
    let output =
        TensorViewMut { samples, batch: shape.batch, channels: shape.out_channels, frames: out_frames };
    model.run(method, input, output)?;
    if out_ratio != 1 {
        let lanes = buffer.output.chunks_exact_mut(shape.buffer_frames);
        for (lane, values) in lanes.zip(model_output.chunks_exact(out_frames)) {
            for (group, &value) in lane.chunks_exact_mut(out_ratio).zip(values) {
                group.fill(value);
            }
        }
    }
    Ok(())
}
