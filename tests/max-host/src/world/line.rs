//! A line on the console.

/// A line on the console.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// Something said.
    Post(String),
    /// A warning.
    Warning(String),
    /// An error.
    Error(String),
}
