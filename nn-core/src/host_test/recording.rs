//! What was recorded of a box.
//!
//! Thread: any but audio.

/// What went into a box, what came out, and what the box says of it.
#[derive(Clone, Debug, Default)]
pub struct Recording {
    /// The sound, as the host played it.
    pub input: Vec<f32>,
    /// What was heard of each outlet's channels, from the same moment on.
    pub outputs: Vec<Vec<f32>>,
    /// The latency that the box reports, in samples.
    pub latency_frames: usize,
    /// The host's rate in Hz.
    pub sample_rate_hz: f64,
    /// Samples that the box has played since the test began.
    pub played_frames: u64,
    /// Buffers that were run since then.
    pub buffers: u64,
    /// Those that were late, or left out because they were overdue.
    pub late: u64,
    /// Runs that failed, or gave no numbers.
    pub faults: u64,
}

impl Recording {
    /// Samples as ms, for people.
    ///
    /// Thread: any but audio.
    pub fn ms(&self, frames: usize) -> String {
        format!("{:.1} ms", frames as f64 * 1e3 / self.sample_rate_hz.max(1.0))
    }
}

/// How loud a sound is at its loudest.
pub(super) fn peak(sound: &[f32]) -> f32 {
    sound.iter().fold(0.0, |most, sample| sample.abs().max(most))
}
