//! Whether a box still exists.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::Relaxed},
};

/// Outlives the box whose life it tells of: code that emits for a box keeps a copy, because a receiver may delete the
/// box. Main thread.
#[derive(Clone, Debug, Default)]
pub struct Alive(Arc<AtomicBool>);

impl Alive {
    /// The box is deleted.
    ///
    /// Thread: main.
    pub fn end(&self) {
        self.0.store(true, Relaxed);
    }

    /// True once the box is deleted: nothing of it may be touched any more.
    ///
    /// Thread: main.
    pub fn has_ended(&self) -> bool {
        self.0.load(Relaxed)
    }
}
