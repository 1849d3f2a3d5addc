//! A model at its own sample rate in a host of another one.
//!
//! Buffer by buffer: all inputs are resampled to the model's rate, the model runs whenever a block of it is full, and
//! its output is resampled to the host's rate. The delay is a constant number of host samples
//! ([`Plan::delay_frames`]), found by arithmetic alone. Sound goes through a low-pass filter; control values
//! (latents) are held.
//!
//! After construction nothing here allocates, locks or panics: without a worker it runs in the audio callback.

mod filter;
mod lines;
mod plan;
mod whole;

use std::sync::Arc;

use crate::port::{
    buffer::{Buffer, BufferShape},
    declick::FADE_MS,
};
use filter::Filter;
use lines::Lines;
use nn_model::RunError;

pub use plan::{MAX_RATE_RATIO, Plan, Rates};
pub use whole::at_rate;

/// What lies between a box's buffers and its model's runs.
#[derive(Debug)]
pub struct Resampling {
    plan: Plan,
    shape: BufferShape,
    inputs: Lines,
    /// The block that is being filled, at the model's rate.
    block: Buffer,
    filled_frames: usize,
    outputs: Lines,
    /// The number of the buffer that follows.
    next: Option<u64>,
    /// Host samples given since the last beginning, as far as the fade-in goes; `None` when it is over.
    fading_in: Option<usize>,
    fade_frames: usize,
    non_finite: bool,
}

impl Resampling {
    /// For buffers of this shape at the host's rate. `fades_in` says that the sound begins during playback.
    /// Allocates, takes some milliseconds.
    ///
    /// Thread: main or loader.
    pub fn new(plan: Plan, shape: BufferShape, fades_in: bool) -> Self {
        let (up, down) = (plan.up, plan.down);
        let filter = |holds: bool, up: u64, down: u64| {
            (!holds).then(|| Arc::new(Filter::new(up as usize, down as usize)))
        };
        let mut resampling = Self {
            inputs: Lines::new(
                shape.in_lanes(),
                plan.input_room_frames(),
                (up, down),
                filter(plan.holds_input, up, down),
            )
            .holding(shape.in_channels, plan.parameters),
            outputs: Lines::new(
                shape.out_lanes(),
                plan.output_room_frames(),
                (down, up),
                filter(plan.holds_output, down, up),
            ),
            block: BufferShape { buffer_frames: plan.run_frames, ..shape }.buffer(),
            filled_frames: 0,
            next: None,
            fading_in: None,
            fade_frames: ((FADE_MS * 1e-3 * plan.rates.host_hz as f32) as usize).max(1),
            non_finite: false,
            plan,
            shape,
        };
        resampling.begin(fades_in);
        resampling
    }

    /// What it was built for.
    ///
    /// Thread: any.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The shape of the buffers for which it was built.
    ///
    /// Thread: any.
    pub fn shape(&self) -> &BufferShape {
        &self.shape
    }

    /// Goes on where another one is, of the same plan, whose examples are these or some of them; others begin in
    /// silence.
    ///
    /// Thread: owner.
    pub fn continue_from(&mut self, old: &Self) {
        self.inputs.continue_from(&old.inputs);
        self.outputs.continue_from(&old.outputs);
        let samples = self.block.input.len().min(old.block.input.len());
        self.block.input.fill(0.0);
        self.block.input[..samples].copy_from_slice(&old.block.input[..samples]);
        self.filled_frames = old.filled_frames;
        self.next = old.next;
        self.fading_in = old.fading_in;
        self.non_finite = old.non_finite;
    }

    /// Forgets everything: a stream begins. `fades_in` says that it does so during playback.
    ///
    /// Thread: owner.
    pub fn begin(&mut self, fades_in: bool) {
        let Plan { up, lead_frames, delay_frames, down, .. } = self.plan;
        self.inputs.begin(0);
        self.block.input.fill(0.0);
        self.filled_frames = lead_frames;
        self.outputs.begin(lead_frames as i64 * down as i64 - delay_frames as i64 * up as i64);
        self.next = None;
        self.fading_in = fades_in.then_some(0);
    }

    /// Buffer number `sequence` is about to be run. When it does not follow the one before, because the box was
    /// disabled or too slow, what lies between is of another time and forgotten: then it answers true.
    ///
    /// Thread: owner.
    pub fn follow(&mut self, sequence: u64) -> bool {
        let begins_anew = self.next.is_some_and(|next| next != sequence);
        if begins_anew {
            self.begin(true);
        }
        self.next = Some(sequence + 1);
        begins_anew
    }

    /// One buffer of the host: `run` is called with each block of the model that it fills.
    ///
    /// Thread: owner.
    ///
    /// # Errors
    /// The first of those of `run`. A block that could not be run is silence, and time goes on.
    pub fn run(
        &mut self,
        buffer: &mut Buffer,
        mut run: impl FnMut(&mut Buffer) -> Result<(), RunError>,
    ) -> Result<(), RunError> {
        if buffer.shape != self.shape {
            // Of a stream that is about to end.
            buffer.output.fill(0.0);
            return Ok(());
        }
        let block_frames = self.plan.run_frames;
        let mut result = Ok(());
        self.inputs.take(&buffer.input, self.shape.buffer_frames);
        loop {
            let frames = self.inputs.ready().min(block_frames - self.filled_frames);
            self.inputs.give(&mut self.block.input, block_frames, self.filled_frames, frames);
            self.filled_frames += frames;
            if self.filled_frames < block_frames {
                break;
            }
            self.filled_frames = 0;
            if let Err(error) = run(&mut self.block) {
                self.block.output.fill(0.0);
                result = result.and(Err(error));
            } else if !self.block.output_is_finite() {
                self.block.output.fill(0.0);
                self.non_finite = true;
            }
            self.outputs.take(&self.block.output, block_frames);
        }
        self.inputs.forget();
        let frames = self.outputs.ready().min(self.shape.buffer_frames);
        self.outputs.give(&mut buffer.output, self.shape.buffer_frames, 0, frames);
        self.outputs.forget();
        self.fade_in(buffer);
        result
    }

    /// Whether the model has answered NaN or infinity since this was asked last.
    ///
    /// Thread: owner.
    pub fn take_non_finite(&mut self) -> bool {
        std::mem::take(&mut self.non_finite)
    }

    /// The first samples after a gap that are not silence rise from it.
    fn fade_in(&mut self, buffer: &mut Buffer) {
        let Some(begin) = self.fading_in else { return };
        let buffer_frames = self.shape.buffer_frames;
        let fade_frames = self.fade_frames;
        let gain = |n: usize| {
            let heard = (begin + n).saturating_sub(self.plan.delay_frames);
            (heard as f32 / fade_frames as f32).min(1.0)
        };
        for lane in buffer.output.chunks_exact_mut(buffer_frames) {
            for (n, sample) in lane.iter_mut().enumerate() {
                *sample *= gain(n);
            }
        }
        let end = begin + buffer_frames;
        self.fading_in = Some(end).filter(|&end| end < self.plan.delay_frames + fade_frames);
    }
}
