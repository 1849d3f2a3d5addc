//! The calls that read packed weights.
#![allow(unsafe_code)] // Writes into an output that several threads may share, part by part.

use std::ops::Range;

use crate::{
    input::{self, Rows},
    pack::{Packed, Place},
    panel::{Frames, Target},
    weights::PanelOf,
};

/// One call, with sizes that were checked.
#[derive(Clone, Copy)]
struct Call<'a> {
    batch: usize,
    in_frames: usize,
    out_frames: usize,
    /// `[batch, in_channels, in_frames]`.
    x: &'a [f32],
    /// `[out_channels]`.
    bias: Option<&'a [f32]>,
    /// `[batch, out_channels, out_frames]`.
    y: *mut f32,
}

impl Packed {
    /// Computes `y`, `[batch, out_channels, out_frames]`, from `x`, `[batch, in_channels, in_frames]`, all contiguous.
    /// Allocates only when a thread sees a larger input than ever before.
    ///
    /// # Panics
    /// When a slice has another length than the shape says, or the output would be empty.
    pub fn run(&self, batch: usize, in_frames: usize, x: &[f32], bias: Option<&[f32]>, y: &mut [f32]) {
        assert_eq!(y.len(), batch * self.shape.out_channels * self.shape.out_frames(in_frames), "the output");
        // SAFETY: the output has the length of the shape, and `y` is borrowed for this call alone.
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
        let call = Call { batch, in_frames, out_frames, x, bias, y };
        if self.places.is_empty() {
            for row in (0..batch).flat_map(|example| parts.clone().map(move |output| (example, output))) {
                // SAFETY: `y` holds this row, and only this part of these writes it.
                unsafe { self.run_row(call, row) };
            }
            return;
        }
        input::with_room(|rows_room, columns_room| {
            let margins = input::margins(&self.phases, in_frames, out_frames);
            let rows = input::rows(x, in_frames, margins, rows_room);
            let places = &self.places[parts];
            for places in places.chunk_by(|a, b| a.phase == b.phase) {
                // SAFETY: `y` holds what these places write, which are some of the parts that are this call's alone.
                unsafe { self.run_phase(call, places, rows, columns_room) };
            }
        });
    }

    /// One channel of one example, where channels are each for themselves.
    ///
    /// # Safety
    /// The call's `y` holds this row, and nobody else reads or writes it.
    unsafe fn run_row(&self, call: Call<'_>, (example, output): (usize, usize)) {
        let shape = &self.shape;
        let input = example * shape.in_channels + output / shape.group_outputs();
        let first = (example * shape.out_channels + output) * call.out_frames;
        // SAFETY: `y` holds this row, which is ours alone, as this function demands.
        let y = unsafe { std::slice::from_raw_parts_mut(call.y.add(first), call.out_frames) };
        let x = &call.x[input * call.in_frames..][..call.in_frames];
        self.weights.fill_row(shape, output, x, call.bias.map_or(0.0, |bias| bias[output]), y);
    }

    /// Panels of one phase.
    ///
    /// # Safety
    /// The call's `y` holds what these places write, and nobody else reads or writes it.
    unsafe fn run_phase(&self, call: Call<'_>, places: &[Place], rows: Rows<'_>, room: &mut Vec<f32>) {
        let (shape, index) = (&self.shape, places[0].phase);
        let phase = &self.phases[index];
        let (first, from, count) = phase.columns(call.out_frames);
        if count == 0 {
            return;
        }
        // With a few frames of many examples a panel would be read once for every example.
        let together =
            call.batch > 1 && shape.groups == 1 && count < 2 * self.isa.tile_frames(self.isa.panel_vectors());
        let gathered = together.then(|| input::columns(shape, phase, rows, (first, count), room));
        let target = Target {
            samples: call.y,
            first: from,
            pitch: call.out_frames,
            step: phase.out_step,
            run: count,
            hop: shape.out_channels * call.out_frames,
        };
        let inputs = shape.group_inputs();
        for place in places {
            for example in 0..if together { 1 } else { call.batch } {
                let frames = if let Some(samples) = gathered {
                    let columns = call.batch * count;
                    let inputs = phase.taps.len() * inputs;
                    Frames { samples, first: 0, inputs, pitch: columns, taps: &[0], columns, step: 1 }
                } else {
                    let row = example * shape.in_channels + place.group * inputs;
                    Frames {
                        samples: rows.samples,
                        first: row * rows.pitch + rows.origin + first * phase.in_step,
                        inputs,
                        pitch: rows.pitch,
                        taps: &self.tap_offsets[index],
                        columns: count,
                        step: phase.in_step,
                    }
                };
                // SAFETY: `y` holds what this place writes, which is ours alone, as this function demands.
                unsafe { self.run_panel(place, frames, call.bias, example, target) };
            }
        }
    }

    /// One panel against frames that belong to the examples from `example` on; `target` is where the phase writes.
    ///
    /// # Safety
    /// `target` may be written where this place writes these examples, and nobody else reads or writes there.
    unsafe fn run_panel(
        &self,
        place: &Place,
        frames: Frames<'_>,
        bias: Option<&[f32]>,
        example: usize,
        target: Target,
    ) {
        let outputs = place.group * self.shape.group_outputs() + place.outputs.start;
        let panel = PanelOf {
            weights: place.weights.clone(),
            vectors: place.vectors,
            outputs: place.outputs.len(),
            fresh: example == 0,
            prefetch: self.prefetch,
        };
        let bias = bias.map_or(&[][..], |bias| &bias[outputs..][..panel.outputs]);
        let first = target.first + outputs * target.pitch + example * target.hop;
        // SAFETY: packing took an instruction set that this processor has; the target is where this place writes these
        // examples, which is ours alone, as this function demands.
        unsafe { self.weights.multiply(self.isa, panel, frames, bias, Target { first, ..target }) }
    }
}
