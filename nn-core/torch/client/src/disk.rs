//! The state of a large model as its file has it, which only a reset needs: on a disk, where memory for it and for what
//! plays is too much.
#![allow(unsafe_code)] // The edge to the system.

use crate::handle::Handle;

/// Moves it there, where a disk can be had. To be called before there are copies of the model.
///
/// Thread: loader.
#[cfg(target_os = "linux")]
pub fn move_what_is_large(handle: &mut Handle) {
    let wanted = handle.disk_bytes().is_ok_and(|count| count > 0);
    let mut files = wanted.then(places).into_iter().flatten().filter_map(|folder| file_in(&folder));
    // Without one it stays in memory.
    let _moved = files.any(|file| handle.move_to_disk(file).is_ok());
}

/// Elsewhere the system does not tell which memory a part of a file takes.
#[cfg(not(target_os = "linux"))]
pub fn move_what_is_large(_handle: &mut Handle) {}

/// Where a file may be that is gone when its last user is.
#[cfg(target_os = "linux")]
fn places() -> Vec<std::path::PathBuf> {
    let variable = |name: &str| std::env::var_os(name).map(std::path::PathBuf::from);
    let cache = variable("XDG_CACHE_HOME").or_else(|| Some(variable("HOME")?.join(".cache")));
    [Some(std::env::temp_dir()), Some("/var/tmp".into()), cache].into_iter().flatten().collect()
}

/// A file without a name, if that folder is on a disk.
#[cfg(target_os = "linux")]
fn file_in(folder: &std::path::Path) -> Option<std::fs::File> {
    use std::os::fd::AsRawFd;
    let file = tempfile::tempfile_in(folder).ok()?;
    let mut place = std::mem::MaybeUninit::<libc::statfs>::uninit();
    // SAFETY: the descriptor is open, and there is room for what is written.
    let asked = unsafe { libc::fstatfs(file.as_raw_fd(), place.as_mut_ptr()) };
    // SAFETY: it was written, because the call has succeeded.
    let kind = (asked == 0).then(|| unsafe { place.assume_init() }.f_type as u64 & 0xffff_ffff)?;
    (!IN_MEMORY.contains(&kind)).then_some(file)
}

/// tmpfs and ramfs, as linux/magic.h has them.
#[cfg(target_os = "linux")]
const IN_MEMORY: [u64; 2] = [0x0102_1994, 0x8584_58f6];
