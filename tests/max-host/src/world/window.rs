//! A window of a box.

use super::patched::Patched;

/// A window with text in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Whose it is.
    pub owner: Patched,
    /// Its title.
    pub title: String,
    /// What is in it.
    pub text: String,
    /// How many times it was brought to the front.
    pub shown: usize,
    /// Whether closing it asks nothing.
    pub scratch: bool,
}
