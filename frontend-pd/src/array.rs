//! Pd's arrays (`[array define]`, `[table]`, arrays in a patch), copied.
#![allow(unsafe_code)]

use std::ffi::c_int;

use nn_core::array::{ArrayFault, ArrayShape, Arrays};

use crate::{atoms::symbol, ffi, optional};

/// All arrays of this Pd.
pub struct PdArrays;

const CURE: &str = "make one with [array define NAME 512], or spell its name as it is there";

impl Arrays for PdArrays {
    fn read(
        &self,
        name: &str,
        from: usize,
        most: usize,
        samples: &mut Vec<f32>,
    ) -> Result<ArrayShape, ArrayFault> {
        let functions = optional::arrays().map_err(|missing| ArrayFault::Unavailable { missing })?;
        let (mut count, mut words): (c_int, *mut ffi::Word) = (0, std::ptr::null_mut());
        // SAFETY: Pd's main thread. The array is one of the class that is asked for, and both places are there.
        let (found, numbers) = unsafe {
            let array = (functions.find)(symbol(name), functions.class);
            let found = !array.is_null();
            (found, found && (functions.words)(array, &raw mut count, &raw mut words) != 0)
        };
        if !found {
            return Err(ArrayFault::Missing { name: name.into(), cure: CURE });
        }
        if !numbers {
            return Err(ArrayFault::NotNumbers { name: name.into(), cure: CURE });
        }
        let frames = if words.is_null() { 0 } else { usize::try_from(count).unwrap_or(0) };
        if frames > 0 {
            // SAFETY: the array has as many words as Pd says, and nobody changes it while the main thread is here.
            let words = unsafe { std::slice::from_raw_parts(words, frames) };
            let piece = &words[from.min(frames)..from.saturating_add(most).min(frames)];
            // SAFETY: all words of such an array are numbers.
            samples.extend(piece.iter().map(|word| ffi::single(unsafe { word.float })));
        }
        // SAFETY: a plain call.
        let rate_hz = unsafe { ffi::sys_getsr() };
        Ok(ArrayShape { channels: 1, frames, sample_rate_hz: rate_hz as u32 })
    }

    fn cure(&self) -> &'static str {
        CURE
    }
}
