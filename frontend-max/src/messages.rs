//! Messages from Max to a box, on any thread.
#![allow(unsafe_code)]

use std::ffi::{c_char, c_long, c_void};

use nn_core::{guard::guarded, message::Atom};

use crate::{
    atoms::{from_max, name},
    deferred::{Deferred, SoundTask},
    ffi,
    instance::Instance,
    max_box::{self, MaxBox, run},
};

/// Any message with a name.
///
/// # Safety
/// To be called by Max with a live box and as many atoms as it says.
pub unsafe extern "C" fn anything<B: MaxBox>(
    instance: *mut max_box::Instance<B>,
    selector: *mut ffi::Symbol,
    count: c_long,
    atoms: *const ffi::Atom,
) {
    // SAFETY: Max's call, passed on.
    guarded((), || unsafe { run(instance, Deferred::Message(name(selector), from_max(count, atoms))) });
}

/// # Safety
/// To be called by Max with a live box.
pub unsafe extern "C" fn bang<B: MaxBox>(instance: *mut max_box::Instance<B>) {
    // SAFETY: Max's call, passed on.
    guarded((), || unsafe { run(instance, Deferred::Message("bang".into(), Vec::new())) });
}

/// # Safety
/// To be called by Max with a live box.
pub unsafe extern "C" fn int(instance: *mut Instance, number: ffi::AtomLong) {
    // SAFETY: Max's call, passed on.
    unsafe { number_in(instance, Atom::Int(number as i64)) };
}

/// # Safety
/// To be called by Max with a live box.
pub unsafe extern "C" fn float(instance: *mut Instance, number: f64) {
    // SAFETY: Max's call, passed on.
    unsafe { number_in(instance, Atom::Float(number)) };
}

/// A number in any inlet.
///
/// # Safety
/// In a call from Max with a live box.
unsafe fn number_in(instance: *mut Instance, number: Atom) {
    guarded((), || {
        // SAFETY: a live box; Max tells the inlet of the message that is being delivered on this thread.
        let inlet = usize::try_from(unsafe { ffi::proxy_getinlet(instance.cast()) }).unwrap_or(0);
        // SAFETY: Max's call, passed on.
        unsafe { run(instance, Deferred::Own(SoundTask::Number(inlet, number))) };
    });
}

/// A double click on the box tells what it is: in a window, otherwise on the console or the outlets.
///
/// # Safety
/// To be called by Max with a live box.
pub unsafe extern "C" fn double_click<B: MaxBox>(instance: *mut max_box::Instance<B>) -> *mut c_void {
    // SAFETY: Max's call, passed on.
    guarded((), || unsafe { run(instance, Deferred::Describe) });
    std::ptr::null_mut()
}

/// The window that a double click has opened is closed.
///
/// # Safety
/// To be called by Max, on its main thread, with a live box.
pub unsafe extern "C" fn window_closed<B: MaxBox>(
    instance: *mut max_box::Instance<B>,
    _text: *mut *mut c_char,
    _size: c_long,
) {
    guarded((), || {
        // SAFETY: a live box.
        if let Some(state) = unsafe { max_box::Instance::state(instance) } {
            state.editor.forget();
        }
    });
}

/// Something has happened to an object that the box knows: a buffer's references have to hear it.
///
/// # Safety
/// To be called by Max with a live box.
pub unsafe extern "C" fn notify(
    instance: *mut Instance,
    about: *mut ffi::Symbol,
    message: *mut ffi::Symbol,
    sender: *mut c_void,
    data: *mut c_void,
) -> ffi::MaxErr {
    guarded(ffi::MAX_ERR_NONE, || {
        // SAFETY: a live box, for the time of this call.
        let Some(state) = (unsafe { Instance::state(instance) }) else { return ffi::MAX_ERR_NONE };
        // SAFETY: Max's call, passed on.
        let result = unsafe { state.own.references.pass_on(about, message, sender, data) };
        // SAFETY: one of Max's symbols.
        if unsafe { state.own.references.note_change(instance.cast(), message) } {
            // Later: the buffer may not be ready to be read in here.
            state.scheduler.wake();
        }
        result
    })
}
