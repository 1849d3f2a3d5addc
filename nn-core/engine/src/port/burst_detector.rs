//! Detects how many blocks a host calls for at once.
//!
//! Hosts fill a device buffer of several blocks at once: blocks then come in bursts. What counts is what a host does
//! steadily; a host that was delayed catches up in one burst, once.

use std::time::{Duration, Instant};

/// Bursts are counted over this much clock time.
const WINDOW: Duration = Duration::from_millis(500);
/// A burst must show in so many windows in a row.
const WINDOWS: usize = 4;
/// Longer bursts count as this.
const LONGEST_BLOCKS: usize = 128;

/// Watches the calls of one stream. Audio thread; no allocation, no system call of its own.
#[derive(Debug)]
pub struct BurstDetector {
    last: Option<Instant>,
    window_begun: Option<Instant>,
    /// Blocks in the current burst.
    length: usize,
    /// Blocks of this window, by the length of their burst.
    blocks: [u32; LONGEST_BLOCKS + 1],
    /// The bursts of the last windows, newest last.
    seen: [usize; WINDOWS],
    block_time: Duration,
}

impl BurstDetector {
    /// For blocks of this length.
    ///
    /// Thread: audio.
    pub fn new(block_frames: usize, sample_rate_hz: f64) -> Self {
        Self {
            last: None,
            window_begun: None,
            length: 0,
            blocks: [0; LONGEST_BLOCKS + 1],
            seen: [0; WINDOWS],
            block_time: Duration::from_secs_f64(block_frames as f64 / sample_rate_hz.max(1.0)),
        }
    }

    /// Counts one block at `now`. Returns the burst in blocks at the end of a window.
    ///
    /// Thread: audio.
    pub fn observe(&mut self, now: Instant) -> Option<usize> {
        let gap = now.saturating_duration_since(self.last.replace(now).unwrap_or(now));
        if gap > self.block_time / 2 {
            self.end_burst();
        }
        self.length += 1;
        let begun = *self.window_begun.get_or_insert(now);
        if now.saturating_duration_since(begun) < WINDOW {
            return None;
        }
        self.window_begun = Some(now);
        self.seen.rotate_left(1);
        self.seen[WINDOWS - 1] = self.of_window();
        self.blocks.fill(0);
        Some(self.seen.iter().copied().min().unwrap_or(0))
    }

    /// Starts again: the host does not play in real time, or has restarted its audio.
    ///
    /// Thread: audio.
    pub fn forget(&mut self) {
        (self.last, self.window_begun, self.length) = (None, None, 0);
        self.blocks.fill(0);
        self.seen = [0; WINDOWS];
    }

    fn end_burst(&mut self) {
        let length = self.length.min(LONGEST_BLOCKS);
        self.blocks[length] += length as u32;
        self.length = 0;
    }

    /// The length that nine of ten blocks do not exceed.
    fn of_window(&self) -> usize {
        let all: u32 = self.blocks.iter().sum();
        let mut so_far = 0;
        for (length, &blocks) in self.blocks.iter().enumerate() {
            so_far += blocks;
            if so_far * 10 >= all * 9 {
                return length;
            }
        }
        LONGEST_BLOCKS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE_HZ: f64 = 44_100.0;

    /// The last answer after so many seconds of bursts; `stall` lets the host hang in the middle, then catch up.
    fn burst(block: usize, burst: usize, seconds: f64, stall_s: f64) -> usize {
        let mut watch = BurstDetector::new(block, RATE_HZ);
        let (mut now, mut owed, mut answer) = (Instant::now(), 0.0, 0);
        let period_s = (block * burst) as f64 / RATE_HZ;
        let bursts = (seconds / period_s) as usize;
        for number in 0..bursts {
            let gap_s = if owed > 0.0 { 0.0 } else { period_s - 3e-6 * burst as f64 };
            owed = f64::max(owed - period_s, 0.0);
            if number == bursts / 2 {
                now += Duration::from_secs_f64(stall_s);
                owed = stall_s;
            }
            now += Duration::from_secs_f64(gap_s);
            for _ in 0..burst {
                now += Duration::from_micros(3);
                answer = watch.observe(now).unwrap_or(answer);
            }
        }
        answer
    }

    #[test]
    fn steady_bursts_are_seen_after_some_windows() {
        for (block, length) in [(64, 1), (64, 2), (64, 4), (64, 16), (256, 4), (16, 32), (1024, 1)] {
            assert_eq!(burst(block, length, 4.0, 0.0), length, "block {block}");
            assert_eq!(burst(block, length, 1.0, 0.0), 0, "block {block}: too early to tell");
        }
    }

    #[test]
    fn catching_up_once_is_no_burst() {
        for stall_s in [0.05, 0.2, 1.0] {
            assert!(burst(64, 1, 10.0, stall_s) <= 1, "{stall_s}");
            assert!(burst(64, 16, 10.0, stall_s) <= 16, "{stall_s}");
        }
    }
}
