//! NEON: 4 lanes.
#![allow(unsafe_code)] // Intrinsics.

use std::arch::aarch64::{
    float32x4_t, vdupq_n_f32, vfmaq_f32, vld1_u16, vld1q_f32, vmovl_u16, vreinterpretq_f32_u32, vshlq_n_u32,
    vst1q_f32,
};

use super::register::Vector;

/// One register.
#[derive(Clone, Copy)]
pub struct Neon(float32x4_t);

// SAFETY: every intrinsic reads or writes one register, of 4 elements at most.
unsafe impl Vector for Neon {
    const LANES: usize = 4;

    #[inline(always)]
    unsafe fn zero() -> Self {
        // SAFETY: the processor has NEON, as the trait demands.
        Self(unsafe { vdupq_n_f32(0.0) })
    }

    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the processor has NEON, as the trait demands; `from` is readable and aligned.
        Self(unsafe { vld1q_f32(from) })
    }

    #[inline(always)]
    unsafe fn load_upper_halves(from: *const u16) -> Self {
        // SAFETY: the processor has NEON, as the trait demands; `from` is readable and aligned.
        unsafe {
            let halves = vld1_u16(from);
            Self(vreinterpretq_f32_u32(vshlq_n_u32::<16>(vmovl_u16(halves))))
        }
    }

    #[inline(always)]
    unsafe fn splat(from: *const f32) -> Self {
        // SAFETY: the processor has NEON, as the trait demands; `from` is readable.
        Self(unsafe { vdupq_n_f32(*from) })
    }

    #[inline(always)]
    unsafe fn add_product(self, a: Self, b: Self) -> Self {
        // SAFETY: the processor has NEON, as the trait demands.
        Self(unsafe { vfmaq_f32(self.0, a.0, b.0) })
    }

    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the processor has NEON, as the trait demands; `to` is writable and aligned.
        unsafe { vst1q_f32(to, self.0) }
    }
}
