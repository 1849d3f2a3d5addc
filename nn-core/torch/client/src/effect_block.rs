//! One call of an effect: which rows its code gets, and where its answer goes.
//!
//! Thread: owner.

use nn_model::{
    RunError, TensorView, TensorViewMut,
    effect::MOST_PARAMETERS,
    spec::{MethodSpec, ModelSpec},
};

/// The rows of an effect's calls, which are constant for the life of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// The name of its method.
    pub(super) method: String,
    /// Inputs that are sound.
    sounds: usize,
    /// Outputs.
    outputs: usize,
    /// The row of each parameter that is used, in the order of the inputs behind those of sound.
    rows: Vec<usize>,
    /// The blocks with which its code can be called; none where any will do.
    native_frames: Vec<usize>,
}

impl Layout {
    /// That of an effect.
    pub(super) fn of(spec: &ModelSpec) -> Self {
        let method = spec.methods.first();
        let count = |of: fn(&MethodSpec) -> usize| method.map_or(0, of);
        let mut native_frames = spec.native.buffers_frames.clone();
        native_frames.sort_unstable_by(|a, b| b.cmp(a));
        Self {
            method: method.map_or_else(String::new, |method| method.name.clone()),
            sounds: count(|method| method.in_channels - method.parameters),
            outputs: count(|method| method.out_channels),
            rows: spec.parameters.iter().filter_map(nn_model::effect::Parameter::row).collect(),
            native_frames,
        }
    }

    /// Rows of sound: it answers as many as it gets.
    pub(super) fn sound_rows(&self) -> usize {
        self.sounds.max(self.outputs)
    }

    /// In blocks of how many frames so many are run: the largest native one that divides them.
    pub(super) fn block_frames(&self, frames: usize) -> Result<usize, RunError> {
        let fits = |&native: &usize| native > 0 && frames.is_multiple_of(native);
        match self.native_frames.iter().copied().find(fits) {
            Some(native) => Ok(native),
            None if self.native_frames.is_empty() => Ok(frames.max(1)),
            None => {
                let sizes: Vec<_> = self.native_frames.iter().rev().map(ToString::to_string).collect();
                let what = format!("it runs at {} samples, not at {frames}", sizes.join(", "));
                Err(RunError::Threw { method: self.method.clone(), what })
            }
        }
    }
}

/// Memory for one call, kept from run to run.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// `[sound rows + 4, frames]`.
    input: Vec<f32>,
    /// `[sound rows, frames]`.
    answer: Vec<f32>,
    /// What the first example's parameters were at the end of the last call.
    heard: Vec<f32>,
}

impl Block {
    /// Takes the memory for calls of so many frames.
    pub(super) fn make_room(&mut self, layout: &Layout, frames: usize) {
        self.input.resize((layout.sound_rows() + MOST_PARAMETERS) * frames, 0.0);
        self.answer.resize(layout.sound_rows() * frames, 0.0);
        self.heard.reserve(layout.rows.len());
    }

    /// Writes the rows for frames `at..at + frames` of an example. `values` count where a parameter has no signal (NaN).
    /// Parameters are from 0 to 1, as the knobs for which they were made.
    pub(super) fn fill(
        &mut self,
        layout: &Layout,
        values: &[f32],
        input: &TensorView<'_>,
        example: usize,
        at: usize,
        frames: usize,
    ) {
        self.make_room(layout, frames);
        let lane = |channel: usize| {
            let begin = (example * input.channels + channel) * input.frames + at;
            &input.samples[begin..begin + frames]
        };
        let (sounds, parameters) = self.input.split_at_mut(layout.sound_rows() * frames);
        for (channel, row) in sounds.chunks_exact_mut(frames).enumerate() {
            row.copy_from_slice(lane(channel.min(layout.sounds.saturating_sub(1))));
        }
        parameters.fill(0.0);
        if example == 0 {
            self.heard.clear();
        }
        for (number, (&row, &value)) in layout.rows.iter().zip(values).enumerate() {
            let row = &mut parameters[row * frames..(row + 1) * frames];
            for (sink, &signal) in row.iter_mut().zip(lane(layout.sounds + number)) {
                *sink = if signal.is_nan() { value } else { signal.clamp(0.0, 1.0) };
            }
            if example == 0 {
                self.heard.extend(row.last());
            }
        }
    }

    /// What the code is called with, and where its answer goes.
    pub(super) fn views(&mut self, layout: &Layout, frames: usize) -> (TensorView<'_>, TensorViewMut<'_>) {
        let channels = layout.sound_rows();
        (
            TensorView { samples: &self.input, batch: 1, channels: channels + MOST_PARAMETERS, frames },
            TensorViewMut { samples: &mut self.answer, batch: 1, channels, frames },
        )
    }

    /// Passes the answer on: of two rows for one output both are the same.
    pub(super) fn take(
        &self,
        layout: &Layout,
        output: &mut TensorViewMut<'_>,
        example: usize,
        at: usize,
        frames: usize,
    ) {
        for (channel, row) in self.answer.chunks_exact(frames).take(layout.outputs).enumerate() {
            let begin = (example * output.channels + channel) * output.frames + at;
            output.samples[begin..begin + frames].copy_from_slice(row);
        }
    }

    /// What a parameter was last, if there was a call.
    pub(super) fn heard(&self, number: usize) -> Option<f32> {
        self.heard.get(number).copied()
    }
}
