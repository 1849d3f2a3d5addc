//! Hints that Max shows for inlets and outlets under the mouse.
#![allow(unsafe_code)]

use std::ffi::{c_char, c_long, c_void};

use nn_core::guard::guarded;

use crate::{
    ffi,
    max_box::{Instance, MaxBox},
};

/// Writes what an inlet takes or an outlet gives.
///
/// # Safety
/// To be called by Max, on its main thread, with a live box and room for the answer.
pub unsafe extern "C" fn assist<B: MaxBox>(
    instance: *mut Instance<B>,
    _box: *mut c_void,
    side: c_long,
    index: c_long,
    answer: *mut c_char,
) {
    guarded((), || {
        // SAFETY: a live box.
        let Some(state) = (unsafe { Instance::state(instance) }) else { return };
        let index = usize::try_from(index).unwrap_or(0);
        let hint = B::hint(state, side == ffi::ASSIST_INLET, index);
        // SAFETY: Max offers room for the answer.
        unsafe { write(hint.unwrap_or_default(), answer) };
    });
}

/// Writes an answer.
///
/// # Safety
/// There must be room for [`ffi::ASSIST_ROOM`] bytes.
unsafe fn write(hint: String, answer: *mut c_char) {
    let hint = shortened(hint);
    // SAFETY: the caller guarantees room for [`ffi::ASSIST_ROOM`] bytes, the final zero byte included.
    unsafe {
        std::ptr::copy_nonoverlapping(hint.as_ptr(), answer.cast::<u8>(), hint.len());
        answer.add(hint.len()).write(0);
    }
}

/// No longer than Max takes, cut between characters, without zero bytes.
fn shortened(mut hint: String) -> String {
    hint.retain(|character| character != '\0');
    let end = (0..ffi::ASSIST_ROOM).rev().find(|&end| hint.is_char_boundary(end)).unwrap_or(0);
    hint.truncate(end);
    hint
}
