//! What can go wrong with a model, worded for users.
//!
//! Thread: any but audio.

use crate::{spec::SpecError, value::ValueType};

/// The environment variable that says how long a load may work without progress, in seconds.
pub const LOAD_LIMIT_VARIABLE: &str = "NN_LOAD_LIMIT_S";

/// Why one run of a method produced nothing that can be played.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RunError {
    /// The model raised an error.
    #[error("{method} raised: {what}")]
    Threw {
        /// Name of the method.
        method: String,
        /// The first line of what it said.
        what: String,
    },
    /// The result is not a tensor of numbers.
    #[error(
        "{method} answered a {found} instead of a tensor: this model needs a method that returns one tensor"
    )]
    NotATensor {
        /// Name of the method.
        method: String,
        /// What it answered.
        found: String,
    },
    /// The result has another shape than promised.
    #[error(
        "{method} answered {found} instead of [{batch}, {channels}, {frames}]: the model breaks its own \
         `{promise}`"
    )]
    WrongShape {
        /// Name of the method.
        method: String,
        /// The shape it answered.
        found: String,
        /// Examples asked for.
        batch: usize,
        /// Channels promised.
        channels: usize,
        /// Frames promised.
        frames: usize,
        /// What of the model promises it, by the name that it has there: `forward_params`.
        promise: String,
    },
    /// A script raised: where in its file, and what.
    #[error("{what}")]
    Script {
        /// In one line.
        what: String,
    },
    /// The process that runs the model has ended, or is not there yet.
    #[error("{what}")]
    Ended {
        /// In one line.
        what: String,
    },
    /// That process is not started again by itself.
    #[error("{what}")]
    Abandoned {
        /// In one line, with what to do.
        what: String,
    },
    /// The method panicked inside our own code.
    #[error("{method} stopped on an internal fault: {what}")]
    Panicked {
        /// Name of the method.
        method: String,
        /// What the panic said.
        what: String,
    },
}

/// Why an attribute could not be set or read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AttributeError {
    /// The number of values is wrong.
    #[error("{attribute} takes {} ({} value{}), not {found}{given}: set {attribute} {}", types_text(.types), .types.len(), if .types.len() == 1 { "" } else { "s" }, types_text(.types))]
    Count {
        /// Name of the attribute.
        attribute: String,
        /// What it takes.
        types: Vec<ValueType>,
        /// How many values came.
        found: usize,
        /// The values in brackets, shortened; empty where there are none.
        given: String,
    },
    /// A value has the wrong type.
    #[error("{attribute}: value {position} must be {wanted}, not {found}")]
    Type {
        /// Name of the attribute.
        attribute: String,
        /// Which value, from 1.
        position: usize,
        /// What it takes.
        wanted: &'static str,
        /// What came.
        found: String,
    },
    /// The model's setter refused the value.
    #[error("{attribute}: the model refused {given} (code {code}): it takes {wanted}, {allowed}")]
    Refused {
        /// Name of the attribute.
        attribute: String,
        /// The setter's answer.
        code: i64,
        /// The values, shortened.
        given: String,
        /// What they are to be.
        wanted: String,
        /// Which of those, as far as it is known.
        allowed: String,
    },
    /// The loaded model does not have the attribute, although its file lists it.
    #[error(
        "{attribute}: the loaded model has no such attribute: send get_attributes to see those that it has"
    )]
    Unknown {
        /// Name of the attribute.
        attribute: String,
    },
    /// The model has no setter or getter for it.
    #[error("{attribute}: the model has no {accessor}: it can only be {other}")]
    NoAccessor {
        /// Name of the attribute.
        attribute: String,
        /// `set_A` or `get_A`.
        accessor: String,
        /// "read" or "set".
        other: &'static str,
    },
    /// The setter or getter raised an error.
    #[error("{attribute}: the model raised{}: {what}", if .given.is_empty() { String::new() } else { format!(" on {given}") })]
    Threw {
        /// Name of the attribute.
        attribute: String,
        /// What it was to be set to, shortened; empty where it was read.
        given: String,
        /// The first line of what it said.
        what: String,
    },
    /// The getter returned something that is no value of the declared types.
    #[error("{attribute}: the model answered {found}, which does not fit its declared types")]
    Answer {
        /// Name of the attribute.
        attribute: String,
        /// What it answered.
        found: String,
    },
}

impl AttributeError {
    /// The same, with the values that the model raised on.
    #[must_use]
    pub fn with_given(mut self, values: String) -> Self {
        if let Self::Threw { given, .. } = &mut self {
            *given = values;
        }
        self
    }

    /// Equal for all values that are refused for the same reason; `None` if the error is not about values.
    pub fn kind(&self) -> Option<String> {
        match self {
            Self::Count { attribute, found, .. } => Some(format!("{attribute} count {found}")),
            Self::Type { attribute, position, .. } => Some(format!("{attribute} type {position}")),
            Self::Refused { attribute, code, .. } => Some(format!("{attribute} refused {code}")),
            Self::Threw { attribute, .. } => Some(format!("{attribute} threw")),
            Self::Unknown { .. } | Self::NoAccessor { .. } | Self::Answer { .. } => None,
        }
    }
}

fn types_text(types: &[ValueType]) -> String {
    types.iter().map(|t| t.name()).collect::<Vec<_>>().join(" ")
}

/// Why a model could not be copied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the model cannot be copied: {what}")]
pub struct ForkError {
    /// What the engine below said.
    pub what: String,
}

/// Why there is no model, with where it is: a file's path, or an address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// The file could not be read.
    #[error("{path}: {what}")]
    Read {
        /// Path of the file.
        path: String,
        /// What the system said.
        what: String,
    },
    /// It is not sound, as its format says.
    #[error("{path}: {what}")]
    Unsound {
        /// Path of the file.
        path: String,
        /// What is wrong and what to do.
        what: String,
    },
    /// What computes such models is not there.
    #[error("{runtime} is missing or broken: {what}")]
    NoRuntime {
        /// Its name, as users know it.
        runtime: &'static str,
        /// What the system's loader said, and the cure.
        what: String,
    },
    /// What computes such models does not take it.
    #[error("{path}: {runtime} cannot load it: {what}")]
    Runtime {
        /// Path of the file.
        path: String,
        /// Its name, as users know it.
        runtime: &'static str,
        /// The first line of what it said.
        what: String,
    },
    /// The model loaded but is not usable.
    #[error("{path}: {what}")]
    Spec {
        /// Path of the file.
        path: String,
        /// What is wrong.
        what: SpecError,
    },
    /// The file changed between its description and the load, or its runtime reads it differently.
    #[error("{path}: the loaded model differs from the file's description: {what}")]
    Differs {
        /// Path of the file.
        path: String,
        /// What differs.
        what: String,
    },
    /// The model loaded but cannot be used as requested.
    #[error("{what}")]
    Unusable {
        /// What is wrong and what to do.
        what: String,
    },
    /// The load was given up.
    #[error(
        "{path}: not loaded after {seconds} s without progress: try another model, or give it longer with the environment \
         variable {} (seconds)",
        LOAD_LIMIT_VARIABLE
    )]
    TookTooLong {
        /// Path of the file.
        path: String,
        /// How long it has worked without progress.
        seconds: u64,
    },
    /// Loading stopped on an internal fault.
    #[error("{path}: loading stopped on an internal fault: {what}")]
    Panicked {
        /// Path of the file.
        path: String,
        /// What the panic said.
        what: String,
    },
}
