//! What hosts print and send for a box.

use super::atom::Atom;

/// What a box has to say. Emitted on the host's main thread.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A line on the console.
    Note(String),
    /// An error on the console.
    Error(String),
    /// A message on the information outlet.
    Info {
        /// The message's name.
        selector: String,
        /// Its values.
        atoms: Vec<Atom>,
    },
    /// Outlets carry other numbers of channels than the host was told: it is to build its audio anew.
    Channels,
}
