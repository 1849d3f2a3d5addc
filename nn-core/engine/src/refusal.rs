//! Refused requests, by kind: those of a moving slider differ in their values only.

use nn_model::AttributeError;

/// A line for the user about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Equal for all refusals that differ only in the value.
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
