//! Weights in the order in which they are read.

use std::ops::Range;

use crate::{
    depthwise, element::ElementType, isa::Isa, panel::MOST_OUTPUTS, plan::Phase, prefetch::Prefetch,
    shape::Convolution, weights::Weights,
};

/// One panel: `[input, tap, lane]`.
pub struct Place {
    pub phase: usize,
    pub group: usize,
    /// Of the group's outputs.
    pub outputs: Range<usize>,
    pub vectors: usize,
    pub weights: Range<usize>,
}

/// A convolution with its weights. Any number of threads may run it at the same time.
pub struct Packed {
    pub(crate) shape: Convolution,
    pub(crate) isa: Isa,
    pub(crate) prefetch: Prefetch,
    pub(crate) phases: Vec<Phase>,
    pub(crate) tap_offsets: Vec<Vec<isize>>,
    /// Empty for channels that are each for themselves: then the weights lie as given.
    pub(crate) places: Vec<Place>,
    pub(crate) weights: Box<dyn Weights>,
}

/// Why a shape is not covered. The numbers are those of `nn_kernels_refusal` in `torch/library/shim/kernels.h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It makes no sense.
    Unsound = 1,
    /// Groups with fewer than four outputs, unless each output reads one channel.
    Groups = 2,
    /// Transposed, with so few outputs that half of a register or more would be unused.
    Few = 3,
}

impl Refusal {
    /// Why this processor's best instruction set does not cover a shape; `None` where it does.
    pub fn of_shape(shape: &Convolution) -> Option<Self> {
        Self::of(Isa::best(), shape)
    }

    fn of(isa: Isa, shape: &Convolution) -> Option<Self> {
        match shape {
            _ if !shape.is_sound() => Some(Self::Unsound),
            _ if depthwise::suits(shape) => None,
            _ if shape.groups > 1 && shape.group_outputs() < 4 => Some(Self::Groups),
            _ if shape.transposed && few_outputs(shape, isa) => Some(Self::Few),
            _ => None,
        }
    }
}

impl Packed {
    /// Packs `weights`, `[out, in / groups, kernel]` or transposed `[in, out / groups, kernel]`, for the best
    /// instruction set of this processor, and keeps them as `element`. Allocates; any thread.
    ///
    /// `None` for what is not covered: shapes without sense, another number of weights, groups with fewer than four
    /// outputs (unless each output reads one channel), transposed ones with few outputs, weights that are not finite,
    /// as they are or as `element`.
    pub fn new(element: ElementType, shape: &Convolution, weights: &[f32]) -> Option<Self> {
        Self::with_isa(Isa::best(), element, shape, weights)
    }

    /// The same for an instruction set out of [`Isa::available`]; `None` for any other.
    pub fn with_isa(isa: Isa, element: ElementType, shape: &Convolution, weights: &[f32]) -> Option<Self> {
        let sound = shape.is_sound() && shape.weight_count() == Some(weights.len());
        if !sound || !Isa::available().contains(&isa) {
            return None;
        }
        let prefetch = Prefetch::of(isa);
        if depthwise::suits(shape) {
            let mut copy = element.zeros(weights.len())?;
            copy.put(0, weights)?;
            let (phases, tap_offsets, places) = (Vec::new(), Vec::new(), Vec::new());
            return Some(Self { shape: *shape, isa, prefetch, phases, tap_offsets, places, weights: copy });
        }
        if Refusal::of(isa, shape).is_some() {
            return None;
        }
        let phases = Phase::of(shape);
        let places = places(shape, isa, &phases);
        let mut packed = element.zeros(places.last().map_or(0, |place| place.weights.end))?;
        for place in &places {
            put_panel(&mut *packed, shape, place, &phases[place.phase], isa, weights)?;
        }
        let offsets = |phase: &Phase| phase.taps.iter().map(|&(_, offset)| offset).collect();
        let tap_offsets = phases.iter().map(offsets).collect();
        Some(Self { shape: *shape, isa, prefetch, phases, tap_offsets, places, weights: packed })
    }

    /// What was packed.
    pub fn shape(&self) -> &Convolution {
        &self.shape
    }

    /// Memory of the packed weights.
    pub fn bytes(&self) -> usize {
        self.weights.bytes()
    }

    /// Into how many parts a call can be divided among threads.
    pub fn parts(&self) -> usize {
        if self.places.is_empty() { self.shape.out_channels } else { self.places.len() }
    }

    /// Whether a call can be computed, and faster than by libraries that lay the weights out anew for every call.
    pub fn is_worthwhile(&self, batch: usize, in_frames: usize) -> bool {
        const MOST_FRAMES: usize = 1 << 24;
        if batch == 0 || in_frames == 0 || in_frames >= MOST_FRAMES {
            return false;
        }
        // Measured (docs/KERNELS.md): beyond these, laying out weights anew costs less than what is not used here.
        let products = self.shape.group_inputs() * self.shape.kernel;
        let most = if self.places.is_empty() {
            4096
        } else if few_outputs(&self.shape, self.isa) || products < 16 {
            64
        } else {
            MOST_FRAMES
        };
        (1..=most).contains(&self.shape.out_frames(in_frames))
    }
}

/// Writes the weights of one panel, a row of lanes after the other. `None` when one of them cannot be kept.
fn put_panel(
    packed: &mut dyn Weights,
    shape: &Convolution,
    place: &Place,
    phase: &Phase,
    isa: Isa,
    weights: &[f32],
) -> Option<()> {
    let width = place.vectors * isa.lanes();
    let order =
        (0..shape.group_inputs()).flat_map(|input| phase.taps.iter().map(move |&(tap, _)| (tap, input)));
    for (first, (tap, input)) in place.weights.clone().step_by(width).zip(order) {
        let mut row = [0.0; MOST_OUTPUTS];
        let row = &mut row[..place.outputs.len()];
        for (lane, output) in row.iter_mut().zip(place.outputs.clone()) {
            *lane = weights[shape.weight_at(place.group, input, output, tap)];
        }
        packed.put(first, row)?;
    }
    Some(())
}

/// Whether half of the lanes or more would be nobody's.
fn few_outputs(shape: &Convolution, isa: Isa) -> bool {
    let outputs = shape.group_outputs();
    outputs * 2 <= outputs.next_multiple_of(isa.lanes())
}

/// Panels in the order in which they are read, as equal in width as can be.
fn places(shape: &Convolution, isa: Isa, phases: &[Phase]) -> Vec<Place> {
    let vectors = shape.group_outputs().div_ceil(isa.lanes());
    let panels = vectors.div_ceil(isa.panel_vectors());
    let mut places = Vec::new();
    let mut end = 0;
    for (phase, taps) in phases.iter().map(|phase| phase.taps.len()).enumerate() {
        for group in 0..shape.groups {
            let mut begin_vector = 0;
            for left in (1..=panels).rev() {
                let vectors = (vectors - begin_vector).div_ceil(left);
                let begin = begin_vector * isa.lanes();
                let outputs = begin..(begin + vectors * isa.lanes()).min(shape.group_outputs());
                let start = end;
                end += taps * shape.group_inputs() * vectors * isa.lanes();
                places.push(Place { phase, group, outputs, vectors, weights: start..end });
                begin_vector += vectors;
            }
        }
    }
    places
}
