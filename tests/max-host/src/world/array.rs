//! What is known of an atom array.

/// What the host knows of an array besides its atoms.
#[derive(Default)]
pub struct Array {
    pub name: Option<String>,
    pub retained: usize,
    /// One that a test has made, or that a dictionary lends.
    pub of_test: bool,
}
