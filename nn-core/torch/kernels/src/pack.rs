//! Weights in the order in which they are read, and the calls that read them.
#![allow(unsafe_code)] // Writes into an output that several threads may share, part by part.

use std::ops::Range;

use crate::{
    ahead::Ahead,
    aligned::Aligned,
    depthwise,
    input::{self, Rows},
    isa::Isa,
    plan::Phase,
    shape::Convolution,
    tile::{Frames, Panel, Target, multiply},
};

/// One panel: `[input, tap, lane]` from `first` on.
struct Place {
    phase: usize,
    group: usize,
    /// Of the group's outputs.
    outputs: Range<usize>,
    vectors: usize,
    weights: Range<usize>,
}

/// A convolution with its weights. Any number of threads may run it at the same time.
pub struct Packed {
    shape: Convolution,
    isa: Isa,
    ahead: Ahead,
    phases: Vec<Phase>,
    tap_offsets: Vec<Vec<isize>>,
    /// Empty for channels that are each for themselves: then the weights are as given.
    places: Vec<Place>,
    weights: Aligned,
}

impl Packed {
    /// Packs `weights`, `[out, in / groups, kernel]` or transposed `[in, out / groups, kernel]`, for the best
    /// instruction set of this processor.
    ///
    /// `None` for what is not covered: shapes without sense, another number of weights, groups with fewer than four
    /// outputs (unless each output reads one channel), transposed ones with few outputs, weights that are not finite.
    pub fn new(shape: &Convolution, weights: &[f32]) -> Option<Self> {
        Self::with_isa(Isa::best(), shape, weights)
    }

    /// The same for an instruction set out of [`Isa::available`]; `None` for any other.
    pub fn with_isa(isa: Isa, shape: &Convolution, weights: &[f32]) -> Option<Self> {
        let sound = shape.is_sound() && shape.weight_count() == Some(weights.len());
        // Beside the input stand zeros, and infinity times zero is no zero.
        if !sound || !Isa::available().contains(&isa) || !weights.iter().all(|weight| weight.is_finite()) {
            return None;
        }
        let ahead = Ahead::of(isa);
        if depthwise::suits(shape) {
            let mut copy = Aligned::zeros(weights.len())?;
            copy.copy_from_slice(weights);
            let (phases, tap_offsets, places) = (Vec::new(), Vec::new(), Vec::new());
            return Some(Self { shape: *shape, isa, ahead, phases, tap_offsets, places, weights: copy });
        }
        let few = few_outputs(shape, isa);
        if (shape.groups > 1 && shape.group_outputs() < 4) || (shape.transposed && few) {
            return None;
        }
        let phases = Phase::of(shape);
        let places = places(shape, isa, &phases);
        let mut packed = Aligned::zeros(places.last().map_or(0, |place| place.weights.end))?;
        for place in &places {
            let taps = &phases[place.phase].taps;
            let width = place.vectors * isa.lanes();
            let rows = packed[place.weights.clone()].chunks_exact_mut(width);
            let order =
                (0..shape.group_inputs()).flat_map(|input| taps.iter().map(move |&(tap, _)| (tap, input)));
            for (row, (tap, input)) in rows.zip(order) {
                for (lane, output) in row.iter_mut().zip(place.outputs.clone()) {
                    *lane = weights[shape.weight_at(place.group, input, output, tap)];
                }
            }
        }
        let offsets = |phase: &Phase| phase.taps.iter().map(|&(_, offset)| offset).collect();
        let tap_offsets = phases.iter().map(offsets).collect();
        Some(Self { shape: *shape, isa, ahead, phases, tap_offsets, places, weights: packed })
    }

    /// What was packed.
    pub fn shape(&self) -> &Convolution {
        &self.shape
    }

    /// Memory of the packed weights.
    pub fn bytes(&self) -> usize {
        self.weights.len() * size_of::<f32>()
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

    /// Into how many parts a call can be divided among threads.
    pub fn parts(&self) -> usize {
        if self.places.is_empty() { self.shape.out_channels } else { self.places.len() }
    }

    /// Computes `y`, `[batch, out_channels, out_frames]`, from `x`, `[batch, in_channels, in_frames]`, all contiguous.
    /// Allocates only when a thread sees a larger input than ever before.
    ///
    /// # Panics
    /// When a slice has another length than the shape says, or the output would be empty.
    pub fn run(&self, batch: usize, in_frames: usize, x: &[f32], bias: Option<&[f32]>, y: &mut [f32]) {
        assert_eq!(y.len(), batch * self.shape.out_channels * self.shape.out_frames(in_frames), "the output");
        // SAFETY: the output has the length of the shape, and this is the only access to it.
        unsafe { self.run_parts(0..self.parts(), batch, in_frames, x, bias, y.as_mut_ptr()) }
    }

    /// Some of the parts: each writes its own piece of the output.
    ///
    /// # Panics
    /// As [`Packed::run`], for the input and the bias.
    ///
    /// # Safety
    /// `y` holds `[batch, out_channels, out_frames]`, and nobody else reads or writes what these parts write.
    pub unsafe fn run_parts(
        &self,
        parts: Range<usize>,
        batch: usize,
        in_frames: usize,
        x: &[f32],
        bias: Option<&[f32]>,
        y: *mut f32,
    ) {
        let shape = &self.shape;
        let out_frames = shape.out_frames(in_frames);
        assert!(batch > 0 && in_frames > 0 && out_frames > 0, "nothing to compute");
        assert_eq!(x.len(), batch * shape.in_channels * in_frames, "the input");
        assert!(bias.is_none_or(|bias| bias.len() == shape.out_channels), "the bias");
        assert!(parts.end <= self.parts(), "the parts");
        if self.places.is_empty() {
            for row in (0..batch).flat_map(|example| parts.clone().map(move |output| (example, output))) {
                // SAFETY: promised by the caller; rows do not overlap.
                unsafe { self.run_row(row, in_frames, x, bias, y) };
            }
            return;
        }
        input::with_room(|rows_room, columns_room| {
            let margins = input::margins(&self.phases, in_frames, out_frames);
            let rows = input::rows(x, in_frames, margins, rows_room);
            let places = &self.places[parts];
            for places in places.chunk_by(|a, b| a.phase == b.phase) {
                // SAFETY: promised by the caller.
                unsafe { self.run_phase(places, batch, rows, columns_room, out_frames, bias, y) };
            }
        });
    }

    /// # Safety
    /// As for [`Packed::run_parts`].
    unsafe fn run_row(
        &self,
        (example, output): (usize, usize),
        in_frames: usize,
        x: &[f32],
        bias: Option<&[f32]>,
        y: *mut f32,
    ) {
        let shape = &self.shape;
        let input = example * shape.in_channels + output / shape.group_outputs();
        let out_frames = shape.out_frames(in_frames);
        // SAFETY: the output holds this row, which is only ours.
        let y = unsafe {
            std::slice::from_raw_parts_mut(
                y.add((example * shape.out_channels + output) * out_frames),
                out_frames,
            )
        };
        let taps = &self.weights[output * shape.kernel..][..shape.kernel];
        let x = &x[input * in_frames..][..in_frames];
        depthwise::fill_row(shape, taps, x, bias.map_or(0.0, |bias| bias[output]), y);
    }

    /// Panels of one phase.
    ///
    /// # Safety
    /// As for [`Packed::run_parts`].
    #[allow(clippy::too_many_arguments, reason = "one call split in two")]
    unsafe fn run_phase(
        &self,
        places: &[Place],
        batch: usize,
        rows: Rows<'_>,
        room: &mut Vec<f32>,
        out_frames: usize,
        bias: Option<&[f32]>,
        y: *mut f32,
    ) {
        let (shape, index) = (&self.shape, places[0].phase);
        let phase = &self.phases[index];
        let (first, from, count) = phase.columns(out_frames);
        if count == 0 {
            return;
        }
        let inputs = shape.group_inputs();
        let example_outputs = shape.out_channels * out_frames;
        // With a few frames of many examples a panel would be read once for every example.
        let together =
            batch > 1 && shape.groups == 1 && count < 2 * self.isa.tile_frames(self.isa.panel_vectors());
        let gathered = together.then(|| input::columns(shape, phase, rows, (first, count), room));
        for place in places {
            let outputs = place.group * shape.group_outputs() + place.outputs.start;
            let panel = Panel {
                weights: &self.weights[place.weights.clone()],
                vectors: place.vectors,
                outputs: place.outputs.len(),
                fresh: self.weights.len() - place.weights.start,
                ahead: self.ahead,
            };
            let bias = bias.map_or(&[][..], |bias| &bias[outputs..][..panel.outputs]);
            let target = Target {
                samples: y,
                first: outputs * out_frames + from,
                pitch: out_frames,
                step: phase.out_step,
                run: count,
                hop: example_outputs,
            };
            if let Some(samples) = gathered {
                let frames = Frames {
                    samples,
                    first: 0,
                    inputs: phase.taps.len() * inputs,
                    pitch: batch * count,
                    taps: &[0],
                    columns: batch * count,
                    step: 1,
                };
                // SAFETY: promised by the caller.
                unsafe { multiply(self.isa, panel, frames, bias, target) };
                continue;
            }
            for example in 0..batch {
                let row = example * shape.in_channels + place.group * inputs;
                let frames = Frames {
                    samples: rows.samples,
                    first: row * rows.pitch + rows.origin + first * phase.in_step,
                    inputs,
                    pitch: rows.pitch,
                    taps: &self.tap_offsets[index],
                    columns: count,
                    step: phase.in_step,
                };
                let target = Target { first: target.first + example * example_outputs, ..target };
                let panel = Panel { fresh: if example == 0 { panel.fresh } else { 0 }, ..panel };
                // SAFETY: promised by the caller.
                unsafe { multiply(self.isa, panel, frames, bias, target) };
            }
        }
    }
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
