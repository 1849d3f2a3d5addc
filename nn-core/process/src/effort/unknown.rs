//! A system that reports nothing about its threads: what counts is the clock's time.

use super::look::Look;

#[cfg(unix)]
pub use super::thread_clock::used_by_this_thread;

/// A thread, of which nothing is to be seen.
#[derive(Debug)]
pub struct Task;

impl Task {
    /// The calling thread.
    pub fn of_this_thread() -> Self {
        Self
    }

    /// A look at it, from any thread.
    pub fn look(&self, progress: u64) -> Look {
        Look { progress, ..Look::default() }
    }
}

/// A process, of which nothing is to be seen.
///
/// Thread: any but audio.
pub fn look_at_process(_id: u32) -> Look {
    Look::default()
}

/// Not known.
///
/// Thread: any but audio.
#[cfg(not(unix))]
pub fn used_by_this_thread() -> Option<std::time::Duration> {
    None
}
