//! What a model plays on after its input has ended.

/// How long a model may sound after its input.
const LONGEST_S: f64 = 10.0;
/// So quiet it counts as silent: -80 dBFS.
const SILENT: f32 = 1e-4;
/// For so long.
const SILENT_S: f64 = 0.25;

/// Sound after the end, which is kept if the model falls silent.
#[derive(Debug)]
pub struct Tail {
    /// `[channel][frame]`.
    kept: Vec<Vec<f32>>,
    /// Frames up to the last that is not silent.
    sounding_frames: usize,
    longest_frames: usize,
    silent_frames: usize,
}

impl Tail {
    /// For sound of so many channels.
    pub fn new(channels: usize, sample_rate_hz: u32) -> Self {
        let frames = |seconds: f64| (seconds * f64::from(sample_rate_hz)) as usize;
        Self {
            kept: vec![Vec::new(); channels],
            sounding_frames: 0,
            longest_frames: frames(LONGEST_S),
            silent_frames: frames(SILENT_S),
        }
    }

    /// Keeps frames: a signal for each channel.
    pub fn add(&mut self, channels: &[&[f32]]) {
        let before = self.frames();
        for (kept, channel) in self.kept.iter_mut().zip(channels) {
            kept.extend_from_slice(channel);
            if let Some(last) = channel.iter().rposition(|sample| sample.abs() > SILENT) {
                self.sounding_frames = self.sounding_frames.max(before + last + 1);
            }
        }
    }

    fn frames(&self) -> usize {
        self.kept.first().map_or(0, Vec::len)
    }

    /// Whether no more is needed: it has fallen silent, or does not.
    pub fn is_over(&self) -> bool {
        self.has_ended() || self.frames() >= self.longest_frames
    }

    /// Whether it has fallen silent.
    pub fn has_ended(&self) -> bool {
        self.frames() - self.sounding_frames >= self.silent_frames
    }

    /// The sound up to its end; nothing of a model that never falls silent, because that plays without its input too.
    pub fn sound(&self) -> Vec<&[f32]> {
        let frames = if self.has_ended() { self.sounding_frames } else { 0 };
        self.kept.iter().map(|channel| &channel[..frames]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_falls_silent_is_kept_to_its_last_sound_and_what_does_not_is_dropped() {
        let mut tail = Tail::new(2, 1_000);
        tail.add(&[&[0.5; 100], &[0.0; 100]]);
        tail.add(&[&[0.0; 100], &[0.5, 0.0, 0.0, 0.0].repeat(25)]);
        assert!(!tail.is_over());
        tail.add(&[&[0.0; 250], &[1e-5; 250]]);
        assert!(tail.is_over() && tail.has_ended());
        assert_eq!(tail.sound().iter().map(|channel| channel.len()).collect::<Vec<_>>(), [197, 197]);
        let mut noise = Tail::new(1, 1_000);
        while !noise.is_over() {
            noise.add(&[&[0.1; 500]]);
        }
        assert!(!noise.has_ended() && noise.sound()[0].is_empty());
    }
}
