//! A box with sound, and who may touch which part of it.

use nn_core::{message::Atom, object::NnObject, port::AudioPort};

use crate::{channels::Layout, exclusive::Exclusive, ffi, max_box, references::References};

/// Such a box in Max's memory.
pub type Instance = max_box::Instance<Sound>;

/// What only boxes with sound have. Shared by the threads that Max calls from.
pub struct Sound {
    /// For the audio callback.
    pub audio: Exclusive<AudioPort>,
    /// The buffers that attributes follow.
    pub references: References,
}

/// The main thread's part of a box with sound.
pub struct Main {
    /// The box itself.
    pub object: NnObject,
    /// The information outlet.
    pub information: *mut ffi::Outlet,
    /// Channels of the signals at the inlets, as last announced.
    pub inlet_channels: Vec<usize>,
    /// Where the channels lie, of every DSP chain so far: an old chain may still run while the next one is built.
    #[expect(clippy::vec_box, reason = "the audio callback has their addresses")]
    pub layouts: Vec<Box<Layout>>,
    /// Its attributes as Max has been told of them; none while the box is being made.
    pub shown: Option<Vec<Atom>>,
}
