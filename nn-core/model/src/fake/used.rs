//! How many copies of a fake model there are that have run.
//!
//! Thread: any but audio.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering::Relaxed},
};

/// How many copies of a fake model have run, and have not gone yet.
#[derive(Debug, Default)]
pub struct UsedCopies {
    now: AtomicU64,
    most: AtomicU64,
}

impl UsedCopies {
    /// How many there were at most at a time.
    pub fn most(&self) -> u64 {
        self.most.load(Relaxed)
    }
}

/// Counts a copy for as long as it lives.
pub(super) struct Used(Arc<UsedCopies>);

impl Used {
    pub fn new(copies: &Arc<UsedCopies>) -> Self {
        let now = copies.now.fetch_add(1, Relaxed) + 1;
        copies.most.fetch_max(now, Relaxed);
        Self(copies.clone())
    }
}

impl Clone for Used {
    fn clone(&self) -> Self {
        Self::new(&self.0)
    }
}

impl Drop for Used {
    fn drop(&mut self) {
        self.0.now.fetch_sub(1, Relaxed);
    }
}
