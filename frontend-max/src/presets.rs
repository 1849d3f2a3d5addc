//! Presets and pattr: store the values that were set on the model.
#![allow(unsafe_code)]

use std::ffi::{c_long, c_void};

use nn_core::guard::guarded;

use crate::{
    atoms::{from_max, give},
    deferred::{Deferred, SoundTask},
    ffi,
    instance::Instance,
    max_box::run,
};

/// Gives what is to be kept.
///
/// # Safety
/// To be called by Max with a live box and places for the answer.
pub unsafe extern "C" fn value_of(
    instance: *mut Instance,
    count: *mut c_long,
    atoms: *mut *mut ffi::Atom,
) -> ffi::MaxErr {
    guarded(ffi::MAX_ERR_GENERIC, || {
        // SAFETY: a live box.
        let preset = unsafe { Instance::state(instance) }
            .map(|state| state.ask(|object| object.preset(), |seen| seen.preset.clone()));
        // SAFETY: Max says where the answer is to go.
        preset.map_or(ffi::MAX_ERR_GENERIC, |preset| unsafe { give(&preset, count, atoms) })
    })
}

/// Takes what was kept.
///
/// # Safety
/// To be called by Max with a live box and as many atoms as it says.
pub unsafe extern "C" fn set_value_of(
    instance: *mut Instance,
    count: c_long,
    atoms: *const ffi::Atom,
) -> *mut c_void {
    // SAFETY: Max's call, passed on.
    guarded((), || unsafe { run(instance, Deferred::Own(SoundTask::Recall(from_max(count, atoms)))) });
    std::ptr::null_mut()
}
