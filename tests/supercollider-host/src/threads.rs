//! Threads and their scheduling.

use std::{fs, thread::ThreadId};

/// How a thread is scheduled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Its name, as the system knows it (15 bytes).
    pub name: String,
    /// The rank in the class of real time; none for an ordinary thread.
    pub real_time: Option<i32>,
}

/// This thread.
pub fn this() -> ThreadId {
    std::thread::current().id()
}

/// Puts this thread into the class of real time; false where the system does not allow it.
pub fn become_fifo(rank: i32) -> bool {
    let wanted = libc::sched_param { sched_priority: rank };
    // SAFETY: a plain call for this thread.
    unsafe { libc::pthread_setschedparam(libc::pthread_self(), libc::SCHED_FIFO, &raw const wanted) == 0 }
}

/// Whether the system allows that.
pub fn may_be_fifo() -> bool {
    std::thread::spawn(|| become_fifo(2)).join().unwrap_or(false)
}

/// All threads of this process.
pub fn policies() -> Vec<Policy> {
    let tasks = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let policy = |task: fs::DirEntry| {
        let number: i32 = task.file_name().to_str()?.parse().ok()?;
        let name = fs::read_to_string(task.path().join("comm")).ok()?.trim_end().to_owned();
        let mut rank = libc::sched_param { sched_priority: 0 };
        // SAFETY: plain calls; one writes a number that is there.
        let class = unsafe {
            if libc::sched_getparam(number, &raw mut rank) != 0 {
                return None;
            }
            libc::sched_getscheduler(number)
        };
        let is_real_time = matches!(class & !libc::SCHED_RESET_ON_FORK, libc::SCHED_FIFO | libc::SCHED_RR);
        Some(Policy { name, real_time: is_real_time.then_some(rank.sched_priority) })
    };
    tasks.filter_map(policy).collect()
}

/// Processor time of this thread so far.
pub fn processor_time() -> std::time::Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: writes to a place that is there.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    std::time::Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec as u32)
}
