//! What all boxes share: where models come from, and how their answers are awaited.

use std::sync::{Arc, OnceLock};

use nn_core::{engine::loader::Loader, formats::FORMATS, model::ModelSource, object::Environment, policy};

use crate::array::MaxArrays;

/// How often to look for answers while one is awaited.
pub const POLL_SOON_MS: f64 = 2.0;

static SOURCE: OnceLock<Arc<dyn ModelSource>> = OnceLock::new();

/// The buffer of a box without a model.
const DEFAULT_BUFFER_FRAMES: usize = 4096;

/// Has all boxes take their models from elsewhere than files of libtorch. For a program with this library in it, before
/// it makes the first box; false when that was too late.
pub fn use_source(source: Arc<dyn ModelSource>) -> bool {
    SOURCE.set(source).is_ok()
}

/// The one of all boxes.
pub fn source() -> Arc<dyn ModelSource> {
    SOURCE.get_or_init(|| Arc::new(FORMATS)).clone()
}

/// What all audio boxes share.
pub fn environment() -> Environment {
    Environment {
        source: source(),
        loader: Loader::global(),
        workers: policy::workers_allowed(),
        arrays: &MaxArrays,
        default_buffer_frames: DEFAULT_BUFFER_FRAMES,
        // As nn~ 1.6 for Max has it.
        messages_wait: false,
        offline: false,
        buffer_follows_model: true,
        no_multichannel: None,
    }
}
