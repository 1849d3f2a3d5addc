//! Exit codes of the tool.

use std::process::ExitCode;

use nn_core::catalog::CatalogError;

/// What the tool's exit code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done; the model is fit.
    Done,
    /// It could not be done; the model is not fit.
    Failed,
    /// The words of the command line make no sense together.
    NotUnderstood,
    /// The network or a server is to blame: later it may go well.
    Later,
    /// There is no such model, source or file.
    NotThere,
    /// A file of that name is there, and is not to be touched.
    InTheWay,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::Failed => 1,
            // As clap has it for words that make no sense alone.
            Outcome::NotUnderstood => 2,
            Outcome::Later => 3,
            Outcome::NotThere => 4,
            Outcome::InTheWay => 5,
        })
    }
}

impl From<&CatalogError> for Outcome {
    fn from(error: &CatalogError) -> Self {
        match error {
            error if error.passes() => Self::Later,
            CatalogError::TooSlow { .. }
            | CatalogError::NotUnderstood { .. }
            | CatalogError::Unfinished { .. }
            | CatalogError::Certificate { .. } => Self::Later,
            // A source that did not answer may have it.
            CatalogError::NoModel { hint, .. } if !hint.is_empty() => Self::Later,
            CatalogError::NoModel { .. }
            | CatalogError::NoSource { .. }
            | CatalogError::NotFound { .. }
            | CatalogError::NoSuchFile { .. } => Self::NotThere,
            CatalogError::Exists { .. } | CatalogError::NotOurs { .. } | CatalogError::Changed { .. } => {
                Self::InTheWay
            }
            _ => Self::Failed,
        }
    }
}
