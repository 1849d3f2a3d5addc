//! What a box receives from any thread.

use nn_core::message::Atom;

use crate::attribute::Attribute;

/// Something to be done on the main thread.
pub enum Errand {
    /// A message.
    Message(String, Vec<Atom>),
    /// An attribute gets a value.
    Set(Attribute, Vec<Atom>),
    /// A preset is recalled.
    Recall(Vec<Atom>),
    /// The box is to be described in a window.
    Describe,
}
