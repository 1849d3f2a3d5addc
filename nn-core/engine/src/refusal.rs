//! What was refused, and which refusals are of one kind: those of a slider differ in their values alone.

use nn_model::AttributeError;

/// A line for the user about something that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The same for all refusals that differ only in the value.
    pub kind: String,
    /// What was wrong: what to do.
    pub line: String,
}

impl From<String> for Refusal {
    fn from(line: String) -> Self {
        Self { kind: line.clone(), line }
    }
}

impl From<AttributeError> for Refusal {
    fn from(error: AttributeError) -> Self {
        let line = error.to_string();
        Self { kind: error.kind().unwrap_or_else(|| line.clone()), line }
    }
}
