//! What is asked of a runner, and what it answers.

use std::{sync::Arc, time::Duration};

use crate::refusal::Refusal;
use crate::{
    port::{frame::FrameShape, link::WorkerRings},
    resample::Resampling,
};
use nn_model::{AttributeError, LoadError, Model, RunError, value::Value};

/// What the main thread and the loader ask of a runner. `Send`: it moves to the runner's thread, with all that is in it.
#[derive(Debug)]
pub enum Command {
    /// A stream begins anew, through these rings where a worker serves it.
    Begin(Option<WorkerRings>),
    /// Another model, method, device or stream.
    Swap(Box<Swap>),
    /// Frames with another number of examples will come: what then lies between them and the model's own rate. It goes on
    /// where the present one is.
    Reshape(Box<Resampling>),
    /// Set an attribute.
    Set {
        /// Its name.
        attribute: String,
        /// Checked values, one per type.
        values: Arc<[Value]>,
    },
    /// Read an attribute.
    Get {
        /// Its name.
        attribute: String,
    },
    /// The host's rate in Hz.
    SampleRate(u32),
    /// Seed the random numbers of the model, and of every one that comes after it.
    Seed(u64),
    /// Leave the worker thread for where the worker is told to move to.
    Leave,
    /// Say so, with this number, when everything before it is done: frames that were handed over, and commands.
    Fence(u64),
}

/// A command and the frame before which it applies.
#[derive(Debug)]
pub struct Stamped {
    /// Applies before this frame is run.
    pub frame: u64,
    /// What to do.
    pub command: Command,
}

/// What a runner is to run from now on.
pub struct Swap {
    /// The model; `None` keeps the present one with its state.
    pub model: Option<Box<dyn Model>>,
    /// Index into its methods.
    pub method: usize,
    /// Where the present model goes on, if not where it is: a copy that has been warmed up there, in the state that the
    /// file holds.
    pub carrier: Option<Box<dyn Model>>,
    /// Whether the present model computes with the project's own kernels, where that changes.
    pub optimise: Option<bool>,
    /// Whether a new model is given the attributes that were set on the old one.
    pub keep_attributes: bool,
    /// The shape of the model's runs from now on.
    pub shape: FrameShape,
    /// The shape for which the runner's own thread is warmed up, where it has the time: memory and much else of the
    /// model's engine is by thread.
    pub warm_up: Option<FrameShape>,
    /// How the sound goes over; `None` for a cut (where a stream ends too, the port fades).
    pub fade: Option<Fade>,
    /// The rings of a new stream that begins with this.
    pub rings: Option<WorkerRings>,
    /// What lies between the stream and a model that runs at its own rate.
    pub resampling: Option<Box<Resampling>>,
}

/// How the sound of one engine state goes over into that of the next, at a border of frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fade {
    /// Its length in samples.
    pub frames: usize,
    /// How long the new state took in its warm-up.
    pub cost: Duration,
    /// How long both together may take.
    pub budget: Duration,
}

impl std::fmt::Debug for Swap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Swap")
            .field("model", &self.model.is_some())
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

/// A model and the method to run.
pub struct Installed {
    /// The model.
    pub model: Box<dyn Model>,
    /// Index into its methods.
    pub method: usize,
    /// Where the model runs at its own rate.
    pub resampling: Option<Box<Resampling>>,
}

impl std::fmt::Debug for Installed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Installed").field("method", &self.method).finish_non_exhaustive()
    }
}

/// What a runner has no more use for.
pub type Left = (Option<Box<dyn Model>>, Option<Box<Resampling>>);

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The loader, or the main thread itself.
    Loader,
    /// The runner, on whatever thread it is.
    Runner,
}

/// A reply and who gave it, on its way to the main thread (`Send`): of what both say at the same time, it is chance what comes first.
#[derive(Debug)]
pub struct Answer {
    /// Who answers.
    pub origin: Origin,
    /// Number of the last frame that the runner had when it answered, among all that were handed over.
    pub after: u64,
    /// The answer.
    pub reply: Reply,
}

/// A delay in samples at the host's rate, and how it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnDelay {
    /// The delay.
    pub frames: usize,
    /// `noise` or `impulse`.
    pub by: &'static str,
}

/// What comes back to the main thread.
pub enum Reply {
    /// The box has become what was asked for.
    Realised {
        /// True when a model was loaded for it.
        loaded: bool,
    },
    /// A load failed.
    LoadFailed(LoadError),
    /// What was asked for cannot be had.
    Refused(Refusal),
    /// The answer to [`Command::Get`].
    Got {
        /// Its name.
        attribute: String,
        /// Its values.
        values: Result<Vec<Value>, AttributeError>,
    },
    /// A [`Command::Set`] is dealt with (what went wrong was said before), or a [`Command::Get`] found no model.
    Done,
    /// The runner that was asked is given up: what it owes will never come.
    NewEngine,
    /// [`Command::Set`] failed.
    SetFailed(AttributeError),
    /// A run failed (said once until the fault changes).
    Fault(RunError),
    /// A run answered NaN or infinity (said once).
    NonFinite,
    /// What is no longer used, to be dropped where that may take time.
    Replaced(Left),
    /// The model's own delay, where it could be told.
    Measured(Option<OwnDelay>),
    /// Everything before the [`Command::Fence`] of this number is done.
    Passed(u64),
    /// Something worth a line, not an error.
    Note(String),
}

impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Realised { loaded } => f.debug_struct("Realised").field("loaded", loaded).finish(),
            Self::LoadFailed(what) => f.debug_tuple("LoadFailed").field(what).finish(),
            Self::Refused(what) => f.debug_tuple("Refused").field(what).finish(),
            Self::Got { attribute, values } => f.debug_tuple("Got").field(attribute).field(values).finish(),
            Self::Done => f.write_str("Done"),
            Self::NewEngine => f.write_str("NewEngine"),
            Self::SetFailed(what) => f.debug_tuple("SetFailed").field(what).finish(),
            Self::Fault(what) => f.debug_tuple("Fault").field(what).finish(),
            Self::NonFinite => f.write_str("NonFinite"),
            Self::Measured(delay) => f.debug_tuple("Measured").field(delay).finish(),
            Self::Passed(number) => f.debug_tuple("Passed").field(number).finish(),
            Self::Replaced(_) => f.write_str("Replaced"),
            Self::Note(line) => f.debug_tuple("Note").field(line).finish(),
        }
    }
}
