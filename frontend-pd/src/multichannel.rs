//! Multichannel signals, which Pd has from 0.54 on.
#![allow(unsafe_code)]

use std::{
    ffi::{c_int, c_void},
    sync::OnceLock,
};

use crate::{
    ffi::{MultichannelSignal, Signal},
    instance::Vector,
    optional::look_up,
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
    // SAFETY: the caller guarantees one of Pd's signals.
    Vector { samples: unsafe { (*signal).samples }, channels: usize::try_from(channels).unwrap_or(1) }
}
