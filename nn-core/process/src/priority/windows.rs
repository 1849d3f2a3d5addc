//! Priorities of threads as Windows tells and sets them.

use windows_sys::Win32::System::Threading::{
    GetCurrentProcess, GetCurrentThread, GetPriorityClass, GetThreadPriority, HIGH_PRIORITY_CLASS,
    REALTIME_PRIORITY_CLASS, SetThreadPriority,
};

/// Whether this process is above ordinary ones.
pub fn is_raised() -> bool {
    // SAFETY: a plain call; the handle stands for this process and is not closed.
    let class = unsafe { GetPriorityClass(GetCurrentProcess()) };
    class == HIGH_PRIORITY_CLASS || class == REALTIME_PRIORITY_CLASS
}

/// That of the calling thread within its process.
pub fn of_this_thread() -> i32 {
    // SAFETY: a plain call; the handle stands for the calling thread and is not closed.
    unsafe { GetThreadPriority(GetCurrentThread()) }
}

/// Gives the calling thread a priority within its process.
pub fn raise(rank: i32) -> Result<(), String> {
    // SAFETY: as above.
    if unsafe { SetThreadPriority(GetCurrentThread(), rank) } != 0 {
        return Ok(());
    }
    Err(std::io::Error::last_os_error().to_string())
}
