//! AVX2 with FMA: 8 lanes.
#![allow(unsafe_code)] // Intrinsics.

use std::arch::x86_64::{
    __m256, _MM_HINT_T0, _MM_HINT_T1, _mm_load_si128, _mm_prefetch, _mm256_castsi256_ps,
    _mm256_cvtepu16_epi32, _mm256_fmadd_ps, _mm256_load_ps, _mm256_set1_ps, _mm256_setzero_ps,
    _mm256_slli_epi32, _mm256_store_ps,
};

use super::register::Vector;

/// One register.
#[derive(Clone, Copy)]
pub struct Avx2(__m256);

// SAFETY: every intrinsic reads or writes one register, of 8 elements at most; prefetching is part of every x86-64.
unsafe impl Vector for Avx2 {
    const LANES: usize = 8;

    #[inline(always)]
    fn prefetch_near(from: *const u8) {
        // SAFETY: SSE, which every x86-64 has; the address need not be readable.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(from.cast()) }
    }

    #[inline(always)]
    fn prefetch_far(from: *const u8) {
        // SAFETY: as above.
        unsafe { _mm_prefetch::<_MM_HINT_T1>(from.cast()) }
    }

    #[inline(always)]
    unsafe fn zero() -> Self {
        // SAFETY: the processor has AVX2 and FMA, as the trait demands.
        Self(unsafe { _mm256_setzero_ps() })
    }

    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the processor has AVX2 and FMA, as the trait demands; `from` is readable and aligned.
        Self(unsafe { _mm256_load_ps(from) })
    }

    #[inline(always)]
    unsafe fn load_upper_halves(from: *const u16) -> Self {
        // SAFETY: the processor has AVX2 and FMA, as the trait demands; `from` is readable and aligned.
        unsafe {
            let halves = _mm_load_si128(from.cast());
            Self(_mm256_castsi256_ps(_mm256_slli_epi32::<16>(_mm256_cvtepu16_epi32(halves))))
        }
    }

    #[inline(always)]
    unsafe fn splat(from: *const f32) -> Self {
        // SAFETY: the processor has AVX2 and FMA, as the trait demands; `from` is readable.
        Self(unsafe { _mm256_set1_ps(*from) })
    }

    #[inline(always)]
    unsafe fn add_product(self, a: Self, b: Self) -> Self {
        // SAFETY: the processor has AVX2 and FMA, as the trait demands.
        Self(unsafe { _mm256_fmadd_ps(a.0, b.0, self.0) })
    }

    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the processor has AVX2 and FMA, as the trait demands; `to` is writable and aligned.
        unsafe { _mm256_store_ps(to, self.0) }
    }
}
