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
