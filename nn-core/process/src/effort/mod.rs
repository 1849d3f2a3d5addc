//! How long work has gone on without progress: the time that counts when it is given up.
//!
//! By the clock, a busy machine would be to blame for what is given up. So what counts is the time of a processor that
//! was used, and the time in which nothing was wanted of one (waiting for a disk, say); not the time in which a thread
//! that could go on was kept from it. Getting further (bytes that were read, a stage that is over) begins it anew.
//!
//! Linux and macOS tell of a thread whether it could go on. Windows tells what it has used and how long the machine's
//! processors had nothing to do: as long as one of them has, no thread is kept from one and the clock's time counts; while
//! all are busy, what was used, unless that is nothing for long. Where a system does not tell, it is the clock's time.

mod look;
mod meter;
#[cfg(target_os = "linux")]
#[path = "linux.rs"]
mod platform;
#[cfg(target_os = "macos")]
#[path = "apple.rs"]
mod platform;
#[cfg(windows)]
#[path = "windows.rs"]
mod platform;
#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
#[path = "unknown.rs"]
mod platform;
#[cfg(test)]
mod tests;
#[cfg(unix)]
mod thread_clock;
mod units;

use std::{
    cell::RefCell,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use parking_lot::Mutex;

pub use look::{Demand, Look};
pub use meter::Meter;
use platform::Task;

thread_local! {
    /// Where this thread says that it has got further.
    static PROGRESS: RefCell<Option<Arc<AtomicU64>>> = const { RefCell::new(None) };
}

/// Says that the calling thread has got further, where somebody watches it. Only for what can happen so many times, or
/// something that never ends would never be given up.
///
/// Thread: any but audio.
pub fn note_progress() {
    PROGRESS.with_borrow(|progress| {
        if let Some(progress) = progress {
            progress.fetch_add(1, Relaxed);
        }
    });
}

/// Reads on, where every piece is progress.
pub struct Noted<R> {
    source: R,
    read_bytes: u64,
}

impl<R: std::io::Read> Noted<R> {
    /// From a source.
    ///
    /// Thread: any but audio.
    pub fn new(source: R) -> Self {
        Self { source, read_bytes: 0 }
    }
}

impl<R: std::io::Read> std::io::Read for Noted<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.source.read(into)?;
        let before = self.read_bytes / PIECE_BYTES;
        self.read_bytes += count as u64;
        if self.read_bytes / PIECE_BYTES > before {
            note_progress();
        }
        Ok(count)
    }
}

const PIECE_BYTES: u64 = 1 << 20;

/// The watch over one box's work on the loader's thread.
#[derive(Debug, Default)]
pub struct Effort(Mutex<Option<Watched>>);

/// A thread that is watched.
#[derive(Debug)]
pub struct Watched {
    meter: Meter,
    task: Task,
    progress: Arc<AtomicU64>,
}

impl Effort {
    /// The calling thread begins. It lives until [`Effort::end`], or until another thread begins.
    ///
    /// Thread: loader.
    pub fn begin(&self) {
        let (task, progress) = (Task::of_this_thread(), Arc::<AtomicU64>::default());
        PROGRESS.set(Some(progress.clone()));
        let meter = Meter::new(Instant::now(), task.look(0));
        *self.0.lock() = Some(Watched { meter, task, progress });
    }

    /// Stops watching, for [`Effort::resume`]. To be dropped before the thread ends.
    ///
    /// Thread: any but audio.
    pub fn put_aside(&self) -> Option<Watched> {
        self.0.lock().take()
    }

    /// Watches a thread again that is still at its work.
    ///
    /// Thread: any but audio.
    pub fn resume(&self, watched: Option<Watched>) {
        *self.0.lock() = watched;
    }

    /// The work is done.
    ///
    /// Thread: loader.
    pub fn end(&self) {
        *self.0.lock() = None;
    }

    /// The time that counts; without end while nobody works. Takes a moment, and no memory of ours.
    ///
    /// Thread: any but audio.
    pub fn spent(&self) -> Duration {
        let mut watched = self.0.lock();
        let Some(Watched { meter, task, progress }) = watched.as_mut() else { return Duration::MAX };
        meter.spent(Instant::now(), || task.look(progress.load(Relaxed)))
    }
}

/// The time of a processor that the calling thread has used, on Windows in steps of up to 16 ms; that of the clock where the
/// system does not tell.
///
/// Thread: any but audio.
pub fn used_by_this_thread() -> Duration {
    static BEGIN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    platform::used_by_this_thread().unwrap_or_else(|| BEGIN.get_or_init(Instant::now).elapsed())
}

/// A child process and all its threads. What it has read counts as progress.
///
/// Thread: any but audio.
#[must_use]
pub fn look_at_process(id: u32) -> Look {
    platform::look_at_process(id)
}
