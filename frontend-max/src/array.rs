//! Max's `buffer~`, copied.
#![allow(unsafe_code)]

use std::{
    ffi::c_void,
    sync::atomic::{AtomicPtr, Ordering::Relaxed},
};

use nn_core::array::{ArrayFault, ArrayShape, Arrays};

use crate::{emit::symbol, ffi};

/// All buffers of this Max.
pub struct MaxArrays;

const CURE: &str = "make one with [buffer~ NAME 1000], or spell its name as it is there";

/// The box on whose behalf the main thread is at work: Max wants to know who asks for a buffer.
static ASKING: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());

/// Does something on behalf of a box. Main thread.
pub fn on_behalf_of<T>(instance: *mut c_void, work: impl FnOnce() -> T) -> T {
    let before = ASKING.swap(instance, Relaxed);
    let result = work();
    ASKING.store(before, Relaxed);
    result
}

impl Arrays for MaxArrays {
    fn read(
        &self,
        name: &str,
        from: usize,
        most: usize,
        samples: &mut Vec<f32>,
    ) -> Result<ArrayShape, ArrayFault> {
        let missing = || ArrayFault::Missing { name: name.into(), cure: CURE };
        let owner = ASKING.load(Relaxed);
        if owner.is_null() {
            return Err(missing());
        }
        // SAFETY: Max's main thread, a living box; the reference is freed and the lock is given back below.
        let reference = unsafe { ffi::buffer_ref_new(owner.cast(), symbol(name)) };
        if reference.is_null() {
            return Err(missing());
        }
        // SAFETY: a reference of ours.
        let buffer = unsafe { ffi::buffer_ref_getobject(reference) };
        let shape = if buffer.is_null() {
            Err(missing())
        } else {
            // SAFETY: the buffer is there, and stays while the main thread is here.
            unsafe { read(buffer, from, most, samples) }.ok_or_else(missing)
        };
        // SAFETY: ours, freed once.
        unsafe { ffi::object_free(reference.cast()) };
        shape
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
        if start.is_null() {
            return None;
        }
        let channels = usize::try_from(ffi::buffer_getchannelcount(buffer)).unwrap_or(0);
        let frames = usize::try_from(ffi::buffer_getframecount(buffer)).unwrap_or(0);
        let sample_rate_hz = ffi::buffer_getsamplerate(buffer) as u32;
        let interleaved = std::slice::from_raw_parts(start, channels.saturating_mul(frames));
        let piece = from.min(frames)..from.saturating_add(most).min(frames);
        for channel in 0..channels {
            samples.extend(piece.clone().map(|frame| interleaved[frame * channels + channel]));
        }
        ffi::buffer_unlocksamples(buffer);
        Some(ArrayShape { channels, frames, sample_rate_hz })
    }
}
