//! Packed weights of whatever type, as packing and calls see them.
#![allow(unsafe_code)] // Hands on what `tile` demands.

use std::ops::Range;

use crate::{
    aligned::Aligned,
    bf16::Bf16,
    depthwise,
    element::{Element, ElementType},
    isa::Isa,
    panel::{Frames, Panel, Target},
    prefetch::Prefetch,
    shape::Convolution,
    tile::multiply,
};

/// Makes so many zeros of a type; `None` when that is more than an address can tell.
type Zeros = fn(usize) -> Option<Box<dyn Weights>>;

/// One row for every type that can be asked for.
const TYPES: [(ElementType, Zeros); 2] =
    [(ElementType::F32, zeros::<f32>), (ElementType::Bf16, zeros::<Bf16>)];

impl ElementType {
    /// All that can be asked for.
    pub fn all() -> impl Iterator<Item = Self> {
        TYPES.iter().map(|&(element, _)| element)
    }

    /// See [`Zeros`].
    pub(crate) fn zeros(self, count: usize) -> Option<Box<dyn Weights>> {
        let (_, zeros) = TYPES.iter().find(|&&(element, _)| element == self)?;
        zeros(count)
    }
}

fn zeros<E: Element>(count: usize) -> Option<Box<dyn Weights>> {
    Some(Box::new(Aligned::<E>::zeros(count)?))
}

/// One panel of some weights.
#[derive(Clone)]
pub struct PanelOf {
    /// Which of the weights.
    pub weights: Range<usize>,
    /// See [`Panel::vectors`].
    pub vectors: usize,
    /// See [`Panel::outputs`].
    pub outputs: usize,
    /// Whether this call has not read it before.
    pub fresh: bool,
    /// See [`Panel::prefetch`].
    pub prefetch: Prefetch,
}

/// Memory of weights.
pub trait Weights: Send + Sync {
    /// Their memory.
    fn bytes(&self) -> usize;

    /// Writes weights from a place on. `None` when one of them is not finite, or not in this type.
    fn put(&mut self, first: usize, weights: &[f32]) -> Option<()>;

    /// Multiplies a panel with frames and writes the sums.
    ///
    /// # Panics
    /// As [`multiply`].
    ///
    /// # Safety
    /// As for [`multiply`].
    unsafe fn multiply(&self, isa: Isa, panel: PanelOf, frames: Frames<'_>, bias: &[f32], target: Target);

    /// One output channel of one example, for channels that are each for themselves: their weights lie as given.
    fn fill_row(&self, shape: &Convolution, output: usize, x: &[f32], bias: f32, y: &mut [f32]);
}

impl<E: Element> Weights for Aligned<E> {
    fn bytes(&self) -> usize {
        size_of_val::<[E]>(self)
    }

    fn put(&mut self, first: usize, weights: &[f32]) -> Option<()> {
        for (place, &weight) in self[first..][..weights.len()].iter_mut().zip(weights) {
            *place = E::nearest(weight);
            if !place.value().is_finite() {
                return None;
            }
        }
        Some(())
    }

    unsafe fn multiply(&self, isa: Isa, panel: PanelOf, frames: Frames<'_>, bias: &[f32], target: Target) {
        let PanelOf { weights, vectors, outputs, fresh, prefetch } = panel;
        let fresh = if fresh { self.len() - weights.start } else { 0 };
        let panel = Panel { weights: &self[weights], vectors, outputs, fresh, prefetch };
        // SAFETY: the processor has `isa`, and `target` is this call's alone to write, as this function demands.
        unsafe { multiply(isa, panel, frames, bias, target) }
    }

    fn fill_row(&self, shape: &Convolution, output: usize, x: &[f32], bias: f32, y: &mut [f32]) {
        let taps = &self[output * shape.kernel..][..shape.kernel];
        depthwise::fill_row(shape, taps, x, bias, y);
    }
}
