//! A UGen as a synth has it, with what its inputs will say.

use crate::abi::{AUDIO, CONTROL};

/// What an input is connected to.
#[derive(Clone, Debug)]
pub enum Input {
    /// A constant.
    Constant(f32),
    /// One value in each block, in a round; [`Server::set`](crate::Server::set) replaces them.
    Control(Vec<f32>),
    /// One value for each sample, in a round.
    Audio(Vec<f32>),
}

/// A UGen of a plug-in.
#[derive(Clone, Debug)]
pub struct Ugen {
    /// Its class.
    pub class: String,
    /// Its rate.
    pub(crate) rate: i16,
    /// Its inputs.
    pub inputs: Vec<Input>,
    /// How many outputs it has.
    pub outputs: usize,
    /// Whether outputs lie in the memory of inputs.
    pub(crate) shares_memory: bool,
    /// Whether what it plays is kept.
    pub(crate) is_recorded: bool,
    /// Whether it is measured what its blocks take.
    pub(crate) is_timed: bool,
}

impl Ugen {
    /// One of audio rate.
    pub fn audio(class: &str, inputs: Vec<Input>, outputs: usize) -> Self {
        Self {
            class: class.into(),
            rate: AUDIO,
            inputs,
            outputs,
            shares_memory: false,
            is_recorded: true,
            is_timed: false,
        }
    }

    /// The same, of control rate.
    pub fn at_control_rate(mut self) -> Self {
        self.rate = CONTROL;
        self
    }

    /// The same, whose outputs lie in the memory of its inputs of audio rate.
    pub fn sharing_memory(mut self) -> Self {
        self.shares_memory = true;
        self
    }

    /// The same, of which nothing is kept.
    pub fn unrecorded(mut self) -> Self {
        self.is_recorded = false;
        self
    }

    /// The same, of which nothing is kept but what its blocks take.
    pub fn timed(mut self) -> Self {
        self.is_timed = true;
        self.unrecorded()
    }
}
