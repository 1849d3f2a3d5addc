//! What is known of sound.

use std::collections::HashMap;

use crate::abi::Address;

/// How the host plays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Format {
    /// Rate in Hz.
    pub rate_hz: f64,
    /// The longest vector, in samples.
    pub vector_frames: usize,
}

/// What the world knows of sound.
pub struct Dsp {
    pub on: bool,
    pub format: Format,
    /// Channels of what is connected to an inlet.
    pub wires: HashMap<(Address, usize), usize>,
    /// True when the chain is to be built anew.
    pub broken: bool,
    pub building: Option<Building>,
    pub in_chain: Vec<Address>,
}

impl Default for Dsp {
    fn default() -> Self {
        Self {
            on: false,
            format: Format { rate_hz: 44_100.0, vector_frames: 64 },
            wires: HashMap::new(),
            broken: false,
            building: None,
            in_chain: Vec::new(),
        }
    }
}

/// A chain that is being built.
pub struct Building {
    pub chain: Address,
    pub object: Address,
    pub inputs: Vec<usize>,
    pub outputs: Vec<usize>,
    pub entries: Vec<Entry>,
}

/// A routine in the chain.
#[derive(Clone)]
pub struct Entry {
    pub object: Address,
    pub routine: Address,
    pub flags: usize,
    pub user: Address,
    pub input_lanes: usize,
    pub output_lanes: usize,
}
