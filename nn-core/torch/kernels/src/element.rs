//! The types in which packed weights are kept. Samples and sums are `f32` with all of them.
#![allow(unsafe_code)] // Loads through pointers.

use crate::vector::Vector;

/// Names a type in which packed weights are kept. The numbers are those of `nn_kernels_element` in
/// `torch/library/shim/kernels.h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ElementType {
    /// As libtorch gives them: nothing is lost.
    F32 = 0,
    /// The upper 16 bits of an `f32`, rounded: half of the memory, and 8 bits of precision.
    Bf16 = 1,
}

/// One packed weight.
///
/// A further type is an `impl` of this, a name in [`ElementType`] and a row in the table of `weights`. The loops of
/// `tile` and `depthwise` know no types.
///
/// # Safety
/// Memory of zeros holds values of the type, and `load` reads no more than `V::LANES` of them.
pub unsafe trait Element: Copy + Send + Sync + 'static {
    /// The value nearest to a weight; infinite when the type has none that is near.
    fn nearest(weight: f32) -> Self;

    /// What it stands for, exactly.
    fn value(self) -> f32;

    /// A register of `V::LANES` of them, each as [`Element::value`] has it.
    ///
    /// # Safety
    /// As said at [`Vector`]; `from` is readable for `V::LANES` elements and a multiple of their bytes.
    unsafe fn load<V: Vector>(from: *const Self) -> V;
}

// SAFETY: zeros are 0.0, and `Vector::load` reads as many floats as there are lanes.
unsafe impl Element for f32 {
    #[inline(always)]
    fn nearest(weight: f32) -> Self {
        weight
    }

    #[inline(always)]
    fn value(self) -> f32 {
        self
    }

    #[inline(always)]
    unsafe fn load<V: Vector>(from: *const Self) -> V {
        // SAFETY: the processor has the instruction set, and `from` is readable and aligned, as this function demands.
        unsafe { V::load(from) }
    }
}
