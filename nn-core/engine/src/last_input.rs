//! What a model heard last, so that its input does not jump where buffers were not run: overdue ones, and those of a
//! stream that has ended. A model with memory would answer with a click.

use crate::{crossfade::ramp, port::buffer::Buffer};

/// The end of the last input that a model was given.
#[derive(Debug, Default)]
pub(super) struct LastInput {
    /// The last sample of each lane; empty where nothing was heard.
    ends: Vec<f32>,
    in_channels: usize,
    /// Number of that buffer among all that were handed over.
    number: u64,
}

impl LastInput {
    /// A buffer is about to be run. If others before it were not, it rises over the fall of what was heard last.
    /// `fades` says of each input whether it takes a signal. Worker thread.
    pub(super) fn follow(
        &mut self,
        buffer: &mut Buffer,
        fade_frames: usize,
        fades: impl FnOnce() -> Vec<bool>,
    ) {
        let (frames, in_channels) = (buffer.shape.buffer_frames, buffer.shape.in_channels);
        let is_missing = buffer.number > self.number + 1;
        if is_missing && !self.ends.is_empty() && in_channels == self.in_channels {
            let fades = fades();
            for (lane, samples) in buffer.input.chunks_exact_mut(frames).enumerate() {
                let Some(end) = self.ends.get(lane) else { break };
                if fades.get(lane % in_channels).copied().unwrap_or(true) {
                    for (gain, sample) in ramp(fade_frames, frames).zip(samples) {
                        *sample = *sample * gain + end * (1.0 - gain);
                    }
                }
            }
        }
    }

    /// A buffer was run: the model has heard it, which it has not where it failed. Worker thread.
    pub(super) fn heard(&mut self, buffer: &Buffer) {
        let (frames, in_channels) = (buffer.shape.buffer_frames, buffer.shape.in_channels);
        let ends = buffer.input.chunks_exact(frames).map(|lane| lane.last().copied());
        self.ends.clear();
        self.ends.extend(ends.map(|end| end.filter(|end| end.is_finite()).unwrap_or(0.0)));
        (self.in_channels, self.number) = (in_channels, buffer.number);
    }

    /// What comes next follows on nothing.
    pub(super) fn forget(&mut self) {
        self.ends.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::buffer::BufferShape;

    const SHAPE: BufferShape = BufferShape { batch: 1, in_channels: 1, out_channels: 1, buffer_frames: 8 };

    /// The input of a buffer of this level, after those that were heard or were not.
    fn given(last: &mut LastInput, number: u64, level: f32, is_heard: bool) -> Vec<f32> {
        let mut buffer = SHAPE.buffer();
        buffer.input.fill(level);
        buffer.number = number;
        last.follow(&mut buffer, 4, || vec![true]);
        if is_heard {
            last.heard(&buffer);
        }
        buffer.input
    }

    #[test]
    fn after_runs_that_failed_the_input_rises_over_the_end_of_what_was_heard_last() {
        let mut last = LastInput::default();
        assert_eq!(given(&mut last, 1, 1.0, true), [1.0; 8]);
        assert_eq!(given(&mut last, 2, 2.0, false), [2.0; 8], "none is missing yet");
        given(&mut last, 3, 2.5, false);
        assert_eq!(given(&mut last, 4, 3.0, true), [1.5, 2.0, 2.5, 3.0, 3.0, 3.0, 3.0, 3.0]);
        assert_eq!(given(&mut last, 5, 4.0, true), [4.0; 8]);
    }
}
