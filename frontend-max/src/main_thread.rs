//! Which thread this is.
#![allow(unsafe_code)]

use crate::ffi;

/// True on Max's main thread.
pub fn on_main_thread() -> bool {
    // SAFETY: a plain question.
    unsafe { ffi::systhread_ismainthread() != 0 }
}
