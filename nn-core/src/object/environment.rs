//! What a box finds around it.

use std::sync::Arc;

use crate::{
    array::{Arrays, NoArrays},
    engine::loader::Loader,
    model::ModelSource,
    policy,
};

/// The buffer of a box that is given none, as in nn~ 1.6.
const DEFAULT_BUFFER_FRAMES: usize = 4096;

/// What a box finds around it.
#[derive(Clone)]
pub struct Environment {
    /// Where models come from.
    pub source: Arc<dyn ModelSource>,
    /// Who loads them.
    pub loader: &'static Loader,
    /// Whether worker threads may be used: [`crate::policy::workers_allowed`].
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

impl Environment {
    /// What a box finds in a host that has nothing special: the process's loader, workers as the platform allows them,
    /// no arrays, real time, multichannel signals. A frontend says what is otherwise in its host.
    pub fn new(source: Arc<dyn ModelSource>) -> Self {
        Self {
            source,
            loader: Loader::global(),
            workers: policy::workers_allowed(),
            arrays: &NoArrays,
            default_buffer_frames: DEFAULT_BUFFER_FRAMES,
            buffer_follows_model: false,
            messages_wait: false,
            offline: false,
            no_multichannel: None,
        }
    }
}

impl std::fmt::Debug for Environment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Environment").field("workers", &self.workers).finish_non_exhaustive()
    }
}
