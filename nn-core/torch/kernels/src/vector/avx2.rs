//! AVX2 with FMA: 8 lanes.
#![allow(unsafe_code)] // Intrinsics.

use std::arch::x86_64::{
    __m256, _MM_HINT_T0, _MM_HINT_T1, _mm_prefetch, _mm256_fmadd_ps, _mm256_load_ps, _mm256_set1_ps,
    _mm256_setzero_ps, _mm256_store_ps,
};

use super::register::Vector;

/// One register.
#[derive(Clone, Copy)]
pub struct Avx2(__m256);

// SAFETY: plain use of the intrinsics under the promises of the trait.
unsafe impl Vector for Avx2 {
    const LANES: usize = 8;

    #[inline(always)]
    fn prefetch_near(from: *const f32) {
        // SAFETY: every processor of this kind has the instruction, and it reads nothing.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(from.cast()) }
    }

    #[inline(always)]
    fn prefetch_far(from: *const f32) {
        // SAFETY: as above.
        unsafe { _mm_prefetch::<_MM_HINT_T1>(from.cast()) }
    }

    #[inline(always)]
    unsafe fn zero() -> Self {
        // SAFETY: the processor has the instruction.
        Self(unsafe { _mm256_setzero_ps() })
    }

    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: promised by the caller.
        Self(unsafe { _mm256_load_ps(from) })
    }

    #[inline(always)]
    unsafe fn splat(from: *const f32) -> Self {
        // SAFETY: promised by the caller.
        Self(unsafe { _mm256_set1_ps(*from) })
    }

    #[inline(always)]
    unsafe fn add_product(self, a: Self, b: Self) -> Self {
        // SAFETY: the processor has the instruction.
        Self(unsafe { _mm256_fmadd_ps(a.0, b.0, self.0) })
    }

    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: promised by the caller.
        unsafe { _mm256_store_ps(to, self.0) }
    }
}
