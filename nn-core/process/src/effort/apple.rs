//! macOS tells of every thread, through its port, what it has used and whether it could go on, and of a process how many
//! of its threads could.
#![allow(unsafe_code)] // Calls of the system.

use std::{ffi::c_int, mem::MaybeUninit, sync::OnceLock};

pub use super::thread_clock::used_by_this_thread;
use super::{look::Look, units};

/// A thread, as the system shows it to others.
#[derive(Debug)]
pub struct Task {
    /// The thread's own port, which is its library's to give back: good for as long as the thread lives.
    port: libc::mach_port_t,
}

impl Task {
    /// The calling thread.
    pub fn of_this_thread() -> Self {
        // SAFETY: plain calls about the calling thread.
        Self { port: unsafe { libc::pthread_mach_thread_np(libc::pthread_self()) } }
    }

    /// A look at it, from any thread, while it lives. Of one that has ended it shows nothing, or another thread.
    pub fn look(&self, progress: u64) -> Look {
        let Some(info) = self.info() else { return Look { progress, ..Look::default() } };
        let time = |time: libc::time_value_t| units::of_seconds(time.seconds, time.microseconds);
        // On a processor, or in line for one.
        let running = i32::from(info.run_state == libc::TH_STATE_RUNNING);
        Look {
            used: Some(time(info.user_time) + time(info.system_time)),
            demand: units::of_running(running),
            progress,
        }
    }

    fn info(&self) -> Option<libc::thread_basic_info> {
        let mut info = MaybeUninit::<libc::thread_basic_info>::uninit();
        let mut count = libc::THREAD_BASIC_INFO_COUNT;
        // SAFETY: a place of as many numbers as `count` says. The watched thread lives between `Effort::begin` and
        // `Effort::end`, so the port is its own; a number that is no thread's port would be answered with an error.
        let answer = unsafe {
            libc::thread_info(
                self.port,
                libc::THREAD_BASIC_INFO as libc::thread_flavor_t,
                info.as_mut_ptr().cast(),
                &raw mut count,
            )
        };
        if answer != libc::KERN_SUCCESS || count != libc::THREAD_BASIC_INFO_COUNT {
            return None;
        }
        // SAFETY: the system has written all of its numbers.
        Some(unsafe { info.assume_init() })
    }
}

/// A process and all its threads. What it has read from a disk counts as progress.
///
/// Thread: any but audio.
pub fn look_at_process(id: u32) -> Look {
    let Ok(id) = c_int::try_from(id) else { return Look::default() };
    let progress = bytes_read(id).unwrap_or(0);
    let Some(info) = task_info(id) else { return Look { progress, ..Look::default() } };
    let (numerator, denominator) = step_of_the_clock();
    let steps = info.pti_total_user.saturating_add(info.pti_total_system);
    Look {
        used: Some(units::of_mach_time(steps, numerator, denominator)),
        demand: units::of_running(info.pti_numrunning),
        progress,
    }
}

fn task_info(id: c_int) -> Option<libc::proc_taskinfo> {
    let mut info = MaybeUninit::<libc::proc_taskinfo>::uninit();
    let size = size_of::<libc::proc_taskinfo>() as c_int;
    // SAFETY: a place of the size that is given.
    let written =
        unsafe { libc::proc_pidinfo(id, libc::PROC_PIDTASKINFO, 0, info.as_mut_ptr().cast(), size) };
    // SAFETY: the system says that it has written all of it.
    (written == size).then(|| unsafe { info.assume_init() })
}

fn bytes_read(id: c_int) -> Option<u64> {
    let mut usage = MaybeUninit::<libc::rusage_info_v2>::uninit();
    // SAFETY: a place for what this flavour writes; the type of the parameter is that of no flavour.
    let answer = unsafe { libc::proc_pid_rusage(id, libc::RUSAGE_INFO_V2, usage.as_mut_ptr().cast()) };
    // SAFETY: the system has written all of it when it says that it succeeded.
    (answer == 0).then(|| unsafe { usage.assume_init() }.ri_diskio_bytesread)
}

/// A step of the clock in ns, as a fraction.
#[allow(deprecated)] // For another crate of declarations only.
fn step_of_the_clock() -> (u32, u32) {
    static STEP: OnceLock<(u32, u32)> = OnceLock::new();
    *STEP.get_or_init(|| {
        let mut step = libc::mach_timebase_info { numer: 0, denom: 0 };
        // SAFETY: writes to a place that is there.
        let answer = unsafe { libc::mach_timebase_info(&raw mut step) };
        if answer == libc::KERN_SUCCESS && step.denom > 0 { (step.numer, step.denom) } else { (1, 1) }
    })
}
