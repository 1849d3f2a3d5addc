//! Commands to a runner, and replies to the main thread.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use crossbeam_channel::Sender;

use crate::refusal::Refusal;
use crate::{
    port::{buffer::BufferShape, transport::WorkerRings},
    resample::Resampling,
};
use nn_model::{
    AttributeError, LoadError, Model, ModelLocation, RunError, TransportChange, midi::TimedMidi,
    spec::ModelSpec, value::Value,
};

/// A command of the main thread or the loader to a runner.
#[derive(Debug)]
pub enum Command {
    /// A stream starts, through these rings if a worker serves it.
    Begin(Option<WorkerRings>),
    /// Another model, method, device or stream.
    Swap(Box<Swap>),
    /// Buffers with another number of examples will come: their resampler, which continues from the present one.
    Reshape(Box<Resampling>),
    /// The model goes, with its state, and it is silent until another one comes: two of it would take too much memory.
    Release(Release),
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
    /// A message of MIDI, at its place in the buffer in frames of the host.
    Midi(TimedMidi),
    /// Tempo or place of the song, from the next buffer on.
    Transport(TransportChange),
    /// The host's rate in Hz.
    SampleRate(u32),
    /// Seed the random numbers of the model, and of every one that comes after it.
    Seed(u64),
    /// Leave the worker thread for the place that was set on the worker.
    Leave,
    /// Report back with this number when all buffers and commands before it are done.
    Fence(u64),
}

/// How a model goes.
#[derive(Debug)]
pub struct Release {
    /// Where what is left of it is sent.
    pub to: Sender<Left>,
    /// The length of the fade at the end of its last buffer, in samples.
    pub fade_frames: usize,
    /// Until then that buffer is waited for: later audio is off, and it goes at once.
    pub until: Instant,
}

/// A command and the buffer (by number) before which it applies.
#[derive(Debug)]
pub struct Stamped {
    /// Applies before the buffer of this number is run.
    pub sequence: u64,
    /// What to do.
    pub command: Command,
}

/// What a runner runs from now on.
pub struct Swap {
    /// The model; `None` keeps the present one with its state.
    pub model: Option<Box<dyn Model>>,
    /// Index into its methods.
    pub method: usize,
    /// A new place for the present model: a copy that was warmed up there, in the state of the file.
    pub carrier: Option<Box<dyn Model>>,
    /// Which of the method's inputs take signals, and so rise where a new model begins ([`takes_signals`]).
    ///
    /// [`takes_signals`]: crate::fit::input::takes_signals
    pub signals: Vec<bool>,
    /// Whether the present model uses the project's own kernels, if that changes.
    pub optimise: Option<bool>,
    /// Whether a new model gets the attributes that were set on the old one.
    pub keep_attributes: bool,
    /// The shape of the model's runs from now on.
    pub shape: BufferShape,
    /// The shape for which to warm up the runner's own thread, if there is time: memory and much else of libtorch is
    /// per thread.
    pub warm_up: Option<BufferShape>,
    /// The crossfade; `None` for a cut (where a stream ends too, the port fades).
    pub fade: Option<Fade>,
    /// The rings of a new stream that begins with this.
    pub rings: Option<WorkerRings>,
    /// The resampler of a model that runs at its own rate.
    pub resampling: Option<Box<Resampling>>,
}

/// How the sound of one state crossfades into the next, at a border of buffers.
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
    /// The resampler, if the model runs at its own rate.
    pub resampling: Option<Box<Resampling>>,
}

impl std::fmt::Debug for Installed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Installed").field("method", &self.method).finish_non_exhaustive()
    }
}

/// What a runner no longer uses.
pub type Left = (Option<Box<dyn Model>>, Option<Box<Resampling>>);

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The loader, or the main thread itself.
    Loader,
    /// The runner, on whatever thread it is.
    Runner,
}

/// A reply and its sender: the order of replies from both at the same time is chance.
#[derive(Debug)]
pub struct RunnerReport {
    /// Who answers.
    pub origin: Origin,
    /// Number of the runner's last buffer when it replied, among all that were handed over.
    pub after: u64,
    /// The answer.
    pub reply: EngineReport,
}

/// A measured delay in samples at the host's rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModelDelay {
    /// The delay.
    pub frames: usize,
    /// `noise` or `impulse`.
    pub by: &'static str,
}

/// Why a model's own delay is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unmeasured {
    /// Its output does not show when its input came.
    #[error("neither noise nor an impulse comes through this method")]
    Unheard,
    /// It is measured on a copy.
    #[error("this model is too large for a copy beside the one that plays")]
    TooLarge,
    /// It is measured on a copy.
    #[error("this model cannot be copied")]
    NoCopy,
}

/// A load that has come true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// Its number.
    pub load: u64,
    /// Whether attributes that were set before it are set again.
    pub keeps_attributes: bool,
}

/// A model that makes whole sounds.
#[derive(Debug)]
pub struct FoundGenerator {
    /// Where it is.
    pub location: ModelLocation,
    /// What its file says.
    pub spec: Arc<ModelSpec>,
    /// Whether what was set before is set again.
    pub keeps_attributes: bool,
}

/// A reply to the main thread.
pub enum EngineReport {
    /// The box has the requested configuration.
    Reconciled {
        /// The load that came true with it, if one did.
        loaded: Option<Loaded>,
    },
    /// A load failed.
    LoadFailed(LoadError),
    /// What was to be loaded plays nothing: it makes whole sounds. The box has no model.
    Generator(FoundGenerator),
    /// The request cannot be fulfilled.
    Refused(Refusal),
    /// The answer to [`Command::Get`].
    Got {
        /// Its name.
        attribute: String,
        /// Its values.
        values: Result<Vec<Value>, AttributeError>,
    },
    /// Messages of MIDI that the model has answered.
    Midi(Vec<TimedMidi>),
    /// A [`Command::Set`] or [`Command::Midi`] is done (errors were sent before), or a [`Command::Get`] found no model.
    Done,
    /// The runner was given up: its pending replies will never come.
    NewEngine,
    /// [`Command::Set`] failed.
    SetFailed(AttributeError),
    /// A run failed (sent once until the fault changes).
    Fault(RunError),
    /// A run returned NaN or infinity (sent once).
    NonFinite,
    /// Something that is no longer used, to be dropped where that may take time.
    Replaced(Left),
    /// The model's own delay, or why it is unknown.
    Measured(Result<ModelDelay, Unmeasured>),
    /// Everything before the [`Command::Fence`] of this number is done.
    Passed(u64),
    /// Something worth a line, not an error.
    Note(String),
}

impl std::fmt::Debug for EngineReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Reconciled { loaded } => f.debug_struct("Reconciled").field("loaded", loaded).finish(),
            Self::LoadFailed(what) => f.debug_tuple("LoadFailed").field(what).finish(),
            Self::Generator(found) => f.debug_tuple("Generator").field(&found.location).finish(),
            Self::Refused(what) => f.debug_tuple("Refused").field(what).finish(),
            Self::Got { attribute, values } => f.debug_tuple("Got").field(attribute).field(values).finish(),
            Self::Midi(messages) => f.debug_tuple("Midi").field(messages).finish(),
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
