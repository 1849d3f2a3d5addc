//! Whose turn it is to speak, where what is said may send messages to the box that speaks.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::Relaxed},
};

/// Whether a box is in the middle of what it says. Main thread.
#[derive(Clone, Debug, Default)]
pub struct Speaking(Arc<AtomicBool>);

/// A call that may speak; the outermost one's end is the end of what is said, also after a panic.
#[derive(Debug)]
pub struct Turn {
    nested: bool,
    speaking: Speaking,
}

impl Speaking {
    /// Begins.
    ///
    /// Thread: main.
    pub fn begin(&self) -> Turn {
        Turn { nested: self.0.swap(true, Relaxed), speaking: self.clone() }
    }
}

impl Turn {
    /// True within what the same box says: then only what is answered at once is said, so that answers keep their order.
    ///
    /// Thread: main.
    pub fn is_nested(&self) -> bool {
        self.nested
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.speaking.0.store(self.nested, Relaxed);
    }
}
