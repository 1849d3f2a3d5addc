//! A text in a window of its own: Max's text editor, which belongs to the box that opened it. Main thread only.
#![allow(unsafe_code)]

use std::{
    ffi::c_void,
    sync::atomic::{AtomicPtr, Ordering::Relaxed},
};

use nn_core::{frontend::text::c_text, summary::Summary};

use crate::{atoms::symbol, ffi};

/// The window of a box; null while there is none.
#[derive(Default)]
pub struct Editor(AtomicPtr<c_void>);

impl Editor {
    /// Shows a text, in the window that is open already if there is one. False when this Max has no text editor.
    ///
    /// # Safety
    /// `owner` must be a live box whose class binds `edclose`.
    pub unsafe fn show(&self, owner: *mut c_void, summary: &Summary) -> bool {
        let mut editor = self.0.load(Relaxed);
        // SAFETY: a live box, on the main thread (caller); a closed window is forgotten; Max copies the text.
        unsafe {
            if editor.is_null() {
                editor = ffi::object_new(c"jed", owner);
                self.0.store(editor, Relaxed);
            }
            if editor.is_null() {
                return false;
            }
            let (content, encoding) = (c_text(&summary.text), symbol("utf-8"));
            ffi::object_method(editor, c"settext", content.as_ptr().cast_mut().cast(), encoding.cast());
            ffi::object_attr_setsym(editor, symbol("title"), symbol(&summary.title));
            // Nothing in it is worth saving.
            ffi::object_attr_setlong(editor, symbol("scratch"), 1);
            // To the front.
            ffi::object_attr_setlong(editor, symbol("visible"), 1);
        }
        true
    }

    /// The window was closed, which has freed it.
    pub fn forget(&self) {
        self.0.store(std::ptr::null_mut(), Relaxed);
    }

    /// Closes the window. The box must not be called for it any more.
    pub fn free(&self) {
        let editor = self.0.swap(std::ptr::null_mut(), Relaxed);
        if !editor.is_null() {
            // SAFETY: ours, not closed yet, freed once.
            unsafe { ffi::object_free(editor) };
        }
    }
}
