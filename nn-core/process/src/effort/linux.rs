//! Linux reports for every thread, in files, the processor time that it has used and whether it could go on.

use std::{fs::File, os::unix::fs::FileExt, sync::OnceLock, time::Duration};

pub use super::thread_clock::used_by_this_thread;
use super::{
    look::{Demand, Look},
    units,
};

/// A thread, as the system shows it to others.
#[derive(Debug)]
pub struct Task {
    stat: Option<File>,
}

impl Task {
    /// The calling thread.
    pub fn of_this_thread() -> Self {
        Self { stat: File::open("/proc/thread-self/stat").ok() }
    }

    /// A look at it, from any thread.
    pub fn look(&self, progress: u64) -> Look {
        let (used, runnable) = self
            .stat
            .as_ref()
            .and_then(read)
            .map_or((None, false), |(used, runnable)| (Some(used), runnable));
        Look { used, demand: demand(runnable), progress }
    }
}

/// A process and all its threads. What it has read counts as progress.
///
/// Thread: any but audio.
pub fn look_at_process(id: u32) -> Look {
    let used = File::open(format!("/proc/{id}/stat")).ok().and_then(|stat| read(&stat)).map(|(used, _)| used);
    let tasks = std::fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
    let states = tasks.filter_map(|task| read(&File::open(task.path().join("stat")).ok()?));
    let runnable = states.fold(false, |any, (_, runnable)| any | runnable);
    let io = std::fs::read_to_string(format!("/proc/{id}/io")).unwrap_or_default();
    let bytes = io.lines().find_map(|line| line.strip_prefix("rchar: ")?.trim().parse().ok());
    Look { used, demand: demand(runnable), progress: bytes.unwrap_or(0) }
}

fn demand(runnable: bool) -> Demand {
    if runnable { Demand::Processor } else { Demand::Nothing }
}

/// Used time, and whether it could go on, from one of the system's `stat` files. Takes no memory.
fn read(stat: &File) -> Option<(Duration, bool)> {
    let mut line = [0u8; 512];
    let length = stat.read_at(&mut line, 0).ok()?;
    units::of_stat_line(line.get(..length)?, ticks_per_second())
}

#[allow(unsafe_code)] // One call of the C library.
fn ticks_per_second() -> u64 {
    static TICKS: OnceLock<u64> = OnceLock::new();
    // SAFETY: a plain call.
    *TICKS.get_or_init(|| u64::try_from(unsafe { libc::sysconf(libc::_SC_CLK_TCK) }).unwrap_or(100).max(1))
}
