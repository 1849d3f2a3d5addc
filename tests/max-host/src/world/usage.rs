//! The files that a collective is to have.

use std::path::PathBuf;

use crate::abi::Address;

/// A file that a collective is to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Used {
    /// Which one.
    pub path: PathBuf,
    /// Whether a standalone gets it as a file of its own.
    pub as_file: bool,
}

/// An object is being asked for the files that it needs.
pub struct Usage {
    pub list: Address,
    pub files: Vec<Used>,
}
