//! What the engine of a box needs from around it.

use std::sync::Arc;

use crate::layout::BoxKind;
use crate::{loader::Loader, prints::Prints, status::Status};
use nn_model::ModelSource;
use nn_process::priority::Rank;

/// What the engine of a box needs from around it.
#[derive(Clone)]
pub struct EngineContext {
    /// Which box.
    pub kind: BoxKind,
    /// Where models come from.
    pub source: Arc<dyn ModelSource>,
    /// The thread that loads them.
    pub loader: &'static Loader,
    /// Whether messages may wait.
    pub messages_wait: bool,
    /// The box's counters and switches.
    pub status: Arc<Status>,
    /// Prints of its models.
    pub prints: Arc<Prints>,
    /// Whether the host's signals sound before its boxes are made: then the first sound of a model fades in, too.
    pub joins_sound: bool,
    /// The priority of the thread that runs its models; `None` for one below the thread that makes the box.
    pub rank: Option<Rank>,
}
