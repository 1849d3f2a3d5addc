//! Windows tells what threads and processes have used, but not in a simple way whether they could go on: so it is asked how
//! long its processors have had nothing to do.
#![allow(unsafe_code)] // Calls of the system.

use std::{
    os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle},
    time::Duration,
};

use windows_sys::{
    Win32::{
        Foundation::{FILETIME, HANDLE},
        System::Threading::{
            GetCurrentThread, GetCurrentThreadId, GetProcessIoCounters, GetProcessTimes, GetSystemTimes,
            GetThreadTimes, IO_COUNTERS, OpenProcess, OpenThread, PROCESS_QUERY_LIMITED_INFORMATION,
            THREAD_QUERY_LIMITED_INFORMATION,
        },
    },
    core::BOOL,
};

use super::{
    look::{Demand, Look},
    units,
};

/// A thread, as the system shows it to others.
#[derive(Debug)]
pub struct Task {
    thread: Option<OwnedHandle>,
}

impl Task {
    /// The calling thread.
    pub fn of_this_thread() -> Self {
        // SAFETY: plain calls about the calling thread.
        let thread = unsafe { OpenThread(THREAD_QUERY_LIMITED_INFORMATION, 0, GetCurrentThreadId()) };
        Self { thread: owned(thread) }
    }

    /// A look at it, from any thread.
    pub fn look(&self, progress: u64) -> Look {
        let used = self.thread.as_ref().and_then(|thread| used(GetThreadTimes, thread.as_raw_handle()));
        Look { used, demand: demand(), progress }
    }
}

/// A process and all its threads. What it has read counts as progress.
///
/// Thread: any but audio.
pub fn look_at_process(id: u32) -> Look {
    // SAFETY: a plain call.
    let process = owned(unsafe { OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, 0, id) });
    let Some(process) = process else { return Look::default() };
    let mut counters = IO_COUNTERS::default();
    // SAFETY: an open handle, and a place that is there.
    let answer = unsafe { GetProcessIoCounters(process.as_raw_handle(), &raw mut counters) };
    Look {
        used: used(GetProcessTimes, process.as_raw_handle()),
        demand: demand(),
        progress: if answer == 0 { 0 } else { counters.ReadTransferCount },
    }
}

/// The time of a processor that the calling thread has used, in steps of up to 16 ms.
///
/// Thread: any but audio.
pub fn used_by_this_thread() -> Option<Duration> {
    // SAFETY: a plain call; what it returns stands for the calling thread and is not closed.
    used(GetThreadTimes, unsafe { GetCurrentThread() })
}

/// Closes it when it goes.
fn owned(handle: HANDLE) -> Option<OwnedHandle> {
    // SAFETY: a handle that was opened just now, for nobody else; none is null.
    (!handle.is_null()).then(|| unsafe { OwnedHandle::from_raw_handle(handle) })
}

/// [`GetThreadTimes`] or [`GetProcessTimes`].
type Times =
    unsafe extern "system" fn(HANDLE, *mut FILETIME, *mut FILETIME, *mut FILETIME, *mut FILETIME) -> BOOL;

/// What a thread or process has used. A handle that is neither's is answered with `None`.
fn used(times: Times, handle: HANDLE) -> Option<Duration> {
    let [mut began, mut ended, mut kernel, mut user] = [FILETIME::default(); 4];
    // SAFETY: places that are there. The system looks a handle up before it uses it.
    let answer = unsafe { times(handle, &raw mut began, &raw mut ended, &raw mut kernel, &raw mut user) };
    (answer != 0).then(|| duration(kernel) + duration(user))
}

fn demand() -> Demand {
    let mut idle = FILETIME::default();
    // SAFETY: a place that is there, and two that are not wanted.
    let answer = unsafe { GetSystemTimes(&raw mut idle, std::ptr::null_mut(), std::ptr::null_mut()) };
    if answer == 0 { Demand::Nothing } else { Demand::Untold { idle: duration(idle) } }
}

fn duration(time: FILETIME) -> Duration {
    units::of_file_time(time.dwHighDateTime, time.dwLowDateTime)
}
