//! The box on whose behalf buffers and files are searched for.
#![allow(unsafe_code)]

use std::sync::atomic::{AtomicPtr, Ordering::Relaxed};

use crate::{ffi, main_thread::on_main_thread};

/// The box on whose behalf the main thread is at work: Max wants to know who asks for a buffer.
static ASKING: AtomicPtr<ffi::Object> = AtomicPtr::new(std::ptr::null_mut());

/// Does something on behalf of a box. Main thread.
///
/// # Safety
/// `owner` must be null or a live box with sound (its `Instance`), and live until this is over.
pub unsafe fn on_behalf_of<T>(owner: *mut ffi::Object, work: impl FnOnce() -> T) -> T {
    let before = ASKING.swap(owner, Relaxed);
    let result = work();
    ASKING.store(before, Relaxed);
    result
}

/// The box on whose behalf the main thread is at work, null for none. Main thread.
pub fn asking() -> *mut ffi::Object {
    ASKING.load(Relaxed)
}

/// True while this thread itself looks for buffers on behalf of a box.
pub fn is_asking(owner: *mut ffi::Object) -> bool {
    on_main_thread() && asking() == owner
}
