//! The inner loop: a panel of weights against the frames of a few columns.
#![allow(unsafe_code)] // Pointers without bounds checks: their ranges are checked once per call of `multiply`.

use std::mem::MaybeUninit;

use crate::{
    element::Element,
    isa::Isa,
    panel::{Frames, MOST_OUTPUTS, Panel, Target},
    vector::{self, Vector},
};

/// The most sums of one tile, of all instruction sets.
const MOST_SUMS: usize = 6 * 64;

/// How many channels ahead samples are asked for, while fresh weights pass by and throw them out of the first cache.
const CHANNELS_AHEAD: usize = 4;
/// Columns of a piece: full tiles of every width.
const PIECE_COLUMNS: usize = 48;

/// Outputs on their way, on the stack: `[output, column]`.
struct Piece(#[expect(dead_code, reason = "only its room is used")] [f32; MOST_OUTPUTS * PIECE_COLUMNS]);

/// Sums of a tile, on the stack: `[column, output]`.
#[repr(align(64))]
struct Sums([f32; MOST_SUMS]);

/// Multiplies and writes.
///
/// # Panics
/// When the panel or the frames are too short for what they say.
///
/// # Safety
/// The processor has `isa`; everything that `target` names may be written, by nobody else meanwhile.
#[inline(always)] // Called from one place for each type of weights.
pub unsafe fn multiply<E: Element>(
    isa: Isa,
    panel: Panel<'_, E>,
    frames: Frames<'_>,
    bias: &[f32],
    target: Target,
) {
    if frames.columns == 0 || panel.outputs == 0 {
        return;
    }
    check(isa, panel, frames, bias);
    // SAFETY: the processor has `isa` and the target may be written, as this function demands; `check` saw the ranges.
    unsafe {
        match isa {
            Isa::Portable => walk::<vector::Portable, E>(isa, panel, frames, bias, target),
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => walk_avx2(isa, panel, frames, bias, target),
            #[cfg(target_arch = "x86_64")]
            Isa::Avx512 => walk_avx512(isa, panel, frames, bias, target),
            #[cfg(target_arch = "aarch64")]
            Isa::Neon => walk_neon(isa, panel, frames, bias, target),
            #[allow(unreachable_patterns, reason = "sets of other processors")]
            _ => unreachable!("{isa:?} is never available here"),
        }
    }
}

fn check<E: Element>(isa: Isa, panel: Panel<'_, E>, frames: Frames<'_>, bias: &[f32]) {
    let width = panel.vectors * isa.lanes();
    assert!(panel.vectors >= 1 && panel.vectors <= isa.panel_vectors() && panel.outputs <= width);
    assert!(panel.weights.as_ptr().addr().is_multiple_of(isa.lanes() * size_of::<E>()));
    assert_eq!(panel.weights.len(), frames.taps.len() * frames.inputs * width);
    assert!(bias.is_empty() || bias.len() == panel.outputs);
    if frames.inputs == 0 {
        return;
    }
    let last = frames.first + (frames.inputs - 1) * frames.pitch + (frames.columns - 1) * frames.step;
    for &tap in frames.taps {
        assert!(frames.first.checked_add_signed(tap).is_some());
        assert!(last.checked_add_signed(tap).is_some_and(|last| last < frames.samples.len()));
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn walk_avx2<E: Element>(
    isa: Isa,
    panel: Panel<'_, E>,
    frames: Frames<'_>,
    bias: &[f32],
    target: Target,
) {
    // SAFETY: this function is compiled for AVX2 and FMA; `multiply` calls it where the processor has that, with ranges
    // it checked.
    unsafe { walk::<vector::Avx2, E>(isa, panel, frames, bias, target) }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
unsafe fn walk_avx512<E: Element>(
    isa: Isa,
    panel: Panel<'_, E>,
    frames: Frames<'_>,
    bias: &[f32],
    target: Target,
) {
    // SAFETY: this function is compiled for AVX-512F; `multiply` calls it where the processor has that, with ranges it
    // checked.
    unsafe { walk::<vector::Avx512, E>(isa, panel, frames, bias, target) }
}

#[cfg(target_arch = "aarch64")]
#[target_feature(enable = "neon")]
unsafe fn walk_neon<E: Element>(
    isa: Isa,
    panel: Panel<'_, E>,
    frames: Frames<'_>,
    bias: &[f32],
    target: Target,
) {
    // SAFETY: this function is compiled for NEON; `multiply` calls it where the processor has that, with ranges it
    // checked.
    unsafe { walk::<vector::Neon, E>(isa, panel, frames, bias, target) }
}

/// All columns.
///
/// # Safety
/// As for [`multiply`], with the ranges checked, inside a function that is compiled for the instruction set.
#[inline(always)]
unsafe fn walk<V: Vector, E: Element>(
    isa: Isa,
    panel: Panel<'_, E>,
    frames: Frames<'_>,
    bias: &[f32],
    target: Target,
) {
    let width = panel.vectors * V::LANES;
    // Rows that are a multiple of this apart share few lines of the cache: they are written in longer pieces.
    const CONFLICT: usize = 256;
    let conflict = frames.columns <= target.run && target.pitch.is_multiple_of(CONFLICT);
    let most = if conflict { PIECE_COLUMNS } else { frames.columns };
    let mut piece = MaybeUninit::<Piece>::uninit();
    for column in (0..frames.columns).step_by(most) {
        let columns = most.min(frames.columns - column);
        let part = Frames { first: frames.first + column * frames.step, columns, ..frames };
        let samples = piece.as_mut_ptr().cast::<f32>();
        let rows = Target { samples, first: 0, pitch: PIECE_COLUMNS, step: 1, run: columns, hop: 0 };
        // SAFETY: the piece has room for all columns of the widest panel, and `target` for these columns of this one;
        // the instruction set and ranges are as this function demands.
        unsafe {
            tiles::<V, E>(isa, panel.from(column), part, width, bias, if conflict { rows } else { target })
        };
        if !conflict {
            return;
        }
        for output in 0..panel.outputs {
            let place = target.first + output * target.pitch + column * target.step;
            for index in 0..columns {
                // SAFETY: `tiles` just wrote these columns of the piece, and `target` may be written at all of its
                // places.
                unsafe {
                    let sum = samples.add(output * PIECE_COLUMNS + index).read();
                    target.samples.add(place + index * target.step).write(sum);
                }
            }
        }
    }
}

/// All columns in tiles of about equal width, straight to the target.
///
/// # Safety
/// As for [`walk`].
#[inline(always)]
unsafe fn tiles<V: Vector, E: Element>(
    isa: Isa,
    panel: Panel<'_, E>,
    frames: Frames<'_>,
    width: usize,
    bias: &[f32],
    target: Target,
) {
    let mut sums = Sums([0.0; MOST_SUMS]);
    let mut tiles = frames.columns.div_ceil(isa.tile_frames(panel.vectors));
    let mut column = 0;
    while column < frames.columns {
        let count = (frames.columns - column).div_ceil(tiles);
        let x = frames.first + column * frames.step;
        // SAFETY: instruction set, ranges and target are as this function demands; `count` is at most `tile_frames`,
        // for which `sums` has room.
        unsafe {
            sum::<V, E>(panel.from(column), frames, x, count, sums.0.as_mut_ptr());
            spread(&sums.0[..count * width], width, panel.outputs, bias, column, target);
        }
        column += count;
        tiles -= 1;
    }
}

/// Calls the tile for numbers that are known only now.
///
/// # Safety
/// As for [`walk`]; `sums` has room for `count` columns of the panel and is aligned for a register.
#[inline(always)]
unsafe fn sum<V: Vector, E: Element>(
    panel: Panel<'_, E>,
    frames: Frames<'_>,
    x: usize,
    count: usize,
    sums: *mut f32,
) {
    macro_rules! tiles {
        ($($vectors:literal: $($columns:literal)+;)+) => {
            match (panel.vectors, count) {
                $($(($vectors, $columns) if fits::<V>($vectors, $columns) => {
                    // SAFETY: as this function demands.
                    unsafe { tile::<V, E, $vectors, $columns>(panel, frames, x, sums) }
                })+)+
                _ => unreachable!("a tile of {} by {count}", panel.vectors),
            }
        };
    }
    tiles! {
        1: 1 2 3 4 5 6 7 8 9 10 11 12;
        2: 1 2 3 4 5 6 7 8 9 10 11 12;
        3: 1 2 3 4 5 6 7 8;
        4: 1 2 3 4 5 6;
    }
}

/// Whether the instruction set has use for such a tile: keeps the others out of the program.
#[inline(always)]
const fn fits<V: Vector>(vectors: usize, columns: usize) -> bool {
    match V::LANES {
        // 16 registers, or two of the portable ones for each of ours.
        8 => vectors <= 2 && vectors * columns <= 12,
        _ => true,
    }
}

/// `COLUMNS` columns against a panel of `VECTORS` registers.
///
/// # Safety
/// As for [`sum`], with so many columns.
#[allow(clippy::needless_range_loop, reason = "iterators keep the sums in memory instead of registers")]
#[inline(always)]
unsafe fn tile<V: Vector, E: Element, const VECTORS: usize, const COLUMNS: usize>(
    panel: Panel<'_, E>,
    frames: Frames<'_>,
    x: usize,
    into: *mut f32,
) {
    // SAFETY: `check` saw that weights and samples reach as far as this reads; `into` has room, as this function
    // demands.
    unsafe {
        let mut sums = [[V::zero(); VECTORS]; COLUMNS];
        let mut weights = panel.weights.as_ptr();
        let asked = weights.wrapping_add(panel.fresh.saturating_sub(panel.prefetch.bytes() / size_of::<E>()));
        let mut first = frames.samples.as_ptr().wrapping_add(x);
        for _ in 0..frames.inputs {
            if panel.fresh > 0 {
                V::prefetch_near(first.wrapping_add(CHANNELS_AHEAD * frames.pitch).cast());
            }
            for &tap in frames.taps {
                let mut sample = first.wrapping_offset(tap);
                if weights < asked {
                    panel.prefetch.ask::<V, E>(weights, VECTORS * V::LANES);
                }
                let mut row = [V::zero(); VECTORS];
                for vector in 0..VECTORS {
                    row[vector] = E::load::<V>(weights.add(vector * V::LANES));
                }
                for column in 0..COLUMNS {
                    let splat = V::splat(sample);
                    for vector in 0..VECTORS {
                        sums[column][vector] = sums[column][vector].add_product(row[vector], splat);
                    }
                    sample = sample.wrapping_add(frames.step);
                }
                weights = weights.add(VECTORS * V::LANES);
            }
            first = first.wrapping_add(frames.pitch);
        }
        for column in 0..COLUMNS {
            for vector in 0..VECTORS {
                sums[column][vector].store(into.add((column * VECTORS + vector) * V::LANES));
            }
        }
    }
}

/// Writes the sums of the columns from `column` on to their places.
///
/// # Safety
/// `target` may be written at its places for `outputs` outputs of these columns.
#[inline(always)]
unsafe fn spread(sums: &[f32], width: usize, outputs: usize, bias: &[f32], column: usize, target: Target) {
    for (index, sums) in sums.chunks_exact(width).enumerate() {
        let column = column + index;
        let (example, column) =
            if column < target.run { (0, column) } else { (column / target.run, column % target.run) };
        let first = target.first + example * target.hop + column * target.step;
        let mut place = target.samples.wrapping_add(first);
        let mut write = |sum: f32| {
            // SAFETY: one of the places that this function demands; `write` is called once for each output.
            unsafe { place.write(sum) };
            place = place.wrapping_add(target.pitch);
        };
        if bias.is_empty() {
            sums[..outputs].iter().for_each(|&sum| write(sum));
        } else {
            sums[..outputs].iter().zip(bias).for_each(|(&sum, &bias)| write(sum + bias));
        }
    }
}
