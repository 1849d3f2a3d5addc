//! The input as it was some time ago: a delay line for each channel that the dry sound comes from.

/// Delay lines of some examples. Only [`DelayLines::new`] allocates.
#[derive(Debug)]
pub(super) struct DelayLines {
    delay_frames: usize,
    /// Channels of an example.
    channels: usize,
    /// A ring for each channel of each example, all of one length.
    rings: Vec<Box<[f32]>>,
    /// For each example: the first sample of it that may be heard.
    since: Vec<i64>,
    /// Samples that were recorded of each channel.
    recorded: i64,
}

impl DelayLines {
    /// Lines with room for so many samples each: the delay, and the longest block.
    ///
    /// Thread: main or loader.
    pub fn new(examples: usize, channels: usize, delay_frames: usize, room_frames: usize) -> Self {
        // Touched here, so that the audio thread is not the first to do so.
        let ring = || vec![std::hint::black_box(0.0); room_frames.max(1)];
        Self {
            delay_frames,
            channels,
            rings: (0..examples * channels).map(|_| ring().into_boxed_slice()).collect(),
            since: vec![0; examples],
            recorded: 0,
        }
    }

    /// Number of examples.
    ///
    /// Thread: audio.
    pub fn examples(&self) -> usize {
        self.since.len()
    }

    /// Channels of an example.
    ///
    /// Thread: audio.
    pub fn channels(&self) -> usize {
        self.channels
    }

    /// Samples that were recorded of each channel.
    ///
    /// Thread: audio.
    pub fn recorded(&self) -> i64 {
        self.recorded
    }

    /// The delay.
    ///
    /// Thread: audio.
    pub fn delay_frames(&self) -> usize {
        self.delay_frames
    }

    /// Records one channel of an example for this block: what `value` makes of each sample of a signal, and silence after its
    /// end.
    ///
    /// Thread: audio.
    pub fn record<S: Copy>(
        &mut self,
        example: usize,
        channel: usize,
        frames: usize,
        signal: &[S],
        value: impl Fn(usize, S) -> f32,
    ) {
        let Some(ring) = self.rings.get_mut(example * self.channels + channel) else { return };
        // Of a block that is longer than a ring, its end.
        let first = frames.saturating_sub(ring.len());
        let (begin, end) = ring.split_at_mut(place(self.recorded + first as i64, ring.len()));
        let until_end = end.len().min(frames - first);
        let rest = frames - first - until_end;
        for (slots, from) in [(&mut end[..until_end], first), (&mut begin[..rest], first + until_end)] {
            let given = signal.get(from..).unwrap_or_default();
            let (sound, silence) = slots.split_at_mut(given.len().min(slots.len()));
            for (frame, (slot, &sample)) in sound.iter_mut().zip(given).enumerate() {
                *slot = value(from + frame, sample);
            }
            silence.fill(0.0);
        }
    }

    /// Nobody hears this example now: it begins again with what is recorded after this block.
    ///
    /// Thread: audio.
    pub fn begin_example(&mut self, example: usize, frames: usize) {
        if let Some(since) = self.since.get_mut(example) {
            *since = self.recorded + frames as i64;
        }
    }

    /// The block is recorded.
    ///
    /// Thread: audio.
    pub fn end_block(&mut self, frames: usize) {
        self.recorded += frames as i64;
    }

    /// The first sample of an example that may be heard.
    ///
    /// Thread: audio.
    pub fn since(&self, example: usize) -> i64 {
        self.since.get(example).copied().unwrap_or(i64::MAX)
    }

    /// The sample at which the next of the examples begins to be heard, after a place.
    ///
    /// Thread: audio.
    pub fn next_beginning(&self, after: i64) -> Option<i64> {
        self.since.iter().copied().filter(|&since| since > after).min()
    }

    /// Adds the samples of a channel from a place on; those that are not there any more, or not yet, count as silence.
    ///
    /// Thread: audio.
    pub fn add(&self, example: usize, channel: usize, from: i64, sink: &mut [f32]) {
        let Some(ring) = self.rings.get(example * self.channels + channel) else { return };
        // Where what is there begins and ends in the sink.
        let in_sink = |sample: i64| (sample - from).clamp(0, sink.len() as i64) as usize;
        let begin = in_sink((self.recorded - ring.len() as i64).max(0));
        let end = in_sink(self.recorded).max(begin);
        let mut at = place(from + begin as i64, ring.len());
        for sample in &mut sink[begin..end] {
            *sample += ring[at];
            at += 1;
            if at == ring.len() {
                at = 0;
            }
        }
    }

    /// Goes on from lines that differ only in the number of examples.
    ///
    /// Thread: audio.
    pub fn continue_from(&mut self, old: &mut Self) {
        self.since.fill(old.recorded);
        self.since.iter_mut().zip(&old.since).for_each(|(since, &old)| *since = old);
        self.rings.iter_mut().zip(&mut old.rings).for_each(|(ring, old)| std::mem::swap(ring, old));
        self.recorded = old.recorded;
    }
}

/// Where a sample lies in a ring.
fn place(sample: i64, length: usize) -> usize {
    sample.rem_euclid(length.max(1) as i64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Records one block of one channel and gives what is heard of it.
    fn pass(lines: &mut DelayLines, block: &[f32]) -> Vec<f32> {
        lines.record(0, 0, block.len(), block, |_, sample| sample);
        lines.end_block(block.len());
        let mut heard = vec![0.0; block.len()];
        let from = lines.recorded() - (block.len() + lines.delay_frames()) as i64;
        lines.add(0, 0, from, &mut heard);
        heard
    }

    #[test]
    fn every_sample_comes_after_the_delay_with_any_block() {
        let input: Vec<f32> = (1..=60).map(|n| n as f32).collect();
        for delay in [0, 1, 3, 4, 7, 29] {
            let mut lines = DelayLines::new(1, 1, delay, delay + 4);
            let mut heard = Vec::new();
            for block in input.chunks(4) {
                heard.extend(pass(&mut lines, block));
            }
            assert!(heard[..delay].iter().all(|&s| s == 0.0), "{delay}");
            assert_eq!(heard[delay..], input[..60 - delay], "{delay}");
        }
    }

    #[test]
    fn a_block_that_is_longer_than_was_said_loses_samples_and_nothing_else() {
        let mut lines = DelayLines::new(1, 1, 2, 6);
        let heard = pass(&mut lines, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0]);
        assert_eq!(heard, [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 5.0, 6.0, 7.0, 8.0]);
        assert_eq!(pass(&mut lines, &[11.0; 4]), [9.0, 10.0, 11.0, 11.0]);
    }

    #[test]
    fn examples_that_stay_are_continued_and_new_ones_begin() {
        let mut old = DelayLines::new(1, 1, 2, 6);
        pass(&mut old, &[1.0, 2.0, 3.0, 4.0]);
        let mut new = DelayLines::new(2, 1, 2, 6);
        new.continue_from(&mut old);
        assert_eq!((new.since(0), new.since(1), new.since(2)), (0, 4, i64::MAX));
        assert_eq!(new.next_beginning(0), Some(4));
        assert_eq!(pass(&mut new, &[5.0; 4]), [3.0, 4.0, 5.0, 5.0]);
    }
}
