//! What a box receives from any thread.

use nn_core::message::Atom;

use crate::attribute::Attribute;

/// Something to be done on the main thread. `Own` is what only boxes of this class are asked for.
pub enum Deferred<Own> {
    /// A message.
    Message(String, Vec<Atom>),
    /// The box is to be described in a window.
    Describe,
    /// Something of its class alone.
    Own(Own),
}

/// What only boxes with sound are asked for.
pub enum SoundTask {
    /// An attribute gets a value.
    Set(Attribute, Vec<Atom>),
    /// A number has come into an inlet.
    Number(usize, Atom),
    /// A preset is recalled.
    Recall(Vec<Atom>),
}
