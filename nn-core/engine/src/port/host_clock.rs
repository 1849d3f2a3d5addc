//! How a host calls for audio: in real time or faster, one block at a time or several.

use std::{
    sync::atomic::Ordering::Relaxed,
    time::{Duration, Instant},
};

use super::{burst_detector::BurstDetector, offline_detector::OfflineDetector};
use crate::status::{Status, Wait};

/// Observes all blocks of a box. Audio thread; no allocation, no system call of its own.
#[derive(Debug)]
pub(super) struct HostClock {
    format: (usize, u32),
    offline: OfflineDetector,
    burst: BurstDetector,
}

impl Default for HostClock {
    fn default() -> Self {
        Self { format: (0, 0), offline: OfflineDetector::new(1.0), burst: BurstDetector::new(1, 1.0) }
    }
}

impl HostClock {
    /// Counts a block, and decides whether to wait for results.
    ///
    /// Thread: audio.
    pub fn observe(&mut self, block_frames: usize, status: &Status) {
        let rate_hz = status.host_rate_hz.load(Relaxed);
        if rate_hz == 0 {
            return;
        }
        if self.format != (block_frames, rate_hz) {
            self.format = (block_frames, rate_hz);
            self.offline = OfflineDetector::new(f64::from(rate_hz));
            self.burst = BurstDetector::new(block_frames, f64::from(rate_hz));
        }
        let now = Instant::now();
        if status.take_guess_was_wrong() {
            // After a wait in vain the host counts as a real-time one, until its timing shows otherwise again.
            self.offline = OfflineDetector::new(f64::from(rate_hz));
        }
        let faster = self.offline.observe(now, block_frames);
        let waiting = match status.wait() {
            Wait::Never => false,
            Wait::Always => true,
            Wait::Auto => status.offline() || faster,
        };
        status.set_waiting(waiting && !status.gave_up());
        status.set_in_turns(status.repeats() && (status.offline() || faster));
        if waiting {
            self.burst.forget();
        } else if let Some(blocks) = self.burst.observe(now) {
            status.burst_frames.store((blocks * block_frames) as u64, Relaxed);
        }
    }

    /// Audio was off: the host has nothing to catch up.
    ///
    /// Thread: audio.
    pub fn begin_anew(&mut self) {
        self.format = (0, 0);
    }

    /// Subtracts time that was spent waiting here.
    ///
    /// Thread: audio.
    pub fn waited(&mut self, time: Duration) {
        self.offline.waited(time);
    }
}
