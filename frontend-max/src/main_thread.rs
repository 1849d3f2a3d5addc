//! Which thread this is, and what is touched on Max's main thread alone.
#![allow(unsafe_code)]

use crate::{exclusive::Exclusive, ffi};

/// True on Max's main thread.
pub fn on_main_thread() -> bool {
    // SAFETY: a plain question.
    unsafe { ffi::systhread_ismainthread() != 0 }
}

/// Something that is touched on Max's main thread alone, by one callback at a time, and may lie beside what other threads
/// touch. To be made and dropped on the main thread.
pub struct MainThread<T>(Exclusive<T>);

// SAFETY: `try_with`, the only way to the value, does nothing on other threads; boxes are made and freed on the main
// thread.
unsafe impl<T> Send for MainThread<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for MainThread<T> {}

impl<T> MainThread<T> {
    /// Holds a value. Main thread.
    pub fn new(value: T) -> Self {
        Self(Exclusive::new(value))
    }

    /// Uses the value, unless a callback further down does at the moment, or this is another thread.
    pub fn try_with<R>(&self, work: impl FnOnce(&mut T) -> R) -> Option<R> {
        if on_main_thread() { self.0.try_with(work) } else { None }
    }
}
