//! What this processor can do at most, on one thread: how fast it reads memory, and how fast it multiplies. Measured with
//! the registers that the kernels use.
#![allow(unsafe_code)] // Loads through pointers.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

#[cfg(target_arch = "aarch64")]
use crate::vector::Neon;
#[cfg(target_arch = "x86_64")]
use crate::vector::{Avx2, Avx512};
use crate::{
    aligned::Aligned,
    isa::Isa,
    prefetch::Prefetch,
    vector::{Portable, Vector},
};

/// What a measurement has found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ceilings {
    /// Bytes in a second out of memory that no cache holds.
    pub memory_bytes_per_s: f64,
    /// How large that memory was.
    pub memory_bytes: usize,
    /// Bytes in a second out of memory that is read again and again.
    pub set_bytes_per_s: f64,
    /// How large that memory was.
    pub set_bytes: usize,
    /// Multiplications, each with its addition, in a second.
    pub products_per_s: f64,
    /// How many of them a register does at once.
    pub lanes: usize,
}

/// Larger than the last cache of nearly all processors.
const MEMORY_BYTES: usize = 256 << 20;
/// The least that is read again and again: less would measure the clock.
const LEAST_SET_BYTES: usize = 256 << 10;
/// The best of so many rounds counts: others use this machine too.
const ROUNDS: usize = 5;
/// How long a round lasts at least.
const ROUND: Duration = Duration::from_millis(15);
/// Sums side by side: enough that no addition waits for the last one.
const SUMS: usize = 12;
/// Multiplications of each sum between two looks at the clock.
const STEPS: usize = 4096;

/// Measures, for less than a second where memory is not unusually slow. `set_bytes` is how much memory is read again and again:
/// as much as the weights of a model, say. `None` where there is no memory for it. Allocates; any thread.
pub fn measure(set_bytes: usize) -> Option<Ceilings> {
    let isa = Isa::best();
    let set_bytes = set_bytes.clamp(LEAST_SET_BYTES, MEMORY_BYTES).next_multiple_of(SUMS * 64);
    let mut memory = Aligned::<f32>::zeros(MEMORY_BYTES.next_multiple_of(SUMS * 64) / 4)?;
    // Pages that were never written are one page of zeros.
    memory.iter_mut().step_by(1024).for_each(|sample| *sample = 1.0);
    let set = &memory[..set_bytes / 4];
    let set_bytes_per_s = bytes_per_s(isa, set);
    let memory_bytes = memory.len() * 4;
    let memory_bytes_per_s = bytes_per_s(isa, &memory);
    let lanes = isa.lanes();
    let products_per_s = rate(|| multiply(isa)) * (STEPS * SUMS * lanes) as f64;
    Some(Ceilings { memory_bytes_per_s, memory_bytes, set_bytes_per_s, set_bytes, products_per_s, lanes })
}

/// Bytes in a second, whichever way of asking ahead is the faster.
fn bytes_per_s(isa: Isa, memory: &[f32]) -> f64 {
    let ways = [Prefetch::of(isa), Prefetch::Nothing];
    let rates = ways.map(|ahead| rate(|| read(isa, memory, ahead)));
    rates[0].max(rates[1]) * size_of_val(memory) as f64
}

/// How often something can be done in a second: in the best round.
fn rate(mut work: impl FnMut() -> f32) -> f64 {
    black_box(work());
    let mut best: f64 = 0.0;
    for _ in 0..ROUNDS {
        let (begin, mut times) = (Instant::now(), 0_u32);
        while times == 0 || begin.elapsed() < ROUND {
            black_box(work());
            times += 1;
        }
        best = best.max(f64::from(times) / begin.elapsed().as_secs_f64());
    }
    best
}

/// Reads everything once, in order, as the kernels read weights.
fn read(isa: Isa, memory: &[f32], ahead: Prefetch) -> f32 {
    // SAFETY: `isa` is one that this processor has.
    unsafe {
        match isa {
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => read_avx2(memory, ahead),
            #[cfg(target_arch = "x86_64")]
            Isa::Avx512 => read_avx512(memory, ahead),
            #[cfg(target_arch = "aarch64")]
            Isa::Neon => read_in::<Neon>(memory, ahead),
            _ => read_in::<Portable>(memory, ahead),
        }
    }
}

/// Multiplies and adds in registers alone.
fn multiply(isa: Isa) -> f32 {
    // SAFETY: `isa` is one that this processor has.
    unsafe {
        match isa {
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => multiply_avx2(),
            #[cfg(target_arch = "x86_64")]
            Isa::Avx512 => multiply_avx512(),
            #[cfg(target_arch = "aarch64")]
            Isa::Neon => multiply_in::<Neon>(),
            _ => multiply_in::<Portable>(),
        }
    }
}

/// # Safety
/// The processor has AVX2 and FMA.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn read_avx2(memory: &[f32], ahead: Prefetch) -> f32 {
    // SAFETY: the processor has the instruction set, as this function demands.
    unsafe { read_in::<Avx2>(memory, ahead) }
}

/// # Safety
/// The processor has AVX-512F.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
unsafe fn read_avx512(memory: &[f32], ahead: Prefetch) -> f32 {
    // SAFETY: the processor has the instruction set, as this function demands.
    unsafe { read_in::<Avx512>(memory, ahead) }
}

/// # Safety
/// The processor has AVX2 and FMA.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn multiply_avx2() -> f32 {
    // SAFETY: the processor has the instruction set, as this function demands.
    unsafe { multiply_in::<Avx2>() }
}

/// # Safety
/// The processor has AVX-512F.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
unsafe fn multiply_avx512() -> f32 {
    // SAFETY: the processor has the instruction set, as this function demands.
    unsafe { multiply_in::<Avx512>() }
}

/// # Safety
/// As said at [`Vector`]; the memory begins at a cache line.
#[inline(always)]
unsafe fn read_in<V: Vector>(memory: &[f32], ahead: Prefetch) -> f32 {
    // SAFETY: the processor has the instruction set, as this function demands; each row is of whole registers, and the
    // memory is aligned for them.
    unsafe {
        let one = V::splat(&1.0);
        let mut sums = [V::zero(); SUMS];
        for row in memory.chunks_exact(SUMS * V::LANES) {
            ahead.ask::<V, f32>(row.as_ptr(), row.len());
            for (at, sum) in sums.iter_mut().enumerate() {
                *sum = sum.add_product(V::load(row.as_ptr().add(at * V::LANES)), one);
            }
        }
        total(sums)
    }
}

/// # Safety
/// As said at [`Vector`].
#[inline(always)]
unsafe fn multiply_in<V: Vector>() -> f32 {
    // SAFETY: the processor has the instruction set, as this function demands.
    unsafe {
        let (a, b) = (V::splat(&black_box(0.5)), V::splat(&black_box(1e-3)));
        let mut sums = [V::zero(); SUMS];
        for _ in 0..STEPS {
            for sum in &mut sums {
                *sum = sum.add_product(a, b);
            }
        }
        total(sums)
    }
}

/// # Safety
/// As said at [`Vector`].
#[inline(always)]
unsafe fn total<V: Vector>(sums: [V; SUMS]) -> f32 {
    /// The widest register, where it wants to be.
    #[repr(align(64))]
    struct Row([f32; 16]);
    let mut all = 0.0;
    for sum in sums {
        let mut row = Row([0.0; 16]);
        // SAFETY: the processor has the instruction set, as this function demands; the row holds the widest register and is
        // aligned for it.
        unsafe { sum.store(row.0.as_mut_ptr()) };
        all += row.0.iter().sum::<f32>();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_sums_up_everything_once_and_multiplying_does_as_many_as_it_says() {
        let isa = Isa::best();
        let length = 3 * SUMS * isa.lanes();
        let mut memory = Aligned::<f32>::zeros(length).expect("memory");
        memory.iter_mut().enumerate().for_each(|(at, sample)| *sample = (at % 7) as f32);
        for ahead in [Prefetch::of(isa), Prefetch::Nothing] {
            assert_eq!(read(isa, &memory, ahead), memory.iter().sum::<f32>());
        }
        // Each product is 0.0005, and there are so many of them.
        let wanted = (STEPS * SUMS * isa.lanes()) as f32 * 5e-4;
        assert!((multiply(isa) - wanted).abs() < 0.01 * wanted, "{} {wanted}", multiply(isa));
    }
}
