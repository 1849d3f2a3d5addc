//! Descriptions of files, remembered for as long as the files look unchanged.

use std::collections::VecDeque;

use parking_lot::Mutex;

use nn_model::{Stamp, spec::ModelSpec};

/// How many files are remembered.
const MOST_FILES: usize = 64;

static KNOWN: Mutex<VecDeque<(Stamp, ModelSpec)>> = Mutex::new(VecDeque::new());

/// The description of a file with this stamp.
pub(super) fn find(stamp: Option<&Stamp>) -> Option<ModelSpec> {
    let stamp = stamp?;
    KNOWN.lock().iter().find(|(known, _)| known == stamp).map(|(_, spec)| spec.clone())
}

/// Remembers the description of a file that had this stamp before it was read.
pub(super) fn remember(stamp: Option<Stamp>, spec: &ModelSpec) {
    let Some(stamp) = stamp else { return };
    let mut known = KNOWN.lock();
    known.retain(|(other, _)| *other != stamp);
    known.push_back((stamp, spec.clone()));
    if known.len() > MOST_FILES {
        known.pop_front();
    }
}
