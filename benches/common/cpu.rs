//! Processor time.
#![allow(unsafe_code)] // Asks the system.

/// Processor time of the calling thread in nanoseconds. Time that others take does not count.
#[cfg(unix)]
pub fn thread_ns() -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: writes to a place that is there.
    let answer = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    assert_eq!(answer, 0, "the system tells a thread's processor time");
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

/// Time by the clock in nanoseconds: this system's processor time is not asked for.
#[cfg(not(unix))]
pub fn thread_ns() -> u64 {
    static BEGIN: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    BEGIN.elapsed().as_nanos() as u64
}
