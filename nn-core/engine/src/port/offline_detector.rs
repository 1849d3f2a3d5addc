//! Detects whether the host plays in real time or renders faster.
//!
//! Only a host that renders offline may be made to wait for the model. In real time, sample time cannot run ahead of
//! the clock by more than what the host buffers for its device; offline it runs ahead without bound. So the host
//! renders offline as soon as sample time, counted from an anchor, is ahead of the clock by more than any device
//! buffer ([`AHEAD_S`]). The anchor moves every [`WINDOW_S`], against drift between the device's clock and the
//! system's; time spent waiting for the model does not count. A real-time host that was delayed may catch up as fast
//! as it can: the time that it is behind is allowed for.

use std::time::{Duration, Instant};

/// Sample time may be this far ahead of the clock in real time (device buffers and bursts), in seconds.
pub const AHEAD_S: f64 = 0.06;
/// How often the anchor moves, in seconds of clock time.
pub const WINDOW_S: f64 = 0.5;
/// In a whole window, an offline host makes more sample time than clock time by this factor.
const FASTER: f64 = 1.25;
/// The time that a host is behind shrinks by this factor in every window in which it does not catch up: most never
/// do.
const FORGET: f64 = 0.5;
/// No host catches up more than this, in seconds.
const BEHIND_S: f64 = 10.0;

/// Observes the blocks of one stream. Audio thread; no allocation, no system call.
#[derive(Debug)]
pub struct OfflineDetector {
    anchor: Option<Instant>,
    frames: u64,
    waited_s: f64,
    /// How far sample time was behind the clock at the anchor, in seconds.
    behind_s: f64,
    sample_rate_hz: f64,
    offline: bool,
}

impl OfflineDetector {
    /// Assumes real time at first.
    ///
    /// Thread: audio.
    pub fn new(sample_rate_hz: f64) -> Self {
        Self { anchor: None, frames: 0, waited_s: 0.0, behind_s: 0.0, sample_rate_hz, offline: false }
    }

    /// Counts one block of `frames` samples at `now`. True if the host renders offline.
    ///
    /// Thread: audio.
    pub fn observe(&mut self, now: Instant, frames: usize) -> bool {
        let anchor = *self.anchor.get_or_insert(now);
        self.frames += frames as u64;
        let clock_s = (now.saturating_duration_since(anchor).as_secs_f64() - self.waited_s).max(0.0);
        let sample_s = self.frames as f64 / self.sample_rate_hz;
        if sample_s - clock_s > AHEAD_S + self.behind_s {
            self.offline = true;
        }
        let window_s = if self.offline { sample_s } else { clock_s };
        if window_s >= WINDOW_S {
            self.offline = sample_s > clock_s * FASTER + AHEAD_S * 0.5 + self.behind_s;
            let lost_s = clock_s - sample_s;
            let before_s = if lost_s < 0.0 { self.behind_s } else { self.behind_s * FORGET };
            self.behind_s = if self.offline { 0.0 } else { (before_s + lost_s).clamp(0.0, BEHIND_S) };
            self.anchor = Some(now);
            self.frames = 0;
            self.waited_s = 0.0;
        }
        self.offline
    }

    /// The callback spent this long waiting for the model.
    ///
    /// Thread: audio.
    pub fn waited(&mut self, time: Duration) {
        self.waited_s += time.as_secs_f64();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE_HZ: f64 = 44_100.0;

    /// Runs `blocks` blocks of `frames` samples; `gap` says how much clock time passes before block `i`.
    fn drive(
        detector: &mut OfflineDetector,
        now: &mut Instant,
        blocks: usize,
        frames: usize,
        gap: impl Fn(usize) -> f64,
    ) -> usize {
        (0..blocks)
            .filter(|&i| {
                *now += Duration::from_secs_f64(gap(i));
                detector.observe(*now, frames)
            })
            .count()
    }

    #[test]
    fn real_time_hosts_never_look_offline_whatever_their_bursts() {
        for (frames, burst) in [(64, 1), (64, 16), (64, 39), (512, 4), (1024, 2), (2048, 1)] {
            let mut detector = OfflineDetector::new(RATE_HZ);
            let mut now = Instant::now();
            let period_s = (frames * burst) as f64 / RATE_HZ;
            let blocks = (120.0 * RATE_HZ) as usize / frames;
            let offline =
                drive(
                    &mut detector,
                    &mut now,
                    blocks,
                    frames,
                    |i| if i % burst == 0 { period_s } else { 2e-6 },
                );
            assert_eq!(offline, 0, "block {frames}, burst {burst}");
        }
    }

    #[test]
    fn a_bounce_is_recognised_within_the_tolerance_and_for_good() {
        for speed in [1.6, 3.0, 10.0, 300.0] {
            let mut detector = OfflineDetector::new(RATE_HZ);
            let mut now = Instant::now();
            let block_s = 64.0 / RATE_HZ / speed;
            let blocks = (60.0 * RATE_HZ) as usize / 64;
            let offline = drive(&mut detector, &mut now, blocks, 64, |_| block_s);
            let missed_s = (blocks - offline) as f64 * 64.0 / RATE_HZ;
            assert!(missed_s < AHEAD_S / (1.0 - 1.0 / speed) + 0.01, "speed {speed}: {missed_s} s");
        }
    }

    #[test]
    fn catching_up_after_a_stall_is_not_rendering_offline() {
        for stall_s in [0.2, 0.5, 1.0, 3.0] {
            // As fast as possible, or with a patch that leaves little room.
            for catching_up_s in [1e-5, 64.0 / RATE_HZ * 0.6] {
                let mut detector = OfflineDetector::new(RATE_HZ);
                let mut now = Instant::now();
                let block_s = 64.0 / RATE_HZ;
                for _ in 0..5 {
                    let mut offline = drive(&mut detector, &mut now, 3000, 64, |_| block_s);
                    let blocks = (stall_s / (block_s - catching_up_s)) as usize;
                    offline += drive(&mut detector, &mut now, blocks, 64, |i| {
                        if i == 0 { stall_s } else { catching_up_s }
                    });
                    assert_eq!(offline, 0, "a stall of {stall_s} s, then {catching_up_s} s a block");
                }
            }
        }
    }

    #[test]
    fn a_bounce_soon_after_a_stall_is_recognised() {
        let mut detector = OfflineDetector::new(RATE_HZ);
        let mut now = Instant::now();
        drive(&mut detector, &mut now, 1000, 64, |i| if i == 500 { 1.0 } else { 64.0 / RATE_HZ });
        let blocks = (5.0 * RATE_HZ) as usize / 64;
        let offline = drive(&mut detector, &mut now, blocks, 64, |_| 1e-5);
        assert!(offline > blocks * 7 / 10, "{offline} of {blocks}");
    }

    #[test]
    fn a_slow_model_does_not_make_a_bounce_look_like_real_time() {
        let mut detector = OfflineDetector::new(RATE_HZ);
        let mut now = Instant::now();
        drive(&mut detector, &mut now, 500, 64, |_| 1e-5);
        for _ in 0..2000 {
            let wait = Duration::from_millis(20);
            now += wait;
            detector.waited(wait);
            now += Duration::from_micros(10);
            assert!(detector.observe(now, 64));
        }
    }

    #[test]
    fn returning_to_real_time_is_noticed() {
        let mut detector = OfflineDetector::new(RATE_HZ);
        let mut now = Instant::now();
        assert!(drive(&mut detector, &mut now, 5000, 64, |_| 1e-5) > 4900);
        let late = drive(&mut detector, &mut now, 5000, 64, |_| 64.0 / RATE_HZ);
        assert!(late < 1000, "{late}");
    }

    #[test]
    fn a_drifting_device_clock_is_not_an_offline_host() {
        let mut detector = OfflineDetector::new(RATE_HZ);
        let mut now = Instant::now();
        let blocks = (3600.0 * RATE_HZ) as usize / 512;
        assert_eq!(drive(&mut detector, &mut now, blocks, 512, |_| 512.0 / RATE_HZ * 0.999), 0);
    }
}
