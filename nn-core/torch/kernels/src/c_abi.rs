//! The edge to C++: a table of functions, mirrored in `torch/library/shim/kernels.h`.
#![allow(unsafe_code)] // Pointers from C++.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    slice,
};

use crate::{Convolution, ElementType, Packed, Refusal, ceiling};

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

/// [`ceiling::Ceilings`] as C++ reads it.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Ceilings {
    /// See [`ceiling::Ceilings::memory_bytes_per_s`].
    pub memory_bytes_per_s: f64,
    /// See [`ceiling::Ceilings::memory_bytes`].
    pub memory_bytes: u64,
    /// See [`ceiling::Ceilings::set_bytes_per_s`].
    pub set_bytes_per_s: f64,
    /// See [`ceiling::Ceilings::set_bytes`].
    pub set_bytes: u64,
    /// See [`ceiling::Ceilings::products_per_s`].
    pub products_per_s: f64,
    /// See [`ceiling::Ceilings::lanes`].
    pub lanes: u64,
}

/// The functions. None unwinds; all may be called from any thread.
#[repr(C)]
pub struct Table {
    /// Packs weights that lie contiguous in libtorch's order, to be kept as the type with this number of
    /// [`ElementType`]. Null when the convolution is not covered, the type not known, or a weight not finite in it.
    pub pack: unsafe extern "C" fn(*const Shape, u32, *const f32) -> *mut Packed,
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
    /// Why a shape is not covered: 0 when it is, else the number of a [`Refusal`].
    pub refusal: unsafe extern "C" fn(*const Shape) -> u32,
    /// Measures with so many bytes that are read again and again; 0 when there is no memory for it.
    pub ceilings: unsafe extern "C" fn(u64, *mut Ceilings) -> u8,
}

// As asserted in `torch/library/shim/api.cpp`.
const _: () = {
    assert!(size_of::<Shape>() == 72 && size_of::<Call>() == 56);
    assert!(size_of::<Ceilings>() == 48 && size_of::<Table>() == 64);
    assert!(Refusal::Unsound as u32 == 1 && Refusal::Groups as u32 == 2 && Refusal::Few as u32 == 3);
    assert!(ElementType::F32 as u32 == 0 && ElementType::Bf16 as u32 == 1);
};

/// The one table.
pub static TABLE: Table = Table { pack, free, bytes, parts, out_frames, run, refusal, ceilings };

/// # Safety
/// `shape` is readable, `weights` points to as many floats as it says.
unsafe extern "C" fn pack(shape: *const Shape, element: u32, weights: *const f32) -> *mut Packed {
    let packed = catch_unwind(|| {
        let element = ElementType::all().find(|&known| known as u32 == element)?;
        // SAFETY: `shape` is readable, as this function demands.
        let shape = convolution(unsafe { &*shape }).filter(Convolution::is_sound)?;
        // SAFETY: `weights` points to so many floats, as this function demands; they stay as they are for this call.
        let weights = unsafe { slice::from_raw_parts(weights, shape.weight_count()?) };
        Packed::new(element, &shape, weights)
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
/// `packed` is null, or came from `pack`, is freed once and is in no call meanwhile.
unsafe extern "C" fn free(packed: *mut Packed) {
    if !packed.is_null() {
        // SAFETY: `pack` made it with `Box::into_raw`, and it is freed once, as this function demands.
        drop(unsafe { Box::from_raw(packed) });
    }
}

/// # Safety
/// `packed` came from `pack` and was not freed.
unsafe extern "C" fn bytes(packed: *const Packed) -> u64 {
    // SAFETY: it came from `pack` and was not freed, as this function demands.
    unsafe { (*packed).bytes() as u64 }
}

/// # Safety
/// `packed` came from `pack` and was not freed.
unsafe extern "C" fn parts(packed: *const Packed) -> u64 {
    // SAFETY: it came from `pack` and was not freed, as this function demands.
    unsafe { (*packed).parts() as u64 }
}

/// # Safety
/// `packed` came from `pack` and was not freed.
unsafe extern "C" fn out_frames(packed: *const Packed, batch: u64, in_frames: u64) -> u64 {
    // SAFETY: it came from `pack` and was not freed, as this function demands.
    let packed = unsafe { &*packed };
    let counts = usize::try_from(batch).ok().zip(usize::try_from(in_frames).ok());
    let covered = counts.filter(|&(batch, in_frames)| packed.is_worthwhile(batch, in_frames));
    covered.map_or(0, |(_, in_frames)| packed.shape().out_frames(in_frames) as u64)
}

/// # Safety
/// `packed` came from `pack` and was not freed; `call` is readable and its memory as described there, `x` and `bias`
/// stay as they are meanwhile, and nobody else reads or writes what these parts write.
unsafe extern "C" fn run(packed: *const Packed, call: *const Call) -> u8 {
    let done = catch_unwind(AssertUnwindSafe(|| {
        // SAFETY: `packed` came from `pack` and `call` is readable, as this function demands.
        let (packed, call) = unsafe { (&*packed, &*call) };
        let (batch, in_frames) = (call.batch as usize, call.in_frames as usize);
        let shape = packed.shape();
        // SAFETY: `x` is contiguous, of this shape, and stays as it is, as this function demands.
        let x = unsafe { slice::from_raw_parts(call.x, batch * shape.in_channels * in_frames) };
        // SAFETY: what is not null has a float for every output channel, as this function demands.
        let bias =
            (!call.bias.is_null()).then(|| unsafe { slice::from_raw_parts(call.bias, shape.out_channels) });
        let parts = call.first_part as usize..call.end_part as usize;
        // SAFETY: `y` holds the output, and what these parts write of it is this call's alone, as this function
        // demands.
        unsafe { packed.run_parts(parts, batch, in_frames, x, bias, call.y) }
    }));
    u8::from(done.is_ok())
}

/// # Safety
/// `shape` is readable.
unsafe extern "C" fn refusal(shape: *const Shape) -> u32 {
    // SAFETY: `shape` is readable, as this function demands.
    let shape = convolution(unsafe { &*shape });
    let refused = |shape| catch_unwind(|| Refusal::of_shape(&shape)).unwrap_or(Some(Refusal::Unsound));
    shape.map_or(Some(Refusal::Unsound), refused).map_or(0, |refusal| refusal as u32)
}

/// # Safety
/// `found` is writable.
unsafe extern "C" fn ceilings(set_bytes: u64, found: *mut Ceilings) -> u8 {
    let measured = catch_unwind(|| ceiling::measure(usize::try_from(set_bytes).unwrap_or(usize::MAX)));
    let Some(measured) = measured.ok().flatten() else { return 0 };
    let ceiling::Ceilings {
        memory_bytes_per_s,
        memory_bytes,
        set_bytes_per_s,
        set_bytes,
        products_per_s,
        lanes,
    } = measured;
    let (memory_bytes, set_bytes, lanes) = (memory_bytes as u64, set_bytes as u64, lanes as u64);
    let told =
        Ceilings { memory_bytes_per_s, memory_bytes, set_bytes_per_s, set_bytes, products_per_s, lanes };
    // SAFETY: `found` is writable, as this function demands.
    unsafe { found.write(told) };
    1
}
