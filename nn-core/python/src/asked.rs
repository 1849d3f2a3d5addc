//! The process that a thread has asked last: what it prints is told there.

use std::{
    cell::RefCell,
    sync::{Arc, Weak},
};

use nn_model::Printed;

use crate::process::Python;

thread_local! {
    /// The process that this thread asked last: what it prints is told here.
    static ASKED: RefCell<Weak<Python>> = const { RefCell::new(Weak::new()) };
}

/// Notes that this thread asks that process.
pub(crate) fn note_asked(python: &Arc<Python>) {
    ASKED.with_borrow_mut(|asked| {
        if !std::ptr::eq(asked.as_ptr(), Arc::as_ptr(python)) {
            *asked = Arc::downgrade(python);
        }
    });
}

/// A line that it has printed.
pub(crate) fn take_printed() -> Option<Printed> {
    ASKED.with_borrow(Weak::upgrade)?.take_printed()
}
