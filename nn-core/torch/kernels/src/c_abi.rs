//! The edge to C++: a table of functions, mirrored in `torch/library/shim/kernels.h`.
#![allow(unsafe_code)] // Pointers from C++.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    slice,
};

use crate::{Convolution, Packed};

/// [`Convolution`] as C++ writes it.
#[repr(C)]
pub struct Shape {
    /// Channels read.
    pub in_channels: u64,
    /// Channels written.
    pub out_channels: u64,
    /// Taps.
    pub kernel: u64,
    /// See [`Convolution::stride`].
    pub stride: u64,
    /// See [`Convolution::padding`].
    pub padding: u64,
    /// See [`Convolution::dilation`].
    pub dilation: u64,
    /// See [`Convolution::groups`].
    pub groups: u64,
    /// 0 or 1.
    pub transposed: u64,
    /// See [`Convolution::output_padding`].
    pub output_padding: u64,
}

/// One call. All memory is contiguous and lives as long as the call.
#[repr(C)]
pub struct Call {
    /// `[batch, in_channels, in_frames]`.
    pub x: *const f32,
    /// `[out_channels]` or null.
    pub bias: *const f32,
    /// `[batch, out_channels, out_frames]`, memory without values.
    pub y: *mut f32,
    /// Examples, not 0.
    pub batch: u64,
    /// Frames read, not 0.
    pub in_frames: u64,
    /// The first part to compute, and the one after the last.
    pub first_part: u64,
    /// See `first_part`.
    pub end_part: u64,
}

/// The functions. None unwinds; all may be called from any thread.
#[repr(C)]
pub struct Table {
    /// Packs weights that lie contiguous in libtorch's order. Null when the convolution is not covered.
    pub pack: unsafe extern "C" fn(*const Shape, *const f32) -> *mut Packed,
    /// Frees what `pack` gave; null is allowed.
    pub free: unsafe extern "C" fn(*mut Packed),
    /// Bytes of the packed weights.
    pub bytes: unsafe extern "C" fn(*const Packed) -> u64,
    /// Into how many parts a call can be divided among threads.
    pub parts: unsafe extern "C" fn(*const Packed) -> u64,
    /// Frames that come out of a call; 0 when it should be left to others.
    pub out_frames: unsafe extern "C" fn(*const Packed, u64, u64) -> u64,
    /// Computes; 0 when it did not, which no sound call meets.
    pub run: unsafe extern "C" fn(*const Packed, *const Call) -> u8,
}

/// The one table.
pub static TABLE: Table = Table { pack, free, bytes, parts, out_frames, run };

/// # Safety
/// `shape` is readable, `weights` points to as many floats as it says.
unsafe extern "C" fn pack(shape: *const Shape, weights: *const f32) -> *mut Packed {
    let packed = catch_unwind(|| {
        // SAFETY: promised by the caller.
        let shape = convolution(unsafe { &*shape }).filter(Convolution::is_sound)?;
        // SAFETY: promised by the caller; a sound shape has a count.
        let weights = unsafe { slice::from_raw_parts(weights, shape.weight_count()?) };
        Packed::new(&shape, weights)
    });
    packed.ok().flatten().map_or(std::ptr::null_mut(), |packed| Box::into_raw(Box::new(packed)))
}

fn convolution(shape: &Shape) -> Option<Convolution> {
    let count = |count: u64| usize::try_from(count).ok();
    Some(Convolution {
        in_channels: count(shape.in_channels)?,
        out_channels: count(shape.out_channels)?,
        kernel: count(shape.kernel)?,
        stride: count(shape.stride)?,
        padding: count(shape.padding)?,
        dilation: count(shape.dilation)?,
        groups: count(shape.groups)?,
        transposed: shape.transposed != 0,
        output_padding: count(shape.output_padding)?,
    })
}

/// # Safety
/// `packed` is null or came from `pack` and is freed once.
unsafe extern "C" fn free(packed: *mut Packed) {
    if !packed.is_null() {
        // SAFETY: promised by the caller.
        drop(unsafe { Box::from_raw(packed) });
    }
}

/// # Safety
/// `packed` came from `pack`.
unsafe extern "C" fn bytes(packed: *const Packed) -> u64 {
    // SAFETY: promised by the caller.
    unsafe { (*packed).bytes() as u64 }
}

/// # Safety
/// `packed` came from `pack`.
unsafe extern "C" fn parts(packed: *const Packed) -> u64 {
    // SAFETY: promised by the caller.
    unsafe { (*packed).parts() as u64 }
}

/// # Safety
/// `packed` came from `pack`.
unsafe extern "C" fn out_frames(packed: *const Packed, batch: u64, in_frames: u64) -> u64 {
    // SAFETY: promised by the caller.
    let packed = unsafe { &*packed };
    let counts = usize::try_from(batch).ok().zip(usize::try_from(in_frames).ok());
    let covered = counts.filter(|&(batch, in_frames)| packed.is_worthwhile(batch, in_frames));
    covered.map_or(0, |(_, in_frames)| packed.shape().out_frames(in_frames) as u64)
}

/// # Safety
/// `packed` came from `pack`; the memory of `call` is as described there, and the parts are nobody else's.
unsafe extern "C" fn run(packed: *const Packed, call: *const Call) -> u8 {
    let done = catch_unwind(AssertUnwindSafe(|| {
        // SAFETY: promised by the caller.
        let (packed, call) = unsafe { (&*packed, &*call) };
        let (batch, in_frames) = (call.batch as usize, call.in_frames as usize);
        let shape = packed.shape();
        // SAFETY: promised by the caller.
        let x = unsafe { slice::from_raw_parts(call.x, batch * shape.in_channels * in_frames) };
        // SAFETY: promised by the caller.
        let bias =
            (!call.bias.is_null()).then(|| unsafe { slice::from_raw_parts(call.bias, shape.out_channels) });
        let parts = call.first_part as usize..call.end_part as usize;
        // SAFETY: promised by the caller.
        unsafe { packed.run_parts(parts, batch, in_frames, x, bias, call.y) }
    }));
    u8::from(done.is_ok())
}
