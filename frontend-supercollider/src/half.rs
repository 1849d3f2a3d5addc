//! The audio half of a UGen: made by the service, played on an audio thread.

use nn_core::port::AudioPort;
use rtrb::Producer;

use crate::wanted::Change;

/// A value that is looked at in every block.
#[derive(Clone, Copy, Debug)]
pub struct Watched {
    /// What was sent last; NaN before the first.
    pub sent: f32,
    /// Blocks until the next may be sent.
    pub blocks_to_wait: u32,
}

/// All that an audio thread needs to play a UGen.
pub struct AudioHalf {
    /// The box's own half.
    pub port: AudioPort,
    /// How many inputs are signals.
    pub signals: usize,
    /// Examples.
    pub batches: usize,
    /// Outlets of the box, each with as many channels as there are examples.
    pub outlets: usize,
    /// Samples of audio in a block.
    pub block_frames: usize,
    /// Room for signals of control rate and constants, a block for each signal.
    pub held: Vec<f32>,
    /// Room for the outputs of a unit of control rate, a block for each; empty for others.
    pub blocks: Vec<f32>,
    /// Whether inputs set attributes.
    pub watches: bool,
    /// The values of attributes, in the order of the inputs.
    pub watched: Vec<Watched>,
    /// Blocks between two updates of an attribute.
    pub blocks_between: u32,
    /// Where changes go.
    pub changes: Producer<Change>,
}
