//! How much memory the process holds.
//!
//! Thread: any but audio.

/// Resident memory of the whole process in MB, where the system reports it in a simple way (Linux).
pub fn resident_mb() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    text.lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|kb| kb.parse::<f64>().ok())
        .map(|kb| kb / 1024.0)
}

/// Has the C library give freed memory back to the system, where it would keep it: for what was large. Its other users wait
/// meanwhile.
///
/// Thread: loader.
#[allow(unsafe_code, reason = "the edge to the C library")]
pub fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: takes a number, from any thread.
    unsafe {
        libc::malloc_trim(0);
    }
}
