//! The folder of the running library or program: the external, the tool or a test.
#![allow(unsafe_code)] // Asks the system's loader.

use std::path::{Path, PathBuf};

/// The folder of the module that contains this function; empty where the system does not tell.
pub fn folder() -> PathBuf {
    own_module().and_then(|module| module.parent().map(Path::to_path_buf)).unwrap_or_default()
}

/// The file of the module (library or program) that contains this function.
#[cfg(unix)]
pub fn own_module() -> Option<PathBuf> {
    use std::{ffi::CStr, mem::MaybeUninit, os::unix::ffi::OsStrExt};

    let mut info = MaybeUninit::<libc::Dl_info>::uninit();
    // SAFETY: the address is one of this module's functions; `dladdr` writes `info` or answers 0.
    if unsafe { libc::dladdr(own_module as *const libc::c_void, info.as_mut_ptr()) } == 0 {
        return None;
    }
    // SAFETY: `dladdr` answered something else than 0, so it wrote the whole structure.
    let info = unsafe { info.assume_init() };
    if info.dli_fname.is_null() {
        return None;
    }
    // SAFETY: a NUL-terminated name that lives as long as this module is mapped.
    let name = unsafe { CStr::from_ptr(info.dli_fname) };
    let path = PathBuf::from(std::ffi::OsStr::from_bytes(name.to_bytes()));
    if path.is_absolute() {
        return Some(path);
    }
    let program = std::env::current_exe().ok();
    // For a program this may be the word that started it, relative to a folder that has changed since; a library was opened a
    // moment ago by the host, which searches relative folders too.
    let is_program = program.as_ref().is_some_and(|program| program.file_name() == path.file_name());
    let here = std::path::absolute(&path).ok().filter(|here| !is_program && here.is_file());
    here.or(program)
}

/// The file of the module (library or program) that contains this function.
#[cfg(windows)]
pub fn own_module() -> Option<PathBuf> {
    use std::{ffi::OsString, os::windows::ffi::OsStringExt, ptr};

    type Module = *mut std::ffi::c_void;
    const FROM_ADDRESS: u32 = 0x4;
    const UNCHANGED_REFCOUNT: u32 = 0x2;
    /// The longest path that Windows knows, in UTF-16 units.
    const LONGEST: usize = 32_768;

    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn GetModuleHandleExW(flags: u32, address: *const u16, module: *mut Module) -> i32;
        fn GetModuleFileNameW(module: Module, name: *mut u16, capacity: u32) -> u32;
    }

    let mut module = ptr::null_mut();
    // SAFETY: with FROM_ADDRESS the name is an address, here one of this module's functions.
    let found = unsafe {
        GetModuleHandleExW(FROM_ADDRESS | UNCHANGED_REFCOUNT, own_module as *const u16, &raw mut module)
    };
    if found == 0 {
        return None;
    }
    let mut name = vec![0u16; LONGEST];
    // SAFETY: `name` has room for as many units as it says.
    let length = unsafe { GetModuleFileNameW(module, name.as_mut_ptr(), LONGEST as u32) } as usize;
    (length != 0 && length < LONGEST).then(|| shared(OsString::from_wide(&name[..length])).into())
}

/// A module on a network's share, which wine calls `UNC\server\share` instead of `\\server\share`.
#[cfg(windows)]
fn shared(name: std::ffi::OsString) -> std::ffi::OsString {
    match name.to_str().and_then(|name| name.strip_prefix(r"UNC\")) {
        Some(rest) => format!(r"\\{rest}").into(),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(windows)]
    fn a_module_on_a_share_is_named_from_its_server_on() {
        for (told, path) in [
            (r"UNC\studio\nn~\nn~.dll", r"\\studio\nn~\nn~.dll"),
            (r"\\studio\nn~\nn~.dll", r"\\studio\nn~\nn~.dll"),
            (r"N:\nn~\nn~.dll", r"N:\nn~\nn~.dll"),
        ] {
            assert_eq!(shared(told.into()), path);
        }
    }

    #[test]
    fn a_test_finds_its_own_program() {
        let found = own_module().expect("a module").canonicalize().expect("a file");
        assert_eq!(found, std::env::current_exe().expect("a program").canonicalize().expect("a file"));
    }
}
