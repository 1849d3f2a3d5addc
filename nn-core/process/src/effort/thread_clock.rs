//! The clock of a thread, which all kinds of Unix have.

use std::time::Duration;

/// The time of a processor that the calling thread has used.
///
/// Thread: any but audio.
#[allow(unsafe_code)] // One call of the C library.
pub fn used_by_this_thread() -> Option<Duration> {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: writes to a place that is there.
    let answer = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    let (seconds, ns) = (u64::try_from(time.tv_sec).ok()?, u32::try_from(time.tv_nsec).ok()?);
    (answer == 0).then(|| Duration::new(seconds, ns))
}
