//! Version and devices of NVIDIA's driver.
#![allow(unsafe_code)] // Calls functions of a C library.

use std::ffi::{CStr, c_char, c_void};

use libloading::{Library, Symbol};

const NAMES: [&str; 2] =
    if cfg!(windows) { ["nvml.dll", "nvml.dll"] } else { ["libnvidia-ml.so.1", "libnvidia-ml.so"] };

/// Longer than any text that it gives.
const TEXT_BYTES: usize = 256;

type Init = unsafe extern "C" fn() -> i32;
type Text = unsafe extern "C" fn(*mut c_char, u32) -> i32;
type Count = unsafe extern "C" fn(*mut u32) -> i32;
type ByIndex = unsafe extern "C" fn(u32, *mut *mut c_void) -> i32;
type TextOf = unsafe extern "C" fn(*mut c_void, *mut c_char, u32) -> i32;
type MemoryOf = unsafe extern "C" fn(*mut c_void, *mut [u64; 3]) -> i32;

/// Its release and its devices; nothing where there is no such driver.
pub fn asked() -> Option<(String, Vec<String>)> {
    // SAFETY: the driver's own library, whose initialisers do nothing to this process.
    let library = NAMES.into_iter().find_map(|name| unsafe { Library::new(name) }.ok())?;
    let init: Symbol<'_, Init> = function(&library, b"nvmlInit_v2\0")?;
    let version: Symbol<'_, Text> = function(&library, b"nvmlSystemGetDriverVersion\0")?;
    let count: Symbol<'_, Count> = function(&library, b"nvmlDeviceGetCount_v2\0")?;
    let by_index: Symbol<'_, ByIndex> = function(&library, b"nvmlDeviceGetHandleByIndex_v2\0")?;
    let name: Symbol<'_, TextOf> = function(&library, b"nvmlDeviceGetName\0")?;
    let memory: Symbol<'_, MemoryOf> = function(&library, b"nvmlDeviceGetMemoryInfo\0")?;
    // SAFETY: these are the functions' types as NVIDIA documents them, and all places that they write to are there.
    unsafe {
        if init() != 0 {
            return None;
        }
        let version = text(|room, bytes| version(room, bytes))?;
        let mut devices = 0;
        count(&raw mut devices);
        let described = (0..devices).filter_map(|index| {
            let mut device = std::ptr::null_mut();
            if by_index(index, &raw mut device) != 0 {
                return None;
            }
            let mut bytes = [0; 3]; // In all, free, used.
            memory(device, &raw mut bytes);
            let gb = |bytes: u64| bytes as f64 / 1e9;
            let name = text(|room, bytes| name(device, room, bytes))?;
            Some(format!("{name}, {:.1} of {:.1} GB free", gb(bytes[1]), gb(bytes[0])))
        });
        let described = described.collect();
        // Its functions are not called again, but it stays open: drivers do not like to be closed.
        std::mem::forget(library);
        Some((version, described))
    }
}

fn function<'a, T>(library: &'a Library, name: &[u8]) -> Option<Symbol<'a, T>> {
    // SAFETY: every caller names the type that belongs to the name.
    unsafe { library.get(name) }.ok()
}

fn text(write: impl FnOnce(*mut c_char, u32) -> i32) -> Option<String> {
    let mut room = [0 as c_char; TEXT_BYTES];
    // The last byte stays 0.
    if write(room.as_mut_ptr(), TEXT_BYTES as u32 - 1) != 0 {
        return None;
    }
    // SAFETY: it ends with a 0 at the latest at the last byte.
    Some(unsafe { CStr::from_ptr(room.as_ptr()) }.to_string_lossy().into_owned())
}
