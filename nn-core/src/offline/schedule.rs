//! Real time: when the next block or buffer is due.

use std::time::{Duration, Instant};

/// After a stall of this length the schedule starts anew, as a sound card would lose what it missed.
const STALL: Duration = Duration::from_millis(20);

/// An absolute schedule of steps of equal length.
#[derive(Debug)]
pub struct Schedule {
    start: Instant,
    step_frames: usize,
    sample_rate_hz: f64,
    steps: usize,
}

impl Schedule {
    /// Steps of so many samples; the first is due one step from now.
    ///
    /// Thread: any but audio.
    pub fn new(step_frames: usize, sample_rate_hz: u32) -> Self {
        Self { start: Instant::now(), step_frames, sample_rate_hz: sample_rate_hz.into(), steps: 0 }
    }

    /// Sleeps until the next step is due.
    ///
    /// Thread: any but audio.
    pub fn wait(&mut self) {
        self.steps += 1;
        let due_s = (self.steps * self.step_frames) as f64 / self.sample_rate_hz;
        let due = self.start + Duration::from_secs_f64(due_s);
        let now = Instant::now();
        if now > due + STALL {
            self.start += now - due;
        }
        std::thread::sleep(due.saturating_duration_since(now));
    }
}
