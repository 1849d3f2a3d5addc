//! What the model has heard last, so that its input never jumps: models with memory would answer with a click.

use crate::port::{
    buffer::{Buffer, BufferShape},
    declick::Declick,
};

/// The inputs of a stream, lane by lane.
#[derive(Debug)]
pub(super) struct InputState {
    /// The last sample of each lane that a model was given.
    pub(super) given: Vec<f32>,
    /// The next buffer does not continue the last one that was handed over.
    gap: bool,
    /// Of each channel of the model: whether it takes a signal, of which one between two is one too; classes and steps
    /// are not faded.
    pub(super) fades: Vec<bool>,
    /// So many of the last channels are parameters, which carry NaN where there is no signal.
    pub(super) parameters: usize,
    /// Whether the model goes on in the state that it had in the stream before.
    pub(super) keeps_state: bool,
}

impl InputState {
    pub(super) fn new(shape: &BufferShape, gap: bool) -> Self {
        let fades = vec![true; shape.in_channels];
        Self { given: vec![0.0; shape.in_lanes()], gap, fades, parameters: 0, keeps_state: false }
    }

    fn fades(&self, lane: usize) -> bool {
        self.is_signal(lane % self.fades.len().max(1))
    }

    /// Whether a channel of the model takes a signal.
    pub(super) fn is_signal(&self, channel: usize) -> bool {
        self.fades.get(channel).copied().unwrap_or(true)
    }

    /// Whether a lane is a parameter.
    pub(super) fn is_parameter(&self, lane: usize) -> bool {
        let channels = self.fades.len().max(1);
        lane % channels >= channels - self.parameters.min(channels)
    }

    /// A lane for which the host has no signal.
    pub(super) fn absent(&self, declick: &mut Declick, lane: usize, sink: &mut [f32]) {
        if self.is_parameter(lane) { sink.fill(f32::NAN) } else { declick.write_gone(lane, sink) }
    }

    /// A buffer begins.
    pub(super) fn begin_buffer(&self, declick: &mut Declick) {
        if !self.gap {
            return;
        }
        for (lane, &end) in self.given.iter().enumerate().filter(|&(lane, _)| self.fades(lane)) {
            declick.rise(lane, end);
        }
    }

    /// What is captured from now on does not continue what was captured before.
    pub(super) fn begin_again(&self, declick: &mut Declick) {
        (0..self.given.len()).filter(|&lane| self.fades(lane)).for_each(|lane| declick.rise_again(lane));
    }

    /// A part of a lane that falls into a pause.
    pub(super) fn pause(&self, declick: &mut Declick, lane: usize, sink: &mut [f32]) {
        match self.fades(lane) {
            _ if self.is_parameter(lane) => sink.fill(f32::NAN),
            true => declick.write_gone(lane, sink),
            false => sink.fill(0.0),
        }
    }

    /// A buffer is handed over.
    pub(super) fn give(&mut self, buffer: &Buffer) {
        let lanes = buffer.input.chunks_exact(buffer.shape.buffer_frames.max(1));
        for (given, lane) in self.given.iter_mut().zip(lanes) {
            *given = lane.last().copied().unwrap_or(0.0);
        }
    }

    /// A buffer has come to its end.
    pub(super) fn end_buffer(&mut self, handed_over: bool) {
        self.gap = !handed_over;
    }

    /// Goes on where a stream with another number of examples has ended.
    pub(super) fn continue_from(&mut self, old: &mut Self) {
        self.given.iter_mut().zip(&old.given).for_each(|(given, &old)| *given = old);
        self.gap = old.gap;
        std::mem::swap(&mut self.fades, &mut old.fades);
        self.parameters = old.parameters;
    }
}
