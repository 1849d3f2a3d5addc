//! The signals of a UGen in one block.
#![allow(unsafe_code)] // Reads and writes the server's memory.

use std::slice;

use nn_core::port::sample::{Inputs, Outputs};

use crate::{ffi::Unit, wanted::HEAD};

/// Inputs: those of audio rate as they are, all others held for the block.
pub struct BlockInputs<'a> {
    unit: &'a Unit,
    batches: usize,
    signals: usize,
    frames: usize,
    held: &'a [f32],
}

impl<'a> BlockInputs<'a> {
    /// Those of a unit. `held` has a block for each signal.
    ///
    /// # Safety
    /// In the calculation of a live unit that has `HEAD + signals` inputs, audio inputs with `frames` samples.
    pub unsafe fn new(
        unit: &'a Unit,
        (signals, batches): (usize, usize),
        frames: usize,
        held: &'a mut [f32],
    ) -> Self {
        for (signal, block) in held.chunks_exact_mut(frames).take(signals).enumerate() {
            // SAFETY: the unit has that input, and any input has at least one sample.
            let value = unsafe {
                if unit.is_audio(HEAD + signal) {
                    continue;
                }
                *unit.input(HEAD + signal)
            };
            // Constants are written once.
            if block[0].to_bits() != value.to_bits() || block[frames - 1].to_bits() != value.to_bits() {
                block.fill(value);
            }
        }
        Self { unit, batches, signals, frames, held }
    }
}

impl Inputs<f32> for BlockInputs<'_> {
    fn channels(&self, _inlet: usize) -> usize {
        self.batches
    }

    fn channel(&self, inlet: usize, channel: usize) -> Option<&[f32]> {
        let signal = inlet * self.batches + channel;
        if channel >= self.batches || signal >= self.signals {
            return None;
        }
        // SAFETY: the unit has that input (`BlockInputs::new`); one of audio rate has a block of samples, which no output
        // overwrites while this borrow lives.
        unsafe {
            if self.unit.is_audio(HEAD + signal) {
                return Some(slice::from_raw_parts(self.unit.input(HEAD + signal), self.frames));
            }
        }
        self.held.get(signal * self.frames..(signal + 1) * self.frames)
    }
}

/// Outputs: the server's memory, or blocks of which a unit of control rate takes one value.
pub enum BlockOutputs<'a> {
    /// Of a unit of audio rate.
    Audio(AudioOutputs<'a>),
    /// Of a unit of control rate.
    Control(ControlOutputs<'a>),
}

/// The server's memory.
pub struct AudioOutputs<'a> {
    /// The unit.
    pub unit: &'a Unit,
    /// Outlets of the box.
    pub outlets: usize,
    /// Channels of each.
    pub batches: usize,
    /// Samples in each.
    pub frames: usize,
}

/// Memory of ours.
pub struct ControlOutputs<'a> {
    /// A block for each channel of each outlet.
    pub blocks: &'a mut [f32],
    /// Channels of each outlet.
    pub batches: usize,
    /// Samples in each.
    pub frames: usize,
}

impl Outputs<f32> for BlockOutputs<'_> {
    fn outlets(&self) -> usize {
        match self {
            Self::Audio(audio) => audio.outlets,
            Self::Control(control) => control.blocks.len() / (control.frames * control.batches),
        }
    }

    fn channels(&self, _outlet: usize) -> usize {
        match self {
            Self::Audio(audio) => audio.batches,
            Self::Control(control) => control.batches,
        }
    }

    fn channel_mut(&mut self, outlet: usize, channel: usize) -> Option<&mut [f32]> {
        match self {
            Self::Audio(audio) => {
                let output = outlet * audio.batches + channel;
                if channel >= audio.batches || output >= audio.unit.num_outputs as usize {
                    return None;
                }
                // SAFETY: the unit has that output of a block of samples; inputs are no longer read.
                Some(unsafe { slice::from_raw_parts_mut(audio.unit.output(output), audio.frames) })
            }
            Self::Control(control) => {
                let output = outlet * control.batches + channel;
                control.blocks.get_mut(output * control.frames..(output + 1) * control.frames)
            }
        }
    }
}
