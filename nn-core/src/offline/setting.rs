//! What a box finds around it where there is no host.

use std::sync::Arc;

use crate::object::Environment;
use nn_engine::loader::Loader;
use nn_model::{ModelSource, array::NoArrays};
use nn_process::policy;

/// The buffer of a box that is given none, in samples, as in Pure Data.
const DEFAULT_BUFFER_FRAMES: usize = 4096;

/// Whether anybody waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// The box waits for loads, results and answers: every run gives the same. Like `pd -batch`.
    Offline,
    /// The box waits for nothing: what is late is silence and counted, unless it is sent `wait 1`.
    RealTime,
}

/// An environment without arrays of a host, with workers where the platform allows them. Change what else a test needs.
///
/// Thread: any but audio.
pub fn environment(source: Arc<dyn ModelSource>, pace: Pace) -> Environment {
    Environment {
        source,
        loader: Loader::global(),
        workers: policy::workers_allowed(),
        arrays: &NoArrays,
        default_buffer_frames: DEFAULT_BUFFER_FRAMES,
        buffer_follows_model: false,
        no_multichannel: None,
        messages_wait: true,
        offline: pace == Pace::Offline,
    }
}
