//! What a box finds around it.

use std::sync::Arc;

use nn_engine::loader::Loader;
use nn_model::{ModelSource, array::Arrays};

/// What a box finds around it.
#[derive(Clone)]
pub struct Environment {
    /// Where models come from.
    pub source: Arc<dyn ModelSource>,
    /// Who loads them.
    pub loader: &'static Loader,
    /// Whether worker threads may be used: [`nn_process::policy::workers_allowed`].
    pub workers: bool,
    /// The host's arrays, as values of attributes.
    pub arrays: &'static dyn Arrays,
    /// The buffer when none is given, in samples.
    pub default_buffer_frames: usize,
    /// True when a box with a model and no buffer takes the model's largest ratio instead.
    pub buffer_follows_model: bool,
    /// True where the thread that sends messages is the one that asks for audio: messages then may wait for what they
    /// ask for, while a rendering is to be the same every time.
    pub messages_wait: bool,
    /// True when the host says that it does not play in real time.
    pub offline: bool,
    /// What a user whose host knows no multichannel signals is to do; `None` if it does know them.
    pub no_multichannel: Option<&'static str>,
}

impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Environment").field("workers", &self.workers).finish_non_exhaustive()
    }
}
