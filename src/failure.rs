//! Why something could not be rendered.

use std::path::Path;

use crate::outcome::Outcome;

/// A line for the user, and what the tool ends with.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// For the exit code.
    pub outcome: Outcome,
    /// What was wrong, and what to do.
    pub line: String,
}

impl Failure {
    /// It could not be done.
    pub fn failed(line: impl std::fmt::Display) -> Self {
        Self { outcome: Outcome::Failed, line: line.to_string() }
    }

    /// The words make no sense together.
    pub fn unclear(line: impl std::fmt::Display) -> Self {
        Self { outcome: Outcome::NotUnderstood, line: line.to_string() }
    }

    /// A file is not there.
    pub fn not_there(line: impl std::fmt::Display) -> Self {
        Self { outcome: Outcome::NotThere, line: line.to_string() }
    }

    /// A file is there that is not to be touched.
    pub fn in_the_way(line: impl std::fmt::Display) -> Self {
        Self { outcome: Outcome::InTheWay, line: line.to_string() }
    }
}

/// A line about a file.
pub fn named(input: Option<&Path>, line: &str) -> String {
    input.map_or_else(|| line.to_owned(), |path| format!("{}: {line}", path.display()))
}
