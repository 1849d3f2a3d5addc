//! The format of a stream, and whether memory suffices for it.
//!
//! Thread: any.

use super::buffer::BufferShape;
use crate::{layout::BoxKind, resample::Plan, timing::Timing};

/// Everything that a stream is built for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StreamFormat {
    /// Kind of box: decides the layout of lanes.
    pub kind: BoxKind,
    /// Channels, batch and buffer.
    pub shape: BufferShape,
    /// Latency and pool.
    pub timing: Timing,
    /// The host's rate in Hz.
    pub sample_rate_hz: f32,
    /// The resampling, if the model runs at its own rate.
    pub resampling: Option<Plan>,
    /// The model's own delay in host samples, where it declares one; otherwise 0.
    pub model_delay_frames: usize,
    /// Inputs of an example that can be heard beside the model's sound; 0 where inputs and outputs are of different kinds.
    pub dry_channels: usize,
}

/// Largest memory for the buffers of one box, in MB.
pub const MAX_STREAM_MB: usize = 1024;

/// A box would need more memory than [`MAX_STREAM_MB`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{needed_mb} MB for buffers of {buffer_frames} samples and all channels are too much (the limit is \
     {MAX_STREAM_MB} MB): choose a smaller buffer"
)]
pub struct TooMuchMemory {
    needed_mb: usize,
    buffer_frames: usize,
}

impl StreamFormat {
    /// Host samples from input to output, through buffering and resampling, and through the model where it declares its
    /// delay.
    pub fn latency_frames(&self) -> usize {
        self.latency_without_model_frames() + self.model_delay_frames
    }

    /// Host samples from input to output through buffering and resampling alone.
    pub fn latency_without_model_frames(&self) -> usize {
        self.timing.latency_frames + self.resampling.map_or(0, |plan| plan.delay_frames)
    }

    /// Room for each input that can be heard beside the model, in host samples: what is on its way, and a block.
    pub fn dry_room_frames(&self) -> usize {
        self.latency_frames().saturating_add(self.timing.host_block_frames.max(1))
    }

    /// True if only the number of examples differs.
    pub fn differs_in_examples_only(&self, other: &Self) -> bool {
        let shape = BufferShape { batch: other.shape.batch, ..self.shape };
        self.shape != other.shape && Self { shape, ..*self } == *other
    }

    /// The shape of one run of the model.
    pub fn model_shape(&self) -> BufferShape {
        let buffer_frames = self.resampling.map_or(self.shape.buffer_frames, |plan| plan.run_frames);
        BufferShape { buffer_frames, ..self.shape }
    }

    /// Refuses formats that need too much memory.
    pub fn check_memory(self) -> Result<Self, TooMuchMemory> {
        let (in_lanes, out_lanes) = (self.shape.in_lanes(), self.shape.out_lanes());
        let lanes = in_lanes + out_lanes;
        let between = self.resampling.map_or(0, |plan| {
            let ends = in_lanes
                .saturating_mul(plan.input_room_frames())
                .saturating_add(out_lanes.saturating_mul(plan.output_room_frames()));
            ends.saturating_add(lanes.saturating_mul(plan.run_frames))
        });
        let dry = (self.shape.batch * self.dry_channels).saturating_mul(self.dry_room_frames());
        let samples = lanes
            .saturating_mul(self.shape.buffer_frames)
            .saturating_mul(self.timing.pool_buffers)
            .saturating_add(between)
            .saturating_add(dry);
        let needed_mb = samples.saturating_mul(size_of::<f32>()) >> 20;
        if needed_mb <= MAX_STREAM_MB {
            Ok(self)
        } else {
            Err(TooMuchMemory { needed_mb, buffer_frames: self.shape.buffer_frames })
        }
    }
}
