//! Real time: when the next burst of ticks is due, and how late bursts were.

use std::time::{Duration, Instant};

/// An absolute schedule, so that lateness does not add up to drift.
pub struct Pacer {
    start: Instant,
    burst_s: f64,
    bursts: u64,
    late: u64,
    worst_late: Duration,
}

impl Pacer {
    /// Bursts of `frames` frames at `samplerate_hz`, the first one now.
    pub fn new(frames: u64, samplerate_hz: u32) -> Self {
        Self {
            start: Instant::now(),
            burst_s: frames as f64 / f64::from(samplerate_hz),
            bursts: 0,
            late: 0,
            worst_late: Duration::ZERO,
        }
    }

    /// Sleeps until the next burst is due; a late host gets no sleep until it has caught up.
    pub fn wait(&self) {
        std::thread::sleep(self.due(self.bursts).saturating_duration_since(Instant::now()));
    }

    /// The burst is done.
    pub fn done(&mut self) {
        self.bursts += 1;
        let late = Instant::now().saturating_duration_since(self.due(self.bursts));
        self.late += u64::from(!late.is_zero());
        self.worst_late = self.worst_late.max(late);
    }

    pub fn figures(&self) -> String {
        format!("bursts={} late={} worst_late_us={}", self.bursts, self.late, self.worst_late.as_micros())
    }

    fn due(&self, burst: u64) -> Instant {
        self.start + Duration::from_secs_f64(burst as f64 * self.burst_s)
    }
}
