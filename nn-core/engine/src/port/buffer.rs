//! The buffer that travels between the audio thread and the model's thread.

use std::time::Instant;

/// The outcome of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Not run yet.
    Pending,
    /// `output` holds sound.
    Sound,
    /// There is no model (yet).
    NoModel,
    /// The model raised an error, or returned something unusable.
    Fault,
    /// The model returned NaN or infinity.
    NonFinite,
    /// Overdue before it was started, so not run.
    Dropped,
}

/// One buffer of input, with its output.
#[derive(Debug)]
pub struct Buffer {
    /// Number of the buffer in its stream, from 0.
    pub sequence: u64,
    /// Number of the buffer among all that were handed over in this box, from 1.
    pub number: u64,
    /// The outcome of its run.
    pub outcome: Outcome,
    /// When it was handed to the worker.
    pub handed_over: Instant,
    /// The sizes of both tensors.
    pub shape: BufferShape,
    /// `[batch, in_channels, buffer]` at the host's rate.
    pub input: Vec<f32>,
    /// `[batch, out_channels, buffer]` at the host's rate.
    pub output: Vec<f32>,
}

/// The sizes of a buffer's tensors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BufferShape {
    /// Number of examples.
    pub batch: usize,
    /// Input channels per example.
    pub in_channels: usize,
    /// Output channels per example.
    pub out_channels: usize,
    /// Host samples per run of the model.
    pub buffer_frames: usize,
}

impl BufferShape {
    /// Number of input lanes.
    ///
    /// Thread: any.
    pub fn in_lanes(&self) -> usize {
        self.batch * self.in_channels
    }

    /// Number of output lanes.
    ///
    /// Thread: any.
    pub fn out_lanes(&self) -> usize {
        self.batch * self.out_channels
    }

    /// A buffer of silence. Allocates, and touches the memory, so that the audio thread is not the first to do so.
    ///
    /// Thread: any but audio.
    pub fn buffer(&self) -> Buffer {
        let silence = |lanes: usize| {
            let mut samples = Vec::with_capacity(lanes * self.buffer_frames);
            samples.resize(lanes * self.buffer_frames, std::hint::black_box(0.0));
            samples
        };
        Buffer {
            sequence: 0,
            number: 0,
            outcome: Outcome::Pending,
            handed_over: Instant::now(),
            shape: *self,
            input: silence(self.in_lanes()),
            output: silence(self.out_lanes()),
        }
    }
}

impl Buffer {
    /// True if no sample of the output is NaN or infinite.
    ///
    /// Thread: any.
    pub fn output_is_finite(&self) -> bool {
        // The exponent of NaN and infinity is all ones. No early exit: this form is vectorised.
        let exponents = self.output.iter().map(|sample| sample.to_bits() & 0x7f80_0000);
        exponents.fold(true, |finite, exponent| finite & (exponent != 0x7f80_0000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nan_and_infinity_are_found_wherever_they_stand() {
        let mut buffer =
            BufferShape { batch: 1, in_channels: 1, out_channels: 1, buffer_frames: 100 }.buffer();
        buffer.output.fill(0.5);
        assert!(buffer.output_is_finite());
        for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            for at in [0, 50, 99] {
                buffer.output[at] = bad;
                assert!(!buffer.output_is_finite());
                buffer.output[at] = f32::MAX;
            }
        }
        assert!(buffer.output_is_finite());
    }
}
