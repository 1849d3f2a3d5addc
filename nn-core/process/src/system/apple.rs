//! macOS.
#![allow(unsafe_code)]

use std::{
    ffi::{CStr, CString, OsStr, c_char, c_void},
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
};

use super::memory::Memory;

pub use super::disk::free_bytes as free_disk_bytes;

/// No name of a processor is longer.
const TEXT_BYTES: usize = 256;

/// How much of it is available is no single number here.
pub fn memory() -> Option<Memory> {
    let mut bytes = 0_u64;
    let mut size = size_of::<u64>();
    // SAFETY: a zero-terminated name, and a place of the size that the call is told.
    let answer = unsafe {
        libc::sysctlbyname(
            c"hw.memsize".as_ptr(),
            (&raw mut bytes).cast::<c_void>(),
            &raw mut size,
            std::ptr::null_mut(),
            0,
        )
    };
    (answer == 0).then_some(Memory { bytes, available_bytes: None })
}

pub fn release() -> Option<String> {
    let text = std::fs::read_to_string("/System/Library/CoreServices/SystemVersion.plist").ok()?;
    let (_, rest) = text.split_once("<key>ProductVersion</key>")?;
    let (_, rest) = rest.split_once("<string>")?;
    Some(format!("macOS {}", rest.split_once("</string>")?.0))
}

pub fn processor() -> Option<String> {
    let mut text = [0_u8; TEXT_BYTES];
    let mut size = text.len();
    // SAFETY: as above.
    let answer = unsafe {
        libc::sysctlbyname(
            c"machdep.cpu.brand_string".as_ptr(),
            text.as_mut_ptr().cast::<c_void>(),
            &raw mut size,
            std::ptr::null_mut(),
            0,
        )
    };
    let text = CStr::from_bytes_until_nul(&text).ok().filter(|_| answer == 0)?;
    Some(text.to_string_lossy().trim().to_owned()).filter(|name| !name.is_empty())
}

pub fn loaded_libraries() -> Vec<PathBuf> {
    unsafe extern "C" {
        fn _dyld_image_count() -> u32;
        fn _dyld_get_image_name(index: u32) -> *const c_char;
    }

    // SAFETY: plain questions; a name stays while its library is loaded, and null is none.
    unsafe {
        let names = (0.._dyld_image_count()).map(|index| _dyld_get_image_name(index));
        let names = names.filter(|name| !name.is_null());
        names.map(|name| PathBuf::from(OsStr::from_bytes(CStr::from_ptr(name).to_bytes()))).collect()
    }
}

pub fn real_time_limit() -> Option<u64> {
    None
}

pub fn groups() -> Vec<String> {
    Vec::new()
}

pub fn is_quarantined(path: &Path) -> bool {
    let Ok(path) = CString::new(path.as_os_str().as_bytes()) else { return false };
    // SAFETY: zero-terminated texts; without a place for the value only its size is told.
    let size = unsafe {
        libc::getxattr(
            path.as_ptr(),
            c"com.apple.quarantine".as_ptr(),
            std::ptr::null_mut(),
            0,
            0,
            libc::XATTR_NOFOLLOW,
        )
    };
    size >= 0
}
