//! What the inner loop is given: weights, the frames that they meet, and where the sums go.

use crate::{element::Element, prefetch::Prefetch};

/// The most outputs of one panel, of all instruction sets.
pub const MOST_OUTPUTS: usize = 64;

/// Weights `[input, tap, vectors * lanes]`, beginning where a register may. All taps of a channel meet its samples one
/// after another, so that these come from the second cache but once.
#[derive(Clone, Copy)]
pub struct Panel<'a, E> {
    pub weights: &'a [E],
    /// Registers side by side.
    pub vectors: usize,
    /// Output channels; the lanes after them are nobody's.
    pub outputs: usize,
    /// How many weights from the first one on, those of later panels too, are read for the first time in this call:
    /// they are asked for ahead of time.
    pub fresh: usize,
    /// How they are asked for.
    pub prefetch: Prefetch,
}

impl<E: Element> Panel<'_, E> {
    /// For the columns from `column` on: only for the first ones it is fresh.
    #[inline(always)]
    pub fn from(self, column: usize) -> Self {
        Self { fresh: if column == 0 { self.fresh } else { 0 }, ..self }
    }
}

/// Frames that a panel meets.
#[derive(Clone, Copy)]
pub struct Frames<'a> {
    pub samples: &'a [f32],
    /// Where the first column's first input stands.
    pub first: usize,
    /// Channels, and samples from one to the next.
    pub inputs: usize,
    pub pitch: usize,
    /// Where each tap reads, from the column's own place.
    pub taps: &'a [isize],
    /// How many columns, and samples from one to the next.
    pub columns: usize,
    pub step: usize,
}

/// Where sums go: output `o` of column `c` to `first + o * pitch + c / run * hop + c % run * step`.
#[derive(Clone, Copy)]
pub struct Target {
    pub samples: *mut f32,
    pub first: usize,
    pub pitch: usize,
    pub step: usize,
    /// Columns until the next example, and samples to it.
    pub run: usize,
    pub hop: usize,
}
