//! Why a measurement does not go on.

use crate::failure::Failure;

/// Why it does not go on.
#[derive(Debug)]
pub enum End {
    /// It cannot be measured, for this reason.
    Refused(String),
    /// What there is to say has been said.
    Said,
}

impl From<Failure> for End {
    fn from(failure: Failure) -> Self {
        Self::Refused(failure.line)
    }
}
