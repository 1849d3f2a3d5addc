//! The state of a large model as its file has it, which only a reset needs: on a disk, where memory for it and for what
//! plays is too much.
#![allow(unsafe_code)] // The edge to the system.

use crate::handle::Handle;

/// Moves it there, where a disk can be had. To be called before there are copies of the model. What turns out not to be
/// written comes back.
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

/// A file without a name, if that folder is on a disk of this machine.
#[cfg(target_os = "linux")]
fn file_in(folder: &std::path::Path) -> Option<std::fs::File> {
    use std::os::fd::AsRawFd;
    let file = tempfile::tempfile_in(folder).ok()?;
    let mut place = std::mem::MaybeUninit::<libc::statfs>::uninit();
    // SAFETY: the descriptor is open, and there is room for what is written.
    let asked = unsafe { libc::fstatfs(file.as_raw_fd(), place.as_mut_ptr()) };
    // SAFETY: it was written, because the call has succeeded.
    let kind = (asked == 0).then(|| unsafe { place.assume_init() }.f_type as u64 & 0xffff_ffff)?;
    ON_DISKS.contains(&kind).then_some(file)
}

/// Ext, XFS, Btrfs, F2FS, ZFS, bcachefs and overlays of them, as their kernels' headers have them: not in memory, and not on
/// another machine, whose failures would show in the middle of a read.
#[cfg(target_os = "linux")]
const ON_DISKS: [u64; 7] =
    [0xef53, 0x5846_5342, 0x9123_683e, 0xf2f5_2010, 0x2fc1_2fc1, 0xca45_1a4e, 0x794c_7630];
