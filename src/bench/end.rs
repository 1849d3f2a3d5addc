//! Why a measurement does not go on.

use crate::failure::Failure;

/// Why it does not go on.
#[derive(Debug)]
pub enum End {
    /// It cannot be measured, for this reason.
    Refused(String),
    /// What is wrong with a side has been said; others may go on.
    Said,
    /// A run of a side does not come back, as has been said; nothing else is measured beside it.
    Hangs,
}

impl From<Failure> for End {
    fn from(failure: Failure) -> Self {
        Self::Refused(failure.line)
    }
}
