//! Waking the worker only when its own timer would be too late.
//!
//! A wake-up is a system call in the audio callback, and a slow one when the worker sleeps on another core: 3 to 15
//! us. But buffers come at a steady rate. So the worker sleeps until a little after the next buffer is due and polls;
//! the port wakes it only if that would be too late. Whatever the host's timing, a buffer waits at most
//! [`Wakeup::patience`] longer than with a wake-up, a 64th of the time there is for it; with an irregular host the port
//! wakes the worker. Short buffers always cause a wake-up, and on Windows, whose timers are coarse, all but those of seconds.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::AcqRel, Ordering::Relaxed},
    },
    thread::Thread,
    time::{Duration, Instant},
};

use nn_process::timer;

/// A buffer may wait unseen for this part of the time there is for it.
const PATIENCE_PART: u32 = 64;
/// Timers wake threads late: below this, polling is not worth it.
const LEAST_PATIENCE: Duration = timer::LATENESS.saturating_mul(3).checked_div(2).expect("two is not zero");

/// Shared by a port and the worker that serves it.
#[derive(Debug)]
pub struct Wakeup {
    thread: Thread,
    /// Times are counted from here, in ns.
    epoch: Instant,
    /// When the worker polls next; 0: it must be woken.
    ///
    /// The port reads it and the worker withdraws it by read-modify-write, which have one order: either the port
    /// finds it withdrawn and wakes the worker, or the worker, withdrawing it later, sees the buffer in the ring.
    looks_at_ns: AtomicU64,
    /// From buffer to buffer.
    period: Duration,
    patience: Duration,
}

impl Wakeup {
    /// For the worker that runs in `thread`: a buffer every `period`, each of which must be back after `deadline`.
    ///
    /// Thread: main or loader.
    pub fn new(thread: Thread, period: Duration, deadline: Duration) -> Arc<Self> {
        let patience = Some(period.min(deadline) / PATIENCE_PART).filter(|&time| time >= LEAST_PATIENCE);
        Self::with_patience(thread, period, patience.unwrap_or_default())
    }

    /// The same with a given patience.
    pub(super) fn with_patience(thread: Thread, period: Duration, patience: Duration) -> Arc<Self> {
        Arc::new(Self { thread, epoch: Instant::now(), looks_at_ns: AtomicU64::new(0), period, patience })
    }

    /// How long a buffer may wait before the worker polls; zero if every buffer causes a wake-up.
    ///
    /// Thread: any.
    pub fn patience(&self) -> Duration {
        self.patience
    }

    /// Wakes the worker. Any thread; a system call if it sleeps.
    ///
    /// Thread: any.
    pub fn wake(&self) {
        self.thread.unpark();
    }

    /// Wakes the worker unless it will poll soon. Audio thread, after a buffer was put into the ring at `now`.
    ///
    /// Thread: audio.
    pub fn wake_unless_watched(&self, now: Instant) {
        if !self.is_watched(now) {
            self.wake();
        }
    }

    /// True if the worker is certain to poll the ring once more, and soon.
    fn is_watched(&self, now: Instant) -> bool {
        let looks_at_ns = self.looks_at_ns.fetch_add(0, AcqRel);
        looks_at_ns != 0 && looks_at_ns <= self.since_epoch_ns(now + self.patience)
    }

    /// When to poll for the buffer after one that was handed over at `handed_over`; `None` if it causes a wake-up.
    ///
    /// Thread: worker.
    pub fn next_look(&self, handed_over: Instant) -> Option<Instant> {
        // In the middle of the patience: buffers come a little early or late.
        (!self.patience.is_zero()).then(|| handed_over + self.period + self.patience / 2)
    }

    /// Sleeps until `look` if it lies ahead, or for `nap` at most, or until woken. Worker thread, which polls the
    /// ring afterwards.
    ///
    /// Thread: worker.
    pub fn rest(&self, look: Option<Instant>, nap: Duration) {
        let sleep = look.map(|look| look.saturating_duration_since(Instant::now()));
        match (look, sleep) {
            (Some(look), Some(sleep)) if !sleep.is_zero() => {
                self.looks_at_ns.store(self.since_epoch_ns(look), Relaxed);
                std::thread::park_timeout(sleep.min(nap));
                self.looks_at_ns.swap(0, AcqRel);
            }
            _ => std::thread::park_timeout(nap),
        }
    }

    fn since_epoch_ns(&self, time: Instant) -> u64 {
        time.saturating_duration_since(self.epoch).as_nanos() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of 2048 samples at 44.1 kHz.
    const PERIOD: Duration = Duration::from_micros(46_440);

    fn wakeup() -> Arc<Wakeup> {
        Wakeup::with_patience(std::thread::current(), PERIOD, PERIOD / PATIENCE_PART)
    }

    #[test]
    fn a_worker_without_a_plan_is_rung() {
        assert!(!wakeup().is_watched(Instant::now()));
    }

    #[test]
    fn a_worker_that_looks_within_its_patience_is_not_rung_and_one_that_looks_later_is() {
        let wakeup = wakeup();
        let look = Instant::now() + PERIOD;
        wakeup.looks_at_ns.store(wakeup.since_epoch_ns(look), Relaxed);
        assert!(wakeup.is_watched(look - wakeup.patience()));
        assert!(!wakeup.is_watched(look - wakeup.patience() - Duration::from_micros(1)));
        // The time has passed and is not withdrawn: the worker is about to poll.
        assert!(wakeup.is_watched(look + Duration::from_micros(100)));
    }

    #[test]
    fn a_rest_ends_at_its_time_and_leaves_no_plan() {
        let wakeup = wakeup();
        let begin = Instant::now();
        wakeup.rest(Some(begin + Duration::from_millis(20)), Duration::from_secs(10));
        assert!(begin.elapsed() >= Duration::from_millis(20));
        assert_eq!(wakeup.looks_at_ns.load(Relaxed), 0);
    }

    #[test]
    fn a_worker_whose_timers_are_coarse_is_rung_for_every_buffer() {
        let patience = |period| Wakeup::new(std::thread::current(), period, period).patience();
        assert_eq!(patience(PERIOD).is_zero(), cfg!(windows));
        assert_eq!(patience(PERIOD * 64), PERIOD);
    }

    #[test]
    fn frames_too_short_for_the_clock_are_always_rung_for() {
        for short in [Duration::ZERO, Duration::from_micros(1450)] {
            let wakeup = Wakeup::new(std::thread::current(), PERIOD, short);
            assert!(wakeup.patience().is_zero());
            assert_eq!(wakeup.next_look(Instant::now()), None);
        }
    }
}
