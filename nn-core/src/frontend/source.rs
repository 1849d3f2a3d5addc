//! Where the boxes of this process take their models from.

use std::sync::{Arc, OnceLock};

use crate::formats::FORMATS;
use nn_model::ModelSource;

static SOURCE: OnceLock<Arc<dyn ModelSource>> = OnceLock::new();

/// Sets another source of models for all boxes than the table of formats. For a program with a frontend in it, before
/// it makes the first box; false when that was too late.
///
/// Thread: any but audio.
pub fn use_source(source: Arc<dyn ModelSource>) -> bool {
    SOURCE.set(source).is_ok()
}

/// The source of all boxes.
///
/// Thread: any but audio.
pub fn source() -> Arc<dyn ModelSource> {
    SOURCE.get_or_init(|| Arc::new(FORMATS)).clone()
}
