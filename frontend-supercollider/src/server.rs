//! The server that opened the plug-in.
#![allow(unsafe_code)] // Keeps the server's pointer.

use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering::Relaxed};

use crate::ffi::InterfaceTable;

static TABLE: AtomicPtr<InterfaceTable> = AtomicPtr::new(std::ptr::null_mut());
static SUPERNOVA: AtomicBool = AtomicBool::new(false);

/// Keeps what the server gave. Its main thread, once.
pub fn keep(table: *mut InterfaceTable, supernova: bool) {
    SUPERNOVA.store(supernova, Relaxed);
    TABLE.store(table, Relaxed);
}

/// The server's functions; `None` before it gave them.
pub fn table() -> Option<&'static InterfaceTable> {
    // SAFETY: null, or the server's table, which lives as long as the process.
    unsafe { TABLE.load(Relaxed).as_ref() }
}

/// Whether it is supernova; else scsynth.
pub fn is_supernova() -> bool {
    SUPERNOVA.load(Relaxed)
}
