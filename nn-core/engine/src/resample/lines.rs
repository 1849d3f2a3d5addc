//! One conversion of all channels from one rate to another, sample by sample and exact for ever: positions are whole
//! numbers.

use std::sync::Arc;

use super::filter::Filter;

/// Samples of the source that are still needed, and the position of the next value among them.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    /// `[lanes, capacity]`, of which the first `kept` of each lane count.
    samples: Vec<f32>,
    lanes: usize,
    capacity: usize,
    kept: usize,
    /// Where the next value lies: at a sample, and `phase / up` beyond.
    at: usize,
    phase: usize,
    up: usize,
    down: usize,
    /// `None` holds the last sample.
    filter: Option<Arc<Filter>>,
    /// Of so many channels the last so many are held nevertheless.
    held: (usize, usize),
}

impl Lines {
    /// Lines for `down` samples of the source per `up` values, with room for `capacity` samples each. Allocates.
    pub(super) fn new(
        lanes: usize,
        capacity: usize,
        (up, down): (u64, u64),
        filter: Option<Arc<Filter>>,
    ) -> Self {
        let samples = vec![0.0; lanes * capacity];
        let (up, down) = (up as usize, down as usize);
        Self { samples, lanes, capacity, kept: 0, at: 0, phase: 0, up, down, filter, held: (1, 0) }
    }

    /// The same, but of each so many channels the last so many are held: values that take effect with the sound beside them.
    pub(super) fn holding(self, channels: usize, held: usize) -> Self {
        Self { held: (channels.max(1), held.min(channels)), ..self }
    }

    /// Forgets everything. The next value lies at `position / up` samples, counted from the first that will come;
    /// before it there is silence.
    pub(super) fn begin(&mut self, position: i64) {
        let (whole, up) = (position.div_euclid(self.up as i64), self.up as i64);
        let first = whole - self.before() as i64;
        self.phase = position.rem_euclid(up) as usize;
        self.kept = (-first).clamp(0, self.capacity as i64) as usize;
        self.at = (whole + self.kept as i64).max(0) as usize;
        for lane in self.samples.chunks_exact_mut(self.capacity.max(1)) {
            lane[..self.kept].fill(0.0);
        }
    }

    /// Takes over place and samples of another one for the same rates; lanes that it has not are silent so far.
    pub(super) fn continue_from(&mut self, old: &Self) {
        (self.kept, self.at, self.phase) = (old.kept, old.at, old.phase);
        self.samples.fill(0.0);
        let samples = self.samples.len().min(old.samples.len());
        self.samples[..samples].copy_from_slice(&old.samples[..samples]);
    }

    /// Samples before that of a position which its value is made of.
    fn before(&self) -> usize {
        self.filter.as_ref().map_or(0, |filter| filter.taps() / 2 - 1)
    }

    /// Samples after it.
    fn after(&self) -> usize {
        self.filter.as_ref().map_or(0, |filter| filter.taps() / 2)
    }

    /// Takes `frames` samples of each lane: `source` is `[lanes, frames]`.
    pub(super) fn take(&mut self, source: &[f32], frames: usize) {
        let taken = frames.min(self.capacity - self.kept);
        for (lane, source) in
            self.samples.chunks_exact_mut(self.capacity.max(1)).zip(source.chunks_exact(frames))
        {
            lane[self.kept..self.kept + taken].copy_from_slice(&source[..taken]);
        }
        self.kept += taken;
    }

    /// How many values there are.
    pub(super) fn ready(&self) -> usize {
        let Some(samples) = self.kept.checked_sub(self.at + self.after()).filter(|&n| n > 0) else {
            return 0;
        };
        // Value `n` lies `phase + n down` further, and must lie before the end of the last whole sample.
        (samples * self.up - self.phase).div_ceil(self.down)
    }

    /// Gives the next `frames` values of each lane, which must be ready: lane `n` of `sink`, which has `stride` samples
    /// for each, from `offset` on.
    pub(super) fn give(&mut self, sink: &mut [f32], stride: usize, offset: usize, frames: usize) {
        let (step, step_phase) = (self.down / self.up, self.down % self.up);
        let before = self.before();
        let (mut at, mut phase) = (self.at, self.phase);
        for lane in 0..self.lanes.max(1) {
            (at, phase) = (self.at, self.phase);
            let source = self.samples.get(lane * self.capacity..(lane + 1) * self.capacity);
            let from = lane * stride + offset;
            let (channels, held) = self.held;
            let filter = self.filter.as_ref().filter(|_| lane % channels < channels - held);
            let mut sink = source.and_then(|_| sink.get_mut(from..from + frames));
            for n in 0..frames {
                if let (Some(source), Some(sink)) = (source, sink.as_deref_mut()) {
                    sink[n] = match filter {
                        None => source[at],
                        Some(filter) => {
                            filter.value(&source[at - before..at - before + filter.taps()], phase)
                        }
                    };
                }
                (at, phase) = (at + step, phase + step_phase);
                if phase >= self.up {
                    (at, phase) = (at + 1, phase - self.up);
                }
            }
        }
        (self.at, self.phase) = (at, phase);
    }

    /// Drops what no value needs any more.
    pub(super) fn forget(&mut self) {
        let gone = self.at.saturating_sub(self.before()).min(self.kept);
        for lane in self.samples.chunks_exact_mut(self.capacity.max(1)) {
            lane.copy_within(gone..self.kept, 0);
        }
        self.kept -= gone;
        self.at -= gone;
    }
}
