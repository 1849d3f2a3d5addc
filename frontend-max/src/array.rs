//! Sound by name: Max's `buffer~`, otherwise an `[array]`: copied, and a `buffer~` written.
#![allow(unsafe_code)]

use nn_core::{
    array::{ArrayFault, ArrayShape, Arrays},
    message::Atom,
};

use crate::{array_object, asking::asking, atoms::to_max, ffi, instance::Instance};

/// All buffers and arrays of this Max.
pub struct MaxArrays;

const CURE: &str = "make one with [buffer~ NAME 1000] or, from Max 8.6 on, [array @name NAME], or spell its name as it is there";

const CURE_TO_WRITE: &str = "make one with [buffer~ NAME 1000], or spell its name as it is there";

impl Arrays for MaxArrays {
    fn read(
        &self,
        name: &str,
        from: usize,
        most: usize,
        samples: &mut Vec<f32>,
    ) -> Result<ArrayShape, ArrayFault> {
        let buffer = buffer(name);
        if buffer.is_null() {
            let missing = || Err(ArrayFault::Missing { name: name.into(), cure: CURE });
            return array_object::read(name, from, most, samples).unwrap_or_else(missing);
        }
        // SAFETY: the buffer is there, and stays while the main thread is here.
        unsafe { read(buffer, from, most, samples) }.ok_or_else(|| ArrayFault::Busy { name: name.into() })
    }

    fn shape_to_write(&self, name: &str) -> Result<ArrayShape, ArrayFault> {
        let buffer = buffer(name);
        if buffer.is_null() {
            return Err(ArrayFault::Missing { name: name.into(), cure: CURE_TO_WRITE });
        }
        // SAFETY: the buffer is there, and stays while the main thread is here.
        Ok(unsafe { shape(buffer) })
    }

    fn resize(&self, name: &str, channels: usize, frames: usize) -> Result<(), ArrayFault> {
        self.shape_to_write(name)?;
        let buffer = buffer(name);
        let mut sizes = [frames, channels].map(|size| to_max(&Atom::Int(size as i64)));
        // SAFETY: as above, and the atoms live through the call. A buffer~ whose size cannot be set says so by its size.
        unsafe {
            let message = ffi::gensym(c"sizeinsamps".as_ptr());
            ffi::object_method_typed(buffer.cast(), message, 2, sizes.as_mut_ptr(), std::ptr::null_mut());
        }
        Ok(())
    }

    fn write(&self, name: &str, from: usize, channels: &[Vec<f32>]) -> Result<(), ArrayFault> {
        self.shape_to_write(name)?;
        // SAFETY: as above.
        let written = unsafe { write(buffer(name), from, channels) };
        written.ok_or_else(|| ArrayFault::Busy { name: name.into() })
    }

    fn written(&self, name: &str) {
        let buffer = buffer(name);
        if !buffer.is_null() {
            // SAFETY: as above.
            unsafe { ffi::buffer_setdirty(buffer) };
        }
    }

    fn cure(&self) -> &'static str {
        CURE
    }
}

/// The buffer of a name; null where there is none.
fn buffer(name: &str) -> *mut ffi::Buffer {
    let owner = asking();
    // SAFETY: who asks is null or a live `Instance`.
    let reference =
        unsafe { Instance::state(owner.cast()).map(|state| state.own.references.to(owner, name)) };
    match reference {
        // SAFETY: a reference of ours.
        Some(reference) if !reference.is_null() => unsafe { ffi::buffer_ref_getobject(reference) },
        _ => std::ptr::null_mut(),
    }
}

/// What a buffer has.
unsafe fn shape(buffer: *mut ffi::Buffer) -> ArrayShape {
    // SAFETY: the caller's buffer.
    unsafe {
        ArrayShape {
            channels: usize::try_from(ffi::buffer_getchannelcount(buffer)).unwrap_or(0),
            frames: usize::try_from(ffi::buffer_getframecount(buffer)).unwrap_or(0),
            sample_rate_hz: ffi::buffer_getsamplerate(buffer) as u32,
        }
    }
}

/// Replaces a piece of each channel. `None` while somebody else has the samples.
unsafe fn write(buffer: *mut ffi::Buffer, from: usize, pieces: &[Vec<f32>]) -> Option<()> {
    // SAFETY: the caller's buffer. While it is locked its size does not change.
    unsafe {
        let start = ffi::buffer_locksamples(buffer);
        if start.is_null() {
            return None;
        }
        let ArrayShape { channels, frames, .. } = shape(buffer);
        let interleaved = std::slice::from_raw_parts_mut(start, channels.saturating_mul(frames));
        let whole = interleaved.chunks_exact_mut(channels.max(1)).skip(from);
        for (frame, samples) in whole.take(pieces.first().map_or(0, Vec::len)).enumerate() {
            samples.iter_mut().zip(pieces).for_each(|(sample, piece)| *sample = piece[frame]);
        }
        ffi::buffer_unlocksamples(buffer);
        Some(())
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
        let shape = shape(buffer);
        let ArrayShape { channels, frames, .. } = shape;
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
