//! What the boxes with sound and `nn.info` share: where models come from, and how their answers are awaited.

use std::sync::{Arc, OnceLock};

use nn_core::{formats::FORMATS, model::ModelSource};

/// How often to look for answers while one is awaited.
pub const POLL_SOON_MS: f64 = 2.0;

/// Where all models come from.
pub fn source() -> Arc<dyn ModelSource> {
    Arc::new(FORMATS)
}

/// True when Pd was started to render as fast as it can. It keeps that to itself, so its command line has to tell.
pub fn renders_batch() -> bool {
    static BATCH: OnceLock<bool> = OnceLock::new();
    *BATCH.get_or_init(|| {
        let mut words = std::env::args_os().filter(|word| word == "-batch" || word == "-nobatch");
        // The last one counts.
        words.next_back().is_some_and(|word| word == "-batch")
    })
}
