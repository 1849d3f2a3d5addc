//! A UGen as it lies in the server's memory.
#![allow(unsafe_code)] // Reads and writes the server's memory.

use crate::{
    ffi::{CALC_RATE_AUDIO, Unit},
    half::AudioHalf,
};

/// A UGen in the server's memory.
#[repr(C)]
pub struct NnUnit {
    /// The server's part, first.
    pub unit: Unit,
    /// Where its audio half is exchanged; none where there was no place.
    pub place: Option<u32>,
    /// Its audio half, once it is there.
    pub half: Option<Box<AudioHalf>>,
    /// Whether the server plays in real time.
    pub real_time: bool,
}

/// Whether an input has a value for each sample.
///
/// # Safety
/// A live unit that has that input.
pub unsafe fn is_audio(unit: &Unit, input: usize) -> bool {
    // SAFETY: the caller's; each input has a wire.
    unsafe { (**unit.input.add(input)).calc_rate == i32::from(CALC_RATE_AUDIO) }
}

/// Zeros into all outputs.
///
/// # Safety
/// A live unit whose outputs have that many samples.
pub unsafe fn silence(unit: &Unit, frames: usize) {
    for output in 0..unit.num_outputs as usize {
        // SAFETY: the unit has that output.
        unsafe { std::slice::from_raw_parts_mut(*unit.out_buffers.add(output), frames) }.fill(0.0);
    }
}
