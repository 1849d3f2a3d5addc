//! A value that one callback at a time may use.
#![allow(unsafe_code)]

use std::{
    cell::UnsafeCell,
    sync::atomic::{
        AtomicBool,
        Ordering::{Acquire, Release},
    },
};

/// Something that one callback at a time may touch. Nobody waits: a caller that finds it in use does without.
pub struct Exclusive<T> {
    in_use: AtomicBool,
    value: UnsafeCell<T>,
}

// SAFETY: the value is touched by one thread at a time, and by any; what one has done, the next one sees.
unsafe impl<T: Send> Sync for Exclusive<T> {}

/// Gives an [`Exclusive`] back, also after a panic.
struct Lease<'a>(&'a AtomicBool);

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        self.0.store(false, Release);
    }
}

impl<T> Exclusive<T> {
    /// Holds a value.
    pub fn new(value: T) -> Self {
        Self { in_use: AtomicBool::new(false), value: UnsafeCell::new(value) }
    }

    /// Uses the value, unless somebody else does at the moment.
    pub fn try_with<R>(&self, work: impl FnOnce(&mut T) -> R) -> Option<R> {
        if self.in_use.swap(true, Acquire) {
            return None;
        }
        let _lease = Lease(&self.in_use);
        // SAFETY: the mark was ours to take, and nobody else touches the value while it stands.
        Some(work(unsafe { &mut *self.value.get() }))
    }
}
