//! Sound by name: Max's `buffer~`, otherwise an `[array]`, copied.
#![allow(unsafe_code)]

use nn_core::array::{ArrayFault, ArrayShape, Arrays};

use crate::{array_object, asking::asking, ffi, instance::Instance};

/// All buffers and arrays of this Max.
pub struct MaxArrays;

const CURE: &str = "make one with [buffer~ NAME 1000] or, from Max 8.6 on, [array @name NAME], or spell its name as it is there";

impl Arrays for MaxArrays {
    fn read(
        &self,
        name: &str,
        from: usize,
        most: usize,
        samples: &mut Vec<f32>,
    ) -> Result<ArrayShape, ArrayFault> {
        let owner = asking();
        // SAFETY: who asks is null or a live `Instance`.
        let reference =
            unsafe { Instance::state(owner.cast()).map(|state| state.own.references.to(owner, name)) };
        let buffer = match reference {
            // SAFETY: a reference of ours.
            Some(reference) if !reference.is_null() => unsafe { ffi::buffer_ref_getobject(reference) },
            _ => std::ptr::null_mut(),
        };
        if buffer.is_null() {
            let missing = || Err(ArrayFault::Missing { name: name.into(), cure: CURE });
            return array_object::read(name, from, most, samples).unwrap_or_else(missing);
        }
        // SAFETY: the buffer is there, and stays while the main thread is here.
        unsafe { read(buffer, from, most, samples) }.ok_or_else(|| ArrayFault::Busy { name: name.into() })
    }

    fn cure(&self) -> &'static str {
        CURE
    }
}

/// The shape, and a piece of each channel. `None` while somebody else has the samples.
unsafe fn read(
    buffer: *mut ffi::Buffer,
    from: usize,
    most: usize,
    samples: &mut Vec<f32>,
) -> Option<ArrayShape> {
    // SAFETY: the caller's buffer. While it is locked its size does not change.
    unsafe {
        let start = ffi::buffer_locksamples(buffer);
        let channels = usize::try_from(ffi::buffer_getchannelcount(buffer)).unwrap_or(0);
        let frames = usize::try_from(ffi::buffer_getframecount(buffer)).unwrap_or(0);
        let sample_rate_hz = ffi::buffer_getsamplerate(buffer) as u32;
        let shape = ArrayShape { channels, frames, sample_rate_hz };
        if start.is_null() {
            // Nothing to lock in an empty one.
            return (channels.saturating_mul(frames) == 0).then_some(shape);
        }
        let interleaved = std::slice::from_raw_parts(start, channels.saturating_mul(frames));
        let piece = from.min(frames)..from.saturating_add(most).min(frames);
        for channel in 0..channels {
            samples.extend(piece.clone().map(|frame| interleaved[frame * channels + channel]));
        }
        ffi::buffer_unlocksamples(buffer);
        Some(shape)
    }
}
