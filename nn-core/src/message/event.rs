//! What a host prints and sends for a box.

use super::{array_write::ArrayWrite, atom::Atom};

/// Something for the host to print or send. Emit it on the main thread.
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
    /// A number that the host holds for an inlet without a signal counts no more, because the parameter of that inlet was
    /// set. For hosts that make a signal of such a number.
    ReleaseInlet(usize),
    /// A rendered sound is to be written into an array of the host: [`ArrayWrite::perform`].
    WriteArray(ArrayWrite),
    /// The number of channels of the outlets has changed: rebuild the audio.
    Channels,
}
