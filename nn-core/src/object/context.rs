//! What a box gets from its host: models, threads, arrays, defaults.

use std::sync::Arc;

use nn_engine::loader::Loader;
use nn_model::{
    ModelSource,
    array::{Arrays, NoArrays},
};
use nn_process::{policy, priority::Rank};

/// The buffer of a box that is given none, as in nn~ 1.6.
const DEFAULT_BUFFER_FRAMES: usize = 4096;

/// What a box gets from its host: models, threads, arrays, defaults.
#[derive(Clone)]
pub struct HostContext {
    /// Where models come from.
    pub source: Arc<dyn ModelSource>,
    /// The thread that loads them.
    pub loader: &'static Loader,
    /// Whether new boxes run their models on worker threads: [`nn_process::policy::workers_allowed`]. The message `worker`
    /// says otherwise.
    pub workers: bool,
    /// The host's arrays, as values of attributes.
    pub arrays: &'static dyn Arrays,
    /// The default buffer, in samples.
    pub default_buffer_frames: usize,
    /// True if a box with a model and without a buffer uses the model's largest ratio instead.
    pub buffer_follows_model: bool,
    /// True if the host sends messages and calls for audio on one thread: then messages may wait for their effect,
    /// where a rendering is to repeat.
    pub messages_wait: bool,
    /// True if the host states that it does not play in real time.
    pub offline: bool,
    /// What to do in a host without multichannel signals, as a line for its user; `None` if the host has them.
    pub no_multichannel: Option<&'static str>,
    /// True if the host's signals sound before boxes are made, as where a box is made for a synth that plays already: then the
    /// first sound of a model fades in, too.
    pub joins_sound: bool,
    /// What boxes are called on the console; `None` for the names of their classes.
    pub name: Option<&'static str>,
    /// The priority for the thread that runs the model, where boxes are made on another thread than the one below which
    /// it is to run; `None` for one below the thread that makes the box.
    pub rank: Option<Rank>,
}

impl HostContext {
    /// The context of a host that has nothing special: the process's loader, workers as the platform allows them,
    /// no arrays, real time, multichannel signals. A frontend says what is otherwise in its host.
    ///
    /// Thread: main.
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
            joins_sound: false,
            name: None,
            rank: None,
        }
    }
}

impl std::fmt::Debug for HostContext {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HostContext").field("workers", &self.workers).finish_non_exhaustive()
    }
}
