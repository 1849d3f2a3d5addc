//! How much memory the process holds.
//!
//! Thread: any but audio.

/// Resident memory of the whole process in MB, where the system reports it in a simple way (Linux, Windows).
#[cfg(not(windows))]
pub fn resident_mb() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    text.lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|kb| kb.parse::<f64>().ok())
        .map(|kb| kb / 1024.0)
}

/// Resident memory of the whole process in MB: its working set.
#[cfg(windows)]
#[allow(unsafe_code)] // Asks the system.
pub fn resident_mb() -> Option<f64> {
    use windows_sys::Win32::System::{
        ProcessStatus::{GetProcessMemoryInfo, PROCESS_MEMORY_COUNTERS},
        Threading::GetCurrentProcess,
    };
    let bytes = size_of::<PROCESS_MEMORY_COUNTERS>() as u32;
    let mut counters = PROCESS_MEMORY_COUNTERS { cb: bytes, ..Default::default() };
    // SAFETY: a handle that stands for this process, and a place of the size that is named.
    let answer = unsafe { GetProcessMemoryInfo(GetCurrentProcess(), &raw mut counters, bytes) };
    (answer != 0).then(|| counters.WorkingSetSize as f64 / f64::from(1 << 20))
}

#[cfg(all(test, any(target_os = "linux", windows)))]
mod tests {
    use super::*;

    #[test]
    fn memory_that_is_written_to_is_counted() {
        let before = resident_mb().expect("the system tells");
        let written = std::hint::black_box(vec![1u8; 64 << 20]);
        let after = resident_mb().expect("the system tells");
        assert!(before > 0.5 && after > before + 48.0, "{before} {after} {}", written.len());
    }
}
