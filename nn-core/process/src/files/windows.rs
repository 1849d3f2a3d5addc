//! What the system refuses while others have a file open, and which file it is.
#![allow(unsafe_code)] // Asks the system.

use std::{fs::File, io, os::windows::io::AsRawHandle, path::Path};

use windows_sys::Win32::{
    Foundation::{ERROR_ACCESS_DENIED, ERROR_DELETE_PENDING, ERROR_LOCK_VIOLATION, ERROR_SHARING_VIOLATION},
    Storage::FileSystem::{BY_HANDLE_FILE_INFORMATION, GetFileInformationByHandle},
};

/// "Denied" is also said of a file that is open, and of one that is removed and not closed yet.
pub fn is_in_use(error: &io::Error) -> bool {
    let code = error.raw_os_error().and_then(|code| u32::try_from(code).ok());
    matches!(
        code,
        Some(ERROR_ACCESS_DENIED | ERROR_DELETE_PENDING | ERROR_LOCK_VIOLATION | ERROR_SHARING_VIOLATION)
    )
}

/// By the number that the file system knows it by. A removed file that somebody has open has no name, or one that cannot be
/// opened.
pub fn is_at(file: &File, path: &Path) -> bool {
    let named = File::open(path).ok().and_then(|named| number(&named));
    named.is_some() && named == number(file)
}

/// Volume, and file within it.
fn number(file: &File) -> Option<(u32, u32, u32)> {
    let mut info = BY_HANDLE_FILE_INFORMATION::default();
    // SAFETY: an open handle, and a place that is there.
    let answer = unsafe { GetFileInformationByHandle(file.as_raw_handle(), &raw mut info) };
    (answer != 0).then_some((info.dwVolumeSerialNumber, info.nFileIndexHigh, info.nFileIndexLow))
}
