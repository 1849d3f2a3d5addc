//! AVX-512: 16 lanes.
#![allow(unsafe_code)] // Intrinsics.

use std::arch::x86_64::{
    __m512, _MM_HINT_T0, _MM_HINT_T1, _mm_prefetch, _mm256_load_si256, _mm512_castsi512_ps,
    _mm512_cvtepu16_epi32, _mm512_fmadd_ps, _mm512_load_ps, _mm512_set1_ps, _mm512_setzero_ps,
    _mm512_slli_epi32, _mm512_store_ps,
};

use super::register::Vector;

/// One register.
#[derive(Clone, Copy)]
pub struct Avx512(__m512);

// SAFETY: every intrinsic reads or writes one register, of 16 elements at most; prefetching is part of every x86-64.
unsafe impl Vector for Avx512 {
    const LANES: usize = 16;

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
        // SAFETY: the processor has AVX-512F, as the trait demands.
        Self(unsafe { _mm512_setzero_ps() })
    }

    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the processor has AVX-512F, as the trait demands; `from` is readable and aligned.
        Self(unsafe { _mm512_load_ps(from) })
    }

    #[inline(always)]
    unsafe fn load_upper_halves(from: *const u16) -> Self {
        // SAFETY: the processor has AVX-512F, as the trait demands; `from` is readable and aligned.
        unsafe {
            let halves = _mm256_load_si256(from.cast());
            Self(_mm512_castsi512_ps(_mm512_slli_epi32::<16>(_mm512_cvtepu16_epi32(halves))))
        }
    }

    #[inline(always)]
    unsafe fn splat(from: *const f32) -> Self {
        // SAFETY: the processor has AVX-512F, as the trait demands; `from` is readable.
        Self(unsafe { _mm512_set1_ps(*from) })
    }

    #[inline(always)]
    unsafe fn add_product(self, a: Self, b: Self) -> Self {
        // SAFETY: the processor has AVX-512F, as the trait demands.
        Self(unsafe { _mm512_fmadd_ps(a.0, b.0, self.0) })
    }

    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the processor has AVX-512F, as the trait demands; `to` is writable and aligned.
        unsafe { _mm512_store_ps(to, self.0) }
    }
}
