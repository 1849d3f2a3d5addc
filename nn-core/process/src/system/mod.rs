//! What the system tells of the machine, and of what this process may do on it. Whatever it does not tell is `None`.
//!
//! Thread: any but audio.

#[cfg(target_os = "macos")]
mod apple;
#[cfg(unix)]
mod disk;
#[cfg(target_os = "linux")]
mod linux;
mod memory;
#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
mod unknown;
#[cfg(windows)]
mod windows;

use std::path::{Path, PathBuf};

use crate::{priority, stack};
pub use memory::Memory;

#[cfg(target_os = "macos")]
use apple as this;
#[cfg(target_os = "linux")]
use linux as this;
#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
use unknown as this;
#[cfg(windows)]
use windows as this;

/// Memory of the machine.
pub fn memory() -> Option<Memory> {
    this::memory()
}

/// The system's release, as it calls itself.
pub fn release() -> Option<String> {
    this::release()
}

/// The processor's name.
pub fn processor() -> Option<String> {
    this::processor()
}

/// Bytes that this user may still write where this file or folder is.
pub fn free_disk_bytes(path: &Path) -> Option<u64> {
    this::free_disk_bytes(path)
}

/// The libraries that are loaded in this process.
pub fn loaded_libraries() -> Vec<PathBuf> {
    this::loaded_libraries()
}

/// The highest real-time priority that this user's programs may take, where the system has such a limit (Linux).
pub fn real_time_limit() -> Option<u64> {
    this::real_time_limit()
}

/// The groups of this process by name, where that matters (Linux).
pub fn groups() -> Vec<String> {
    this::groups()
}

/// Whether macOS holds this file back as a download; never on other systems.
pub fn is_quarantined(path: &Path) -> bool {
    this::is_quarantined(path)
}

/// Whether a thread of this process gets a real-time priority as hosts give to audio. Asks with a thread of its own.
pub fn real_time_is_granted() -> bool {
    // On other systems nobody is refused it.
    if !cfg!(target_os = "linux") {
        return true;
    }
    let asker = stack::thread("nn~ priority", stack::WORKER_BYTES).spawn(priority::as_audio_threads_run);
    asker.is_ok_and(|asker| asker.join().unwrap_or(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_is_told_as_far_as_the_system_tells() {
        if !cfg!(any(target_os = "linux", target_os = "macos", windows)) {
            return;
        }
        let memory = memory().expect("memory");
        assert!(memory.bytes > 64 << 20, "{memory:?}");
        assert!(memory.available_bytes.is_none_or(|bytes| bytes <= memory.bytes), "{memory:?}");
        assert!(release().is_some_and(|release| !release.trim().is_empty()));
        assert!(free_disk_bytes(&std::env::temp_dir()).is_some());
        assert_eq!(free_disk_bytes(Path::new("/no such folder")), None);
        assert!(!loaded_libraries().is_empty());
        assert!(!is_quarantined(&std::env::temp_dir()));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_limit_is_told_and_so_is_what_a_thread_gets() {
        let limit = real_time_limit().expect("Linux has one");
        // Whoever has a limit may use it; whoever has none may still have the right.
        assert!(limit < 20 || real_time_is_granted(), "{limit}");
    }
}
