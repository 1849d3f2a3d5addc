//! Eight floats, as the compiler sees fit.
#![allow(unsafe_code)] // Reads through the pointers of the trait.

use super::register::Vector;

/// Eight floats.
#[derive(Clone, Copy)]
pub struct Portable([f32; 8]);

// SAFETY: reads and writes eight elements, and needs no instruction set.
unsafe impl Vector for Portable {
    const LANES: usize = 8;

    #[inline(always)]
    unsafe fn zero() -> Self {
        Self([0.0; 8])
    }

    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: `from` is readable and aligned for eight floats, as the trait demands.
        Self(unsafe { from.cast::<[f32; 8]>().read() })
    }

    #[inline(always)]
    unsafe fn load_upper_halves(from: *const u16) -> Self {
        // SAFETY: `from` is readable and aligned for eight halves, as the trait demands.
        let halves = unsafe { from.cast::<[u16; 8]>().read() };
        Self(halves.map(|half| f32::from_bits(u32::from(half) << 16)))
    }

    #[inline(always)]
    unsafe fn splat(from: *const f32) -> Self {
        // SAFETY: `from` is readable, as the trait demands.
        Self([unsafe { *from }; 8])
    }

    #[inline(always)]
    unsafe fn add_product(mut self, a: Self, b: Self) -> Self {
        // Not `mul_add`: without the instruction that is a call of a function.
        for (sum, (a, b)) in self.0.iter_mut().zip(a.0.into_iter().zip(b.0)) {
            *sum += a * b;
        }
        self
    }

    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: `to` is writable and aligned for eight floats, as the trait demands.
        unsafe { to.cast::<[f32; 8]>().write(self.0) }
    }
}
