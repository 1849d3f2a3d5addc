//! Windows.
#![allow(unsafe_code)]

use std::{
    ffi::OsString,
    os::windows::ffi::{OsStrExt, OsStringExt},
    path::{Path, PathBuf},
};

use windows_sys::{
    Wdk::System::SystemServices::RtlGetVersion,
    Win32::{
        Storage::FileSystem::GetDiskFreeSpaceExW,
        System::{
            LibraryLoader::GetModuleFileNameW,
            ProcessStatus::EnumProcessModules,
            SystemInformation::{GlobalMemoryStatusEx, MEMORYSTATUSEX, OSVERSIONINFOW},
            Threading::GetCurrentProcess,
        },
    },
};

use super::memory::Memory;

/// More than a host loads.
const MODULES: usize = 4096;
/// The longest path that Windows knows.
const PATH_CHARS: usize = 1 << 15;

pub fn memory() -> Option<Memory> {
    let mut status = MEMORYSTATUSEX { dwLength: size_of::<MEMORYSTATUSEX>() as u32, ..Default::default() };
    // SAFETY: the structure says its own size.
    let done = unsafe { GlobalMemoryStatusEx(&raw mut status) } != 0;
    done.then_some(Memory { bytes: status.ullTotalPhys, available_bytes: Some(status.ullAvailPhys) })
}

pub fn release() -> Option<String> {
    let mut version =
        OSVERSIONINFOW { dwOSVersionInfoSize: size_of::<OSVERSIONINFOW>() as u32, ..Default::default() };
    // SAFETY: the structure says its own size. It fails never.
    unsafe { RtlGetVersion(&raw mut version) };
    let OSVERSIONINFOW { dwMajorVersion: major, dwMinorVersion: minor, dwBuildNumber: build, .. } = version;
    Some(format!("Windows {major}.{minor}.{build}"))
}

pub fn processor() -> Option<String> {
    std::env::var("PROCESSOR_IDENTIFIER").ok().filter(|name| !name.is_empty())
}

pub fn free_disk_bytes(path: &Path) -> Option<u64> {
    let path: Vec<u16> = path.as_os_str().encode_wide().chain([0]).collect();
    let mut free = 0;
    // SAFETY: a zero-terminated path and a place for one of the answers.
    let done = unsafe {
        GetDiskFreeSpaceExW(path.as_ptr(), &raw mut free, std::ptr::null_mut(), std::ptr::null_mut())
    };
    (done != 0).then_some(free)
}

pub fn loaded_libraries() -> Vec<PathBuf> {
    let mut modules = vec![std::ptr::null_mut(); MODULES];
    let mut needed = 0;
    let bytes = size_of_val(&modules[..]) as u32;
    // SAFETY: the list is as long as the call is told.
    let done =
        unsafe { EnumProcessModules(GetCurrentProcess(), modules.as_mut_ptr(), bytes, &raw mut needed) };
    modules.truncate(if done == 0 { 0 } else { needed as usize / size_of_val(&modules[0]) });
    let mut path = vec![0_u16; PATH_CHARS];
    let paths = modules.into_iter().filter_map(|module| {
        // SAFETY: the room is as long as the call is told; a module that is gone meanwhile has no name.
        let length = unsafe { GetModuleFileNameW(module, path.as_mut_ptr(), path.len() as u32) } as usize;
        path.get(..length).filter(|name| !name.is_empty()).map(|name| OsString::from_wide(name).into())
    });
    paths.collect()
}

pub fn real_time_limit() -> Option<u64> {
    None
}

pub fn groups() -> Vec<String> {
    Vec::new()
}

pub fn is_quarantined(_path: &Path) -> bool {
    false
}
