//! Which thread runs the model.

use std::{sync::Arc, time::Duration};

use crossbeam_channel::Sender;

use crate::{
    command::{RunnerReport, Stamped},
    context::EngineContext,
    inline::Inline,
    runner::Runner,
    worker::Worker,
};
use nn_process::priority::Rank;

/// A model that is in one call for longer than this, and much longer than is usual for it, hangs: what is asked of the
/// box then goes to a copy with a thread of its own.
pub(super) const HANGS: Duration = Duration::from_secs(2);

/// Who runs the model of a box.
#[derive(Clone, Debug)]
pub(super) enum Engine {
    Worker(Worker),
    Inline(Arc<Inline>),
    /// The system refused a thread.
    None,
}

/// What becomes of an engine.
pub(super) enum Change {
    /// It stays.
    None,
    /// Another one, without a model.
    New(Engine, Sender<Stamped>),
    /// The runner is told to leave its worker for this `Inline`.
    ToCallback(Arc<Inline>),
    /// The runner has been taken out of its `Inline` and given to this worker.
    ToWorker(Worker),
}

impl Engine {
    /// The worker, if it is one.
    pub(super) fn worker(self) -> Option<Worker> {
        match self {
            Self::Worker(worker) => Some(worker),
            _ => None,
        }
    }
}

impl Change {
    /// True when the model goes on where it is.
    pub fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }
}

/// A runner without a model, and what it is asked by.
pub(super) fn new_runner(
    context: &EngineContext,
    replies: &Sender<RunnerReport>,
) -> (Box<Runner>, Sender<Stamped>) {
    let (commands, queue) = crossbeam_channel::unbounded();
    (Box::new(Runner::new(queue, replies.clone(), context)), commands)
}

/// A worker, or a place for the runner in the audio callback.
pub(super) fn start(
    context: &EngineContext,
    rank: Rank,
    runner: Box<Runner>,
    inline: bool,
) -> (Engine, Option<std::io::Error>) {
    if inline {
        return (Engine::Inline(Arc::new(Inline::new(Some(runner)))), None);
    }
    match Worker::start(runner, context.status.clone(), rank) {
        Ok(worker) => (Engine::Worker(worker), None),
        Err(error) => (Engine::None, Some(error)),
    }
}

/// Said when there is no thread to be had.
pub fn thread_refused(what: &std::io::Error) -> String {
    format!("the system refuses a thread ({what}): close other programs and make the box again")
}
