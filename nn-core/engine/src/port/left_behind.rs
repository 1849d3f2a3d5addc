//! Ports whose box was deleted before the host dropped them: freed when they have come back.

use std::sync::Arc;

use parking_lot::Mutex;

use super::state::Bin;
use crate::loader::Loader;

/// Bins of boxes that are gone. Main and loader threads, for moments; the audio thread never sees it.
static LEFT: Mutex<Vec<Arc<Bin>>> = Mutex::new(Vec::new());

/// Frees a bin and what is in it, or keeps it until nobody can put anything into it any more.
pub(super) fn free_or_keep(mut bin: Arc<Bin>) {
    // The audio thread must never hold the last count, so this one is not given up while there is another.
    if Arc::get_mut(&mut bin).is_none() {
        LEFT.lock().push(bin);
    }
}

/// Has the loader free what has come back meanwhile.
pub(super) fn sweep(loader: &Loader) {
    let mut left = LEFT.lock();
    if left.is_empty() {
        return;
    }
    let back: Vec<_> = left.extract_if(.., |bin| Arc::get_mut(bin).is_some()).collect();
    drop(left);
    if !back.is_empty() {
        loader.submit(move || drop(back));
    }
}
