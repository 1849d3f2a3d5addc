//! Renders sound of any length: block by block, with messages on the way.

use super::{looks::Looks, player::Player, signals::Signals};
use crate::message::{Atom, Event};

/// A message at a place in the sound.
#[derive(Clone, Debug, PartialEq)]
pub struct TimedMessage {
    /// The sample, from the first of the rendering. The box is told before the block that holds it, as in Pure Data.
    pub at_frame: u64,
    /// Its name.
    pub selector: String,
    /// Its values.
    pub atoms: Vec<Atom>,
}

impl TimedMessage {
    /// A message before the block that holds this sample.
    ///
    /// Thread: any but audio.
    pub fn new(at_frame: u64, selector: &str, atoms: &[Atom]) -> Self {
        Self { at_frame, selector: selector.into(), atoms: atoms.to_vec() }
    }
}

/// A block that has been played.
#[derive(Debug)]
pub struct Block<'a> {
    /// Its first sample, from the first of the rendering.
    pub first_frame: u64,
    /// How many of its samples count: a block, or what is left at the end.
    pub frames: usize,
    /// The outlets, a whole block long.
    pub output: &'a Signals,
    /// What the box has said since the block before, up to the end of this one.
    pub events: &'a [Event],
}

impl Block<'_> {
    /// The samples of an outlet's channel that count.
    ///
    /// Thread: any but audio.
    pub fn channel(&self, outlet: usize, channel: usize) -> &[f32] {
        let samples = self.output.channel(outlet, channel);
        &samples[..self.frames.min(samples.len())]
    }
}

impl Player {
    /// Plays what `read` gives until it gives no more, and hands every block to `write`: no more than a block is in
    /// memory, however long it takes. Gives how many samples that were.
    ///
    /// `read` gets silence at all inlets, a block long, and says how many samples it has written: less than a block is the
    /// last one, none ends at once. What comes out is late by what `latency` answers; to hear all of it, `read` goes on
    /// with silence for so long. Messages are in the order of their places; those behind the end are not sent. Polls of
    /// the box come between blocks, at the times of Pure Data's.
    ///
    /// Thread: main.
    ///
    /// # Errors
    /// What `read` or `write` fails with ends it.
    pub fn render<E>(
        &mut self,
        messages: impl IntoIterator<Item = TimedMessage>,
        mut read: impl FnMut(&mut Signals) -> Result<usize, E>,
        mut write: impl FnMut(&Block<'_>) -> Result<(), E>,
    ) -> Result<u64, E> {
        let mut messages = messages.into_iter().peekable();
        let (mut input, mut output) = (Signals::default(), Signals::default());
        let (mut first_frame, mut looks) = (0, Looks::new(self));
        loop {
            let block_frames = self.format().block_frames;
            looks.due(self);
            input.shape(self.object.inlets(), self.inlet_channels(), block_frames);
            input.unplug(&self.object);
            let frames = read(&mut input)?.min(block_frames);
            if frames == 0 {
                return Ok(first_frame);
            }
            let end = first_frame + block_frames as u64;
            while let Some(message) = messages.next_if(|message| message.at_frame < end) {
                looks.send(self, &message.selector, &message.atoms);
            }
            output.shape(self.object.outlets(), self.outlet_channels(), block_frames);
            self.block(&input, &mut output);
            let events = self.take_events();
            write(&Block { first_frame, frames, output: &output, events: &events })?;
            first_frame += frames as u64;
            if frames < block_frames {
                return Ok(first_frame);
            }
        }
    }
}
