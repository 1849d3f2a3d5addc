//! Descriptions of files, remembered for as long as the files look unchanged.

use std::{collections::VecDeque, path::Path};

use parking_lot::Mutex;

use crate::library::Stamp;
use nn_model::spec::ModelSpec;

/// How many files are remembered.
const MOST_FILES: usize = 64;

static KNOWN: Mutex<VecDeque<(Stamp, ModelSpec)>> = Mutex::new(VecDeque::new());

/// The stamp of a file: path, size and times, taken before it is read.
pub fn stamp(path: &Path) -> Option<Stamp> {
    std::fs::metadata(path).ok().and_then(|metadata| Stamp::of(path, &metadata))
}

/// The description of a file with this stamp.
pub fn find(stamp: Option<&Stamp>) -> Option<ModelSpec> {
    let stamp = stamp?;
    KNOWN.lock().iter().find(|(known, _)| known == stamp).map(|(_, spec)| spec.clone())
}

/// Remembers the description of a file that had this stamp before it was read.
pub fn remember(stamp: Option<Stamp>, spec: &ModelSpec) {
    let Some(stamp) = stamp else { return };
    let mut known = KNOWN.lock();
    known.retain(|(other, _)| *other != stamp);
    known.push_back((stamp, spec.clone()));
    if known.len() > MOST_FILES {
        known.pop_front();
    }
}
