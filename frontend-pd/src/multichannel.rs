//! Multichannel signals, which Pd has from 0.54 on.
#![allow(unsafe_code)]

use std::{
    ffi::{CStr, c_int, c_void},
    sync::OnceLock,
};

use crate::{
    ffi::{MultichannelSignal, Signal},
    instance::Vector,
};

/// Gives an outlet's signal its number of channels. To be called for every outlet of a multichannel class.
pub type SetChannels = unsafe extern "C" fn(*mut *mut Signal, c_int);

/// Pd's function for it, if this Pd has multichannel signals.
pub fn set_channels() -> Option<SetChannels> {
    static FOUND: OnceLock<Option<SetChannels>> = OnceLock::new();
    *FOUND.get_or_init(|| {
        let address = look_up(c"signal_setmultiout");
        // SAFETY: Pd's function of this name has had this signature since it exists.
        (!address.is_null()).then(|| unsafe { std::mem::transmute::<*mut c_void, SetChannels>(address) })
    })
}

/// The samples of a signal, with as many channels as this Pd knows of.
///
/// # Safety
/// `signal` must be a signal of the chain that is being built.
pub unsafe fn vector(signal: *const Signal) -> Vector {
    let channels = if set_channels().is_some() {
        // SAFETY: such a Pd's signals have the field.
        unsafe { (*signal.cast::<MultichannelSignal>()).channels }
    } else {
        1
    };
    // SAFETY: the caller's word.
    Vector { samples: unsafe { (*signal).samples }, channels: usize::try_from(channels).unwrap_or(1) }
}

#[cfg(unix)]
fn look_up(name: &CStr) -> *mut c_void {
    // SAFETY: a plain search of what is loaded, for a zero-terminated name.
    unsafe { libc::dlsym(libc::RTLD_DEFAULT, name.as_ptr()) }
}

/// Pd's functions are in pd.dll, or in a host that carries Pd under another name: where `pd_new` comes from.
#[cfg(windows)]
fn look_up(name: &CStr) -> *mut c_void {
    const FROM_ADDRESS: u32 = 4;
    const UNCHANGED_COUNT: u32 = 2;
    #[link(name = "kernel32")]
    unsafe extern "system" {
        fn GetModuleHandleExW(flags: u32, address: *const c_void, module: *mut *mut c_void) -> i32;
        fn GetProcAddress(module: *mut c_void, name: *const std::ffi::c_char) -> *mut c_void;
    }
    let mut module = std::ptr::null_mut();
    let within = crate::ffi::pd_new as *const c_void;
    // SAFETY: the flags say that the second argument is an address within the module.
    let found = unsafe { GetModuleHandleExW(FROM_ADDRESS | UNCHANGED_COUNT, within, &raw mut module) };
    if found == 0 {
        return std::ptr::null_mut();
    }
    // SAFETY: a loaded module and a zero-terminated name.
    unsafe { GetProcAddress(module, name.as_ptr()) }
}
