//! Order of answers, when receiving one may send messages to the box that sends it.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::Relaxed},
};

/// Whether a box is emitting events. Main thread.
#[derive(Clone, Debug, Default)]
pub struct InTurn(Arc<AtomicBool>);

/// A call that may emit events; emitting ends with the outermost one, also after a panic.
#[derive(Debug)]
pub struct Turn {
    nested: bool,
    speaking: InTurn,
}

impl InTurn {
    /// Begins.
    ///
    /// Thread: main.
    pub fn begin(&self) -> Turn {
        Turn { nested: self.0.swap(true, Relaxed), speaking: self.clone() }
    }
}

impl Turn {
    /// True while the same box emits events: then only immediate answers are sent, so that answers keep their order.
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
