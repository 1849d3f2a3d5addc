//! Calls of a model: how many there were, how long they took, and since when the present one runs.

use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::{Duration, Instant},
};

/// Written by the model's owner (worker or audio thread), read by everybody.
#[derive(Debug)]
pub(crate) struct Runs {
    epoch: Instant,
    /// When the present call began, in ns since `epoch` and at least 1; 0 between calls.
    began_ns: AtomicU64,
    count: AtomicU64,
    compute_ns: AtomicU64,
    worst_ns: AtomicU64,
}

impl Default for Runs {
    fn default() -> Self {
        Self {
            epoch: Instant::now(),
            began_ns: AtomicU64::new(0),
            count: AtomicU64::new(0),
            compute_ns: AtomicU64::new(0),
            worst_ns: AtomicU64::new(0),
        }
    }
}

impl Runs {
    /// A call begins.
    ///
    /// Thread: worker or audio.
    pub fn begin(&self) {
        self.began_ns.store(self.epoch.elapsed().as_nanos() as u64 + 1, Relaxed);
    }

    /// The call has returned.
    ///
    /// Thread: any.
    pub fn end(&self) {
        self.began_ns.store(0, Relaxed);
    }

    /// The call has returned after this time, and counts.
    ///
    /// Thread: worker or audio.
    pub fn count(&self, ns: u64) {
        self.end();
        self.count.fetch_add(1, Relaxed);
        self.compute_ns.fetch_add(ns, Relaxed);
        self.worst_ns.fetch_max(ns, Relaxed);
    }

    /// Buffers that were run.
    ///
    /// Thread: any.
    pub fn buffers(&self) -> u64 {
        self.count.load(Relaxed)
    }

    /// Sum of all times, in ns.
    ///
    /// Thread: any.
    pub fn compute_ns(&self) -> u64 {
        self.compute_ns.load(Relaxed)
    }

    /// The longest time, in ns.
    ///
    /// Thread: any.
    pub fn worst_ns(&self) -> u64 {
        self.worst_ns.load(Relaxed)
    }

    /// For how long the present call has run; zero between calls.
    ///
    /// Thread: any.
    pub fn running_for(&self) -> Duration {
        match self.began_ns.load(Relaxed) {
            0 => Duration::ZERO,
            began_ns => self.epoch.elapsed().saturating_sub(Duration::from_nanos(began_ns)),
        }
    }

    /// Mean time of a call; zero before the first.
    ///
    /// Thread: any.
    pub fn mean(&self) -> Duration {
        Duration::from_nanos(self.compute_ns() / self.buffers().max(1))
    }
}
