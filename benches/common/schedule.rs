//! Real time: when the next block or buffer is due.

use std::time::{Duration, Instant};

/// The rate of all measurements, in Hz.
pub const RATE_HZ: u32 = 44_100;

/// After a stall of this length the schedule starts anew, as a sound card would lose what it missed.
const STALL: Duration = Duration::from_millis(20);

/// An absolute schedule of steps of equal length.
pub struct Schedule {
    start: Instant,
    step_frames: usize,
    steps: usize,
}

impl Schedule {
    /// The first step is due one step from now.
    pub fn new(step_frames: usize) -> Self {
        Self { start: Instant::now(), step_frames, steps: 0 }
    }

    /// Sleeps until the next step is due.
    pub fn wait(&mut self) {
        self.steps += 1;
        let due_s = (self.steps * self.step_frames) as f64 / f64::from(RATE_HZ);
        let due = self.start + Duration::from_secs_f64(due_s);
        let now = Instant::now();
        if now > due + STALL {
            self.start += now - due;
        }
        std::thread::sleep(due.saturating_duration_since(now));
    }
}
