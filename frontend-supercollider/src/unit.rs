//! A UGen as it lies in the server's memory.
#![allow(unsafe_code)] // Writes the server's memory.

use crate::{ffi::Unit, half::AudioHalf};

/// A UGen in the server's memory, at a multiple of four bytes.
#[repr(C, packed(4))]
pub struct NnUnit {
    /// The server's part, first.
    pub unit: Unit,
    /// Where its audio half is exchanged; none where there was no place.
    pub place: Option<u32>,
    /// Its audio half, owned; null until it is there.
    pub half: *mut AudioHalf,
    /// Whether the server plays in real time.
    pub real_time: bool,
}

/// Zeros into all outputs.
///
/// # Safety
/// A live unit whose outputs have that many samples.
pub unsafe fn silence(unit: &Unit, frames: usize) {
    for output in 0..unit.num_outputs as usize {
        // SAFETY: the unit has that output.
        unsafe { std::slice::from_raw_parts_mut(unit.output(output), frames) }.fill(0.0);
    }
}
