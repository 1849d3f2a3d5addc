//! Collectives and standalones: which files a box needs.
#![allow(unsafe_code)]

use std::{
    ffi::{c_char, c_void},
    path::Path,
};

use nn_core::{frontend::text::c_text, guard::guarded, shown};

use crate::{
    ffi,
    max_box::{Instance, MaxBox},
};

/// Adds a file to what a collective is made of.
///
/// A standalone is asked to have it as a file of its own, because nothing but Max reads what is inside a collective.
///
/// # Safety
/// On Max's main thread, with the list that it passes to `fileusage`.
unsafe fn add(path: &Path, list: *mut c_void) {
    let full = shown::path(path);
    let (mut folder, mut name) = (0, [0 as c_char; ffi::MAX_PATH_CHARS]);
    // SAFETY: on Max's main thread with its list, as the caller guarantees; there is room for any name.
    unsafe {
        if ffi::path_frompathname(c_text(&full).as_ptr(), &raw mut folder, name.as_mut_ptr()) == 0 {
            ffi::fileusage_addfile(list, ffi::FILEUSAGE_AS_FILE, name.as_ptr(), folder);
        }
    }
}

/// A collective is being made: the box's model belongs to it.
///
/// # Safety
/// To be called by Max, on its main thread, with a live box.
pub unsafe extern "C" fn file_usage<B: MaxBox>(instance: *mut Instance<B>, list: *mut c_void) {
    guarded((), || {
        // SAFETY: a live box.
        let path = unsafe { Instance::state(instance) }
            .and_then(|state| state.main.try_with(|main| B::model_path(main)));
        if let Some(path) = path.flatten() {
            // SAFETY: Max's call, passed on.
            unsafe { add(&path, list) };
        }
    });
}
