//! Pd's arrays (`[array define]`, `[table]`, arrays in a patch): copied, and written.
#![allow(unsafe_code)]

use std::ffi::{c_int, c_long, c_void};

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
        let frames = with_words(name, |words| {
            let piece = &words[from.min(words.len())..from.saturating_add(most).min(words.len())];
            // SAFETY: all words of such an array are numbers.
            samples.extend(piece.iter().map(|word| ffi::single(unsafe { word.float })));
            words.len()
        })?;
        // SAFETY: a plain call.
        let rate_hz = unsafe { ffi::sys_getsr() };
        Ok(ArrayShape { channels: 1, frames, sample_rate_hz: rate_hz as u32 })
    }

    fn shape_to_write(&self, name: &str) -> Result<ArrayShape, ArrayFault> {
        self.read(name, 0, 0, &mut Vec::new())
    }

    fn resize(&self, name: &str, _channels: usize, frames: usize) -> Result<(), ArrayFault> {
        if self.shape_to_write(name)?.frames == frames {
            return Ok(());
        }
        let no_room = || ArrayFault::NoRoom { name: name.into(), frames };
        let long = c_long::try_from(frames).map_err(|_| no_room())?;
        let unavailable = |missing| ArrayFault::Unavailable { missing };
        let writing = optional::array_writing().map_err(unavailable)?;
        // SAFETY: Pd's main thread, an array. Pd may build its audio anew within this: no box is borrowed.
        unsafe { (writing.resize)(find(name)?, long) };
        Ok(())
    }

    fn write(&self, name: &str, from: usize, channels: &[Vec<f32>]) -> Result<(), ArrayFault> {
        let samples = channels.first().map_or(&[][..], Vec::as_slice);
        with_words(name, |words| {
            for (word, &sample) in words.iter_mut().skip(from).zip(samples) {
                word.float = ffi::narrow(f64::from(sample));
            }
        })
    }

    fn written(&self, name: &str) {
        if let (Ok(array), Ok(writing)) = (find(name), optional::array_writing()) {
            // SAFETY: Pd's main thread, an array.
            unsafe { (writing.redraw)(array) };
        }
    }

    fn cure(&self) -> &'static str {
        CURE
    }
}

/// The array of a name. Main thread.
fn find(name: &str) -> Result<*mut c_void, ArrayFault> {
    let functions = optional::arrays().map_err(|missing| ArrayFault::Unavailable { missing })?;
    // SAFETY: Pd's main thread; the class is that of arrays.
    let array = unsafe { (functions.find)(symbol(name), functions.class) };
    if array.is_null() { Err(ArrayFault::Missing { name: name.into(), cure: CURE }) } else { Ok(array) }
}

/// Does something with the words of an array, all of them numbers. It must call nothing of Pd's.
fn with_words<T>(name: &str, work: impl FnOnce(&mut [ffi::Word]) -> T) -> Result<T, ArrayFault> {
    let array = find(name)?;
    let functions = optional::arrays().map_err(|missing| ArrayFault::Unavailable { missing })?;
    let (mut count, mut words): (c_int, *mut ffi::Word) = (0, std::ptr::null_mut());
    // SAFETY: Pd's main thread, an array, and both places are there.
    if unsafe { (functions.words)(array, &raw mut count, &raw mut words) } == 0 {
        return Err(ArrayFault::NotNumbers { name: name.into(), cure: CURE });
    }
    let frames = if words.is_null() { 0 } else { usize::try_from(count).unwrap_or(0) };
    if frames == 0 {
        return Ok(work(&mut []));
    }
    // SAFETY: the array has as many words as Pd says, and nobody else reads or changes it while the main thread is here.
    Ok(work(unsafe { std::slice::from_raw_parts_mut(words, frames) }))
}
