//! Plays the boxes, block by block.

use std::path::Path;

use nn_core::{
    message::Event,
    offline::{Chain, Signals},
};

use super::{feed::Feed, rack::Rack, takers::Taker};
use crate::{
    boxes::{BLOCK_FRAMES, without_name},
    failure::Failure,
};

/// Samples between two looks at how far it is.
const LOOK_FRAMES: u64 = 1 << 14;

/// What was counted while it played.
#[derive(Clone, Debug, Default)]
pub struct Played {
    /// Length of the input.
    pub input_frames: u64,
    /// Buffers in which a model answered NaN or infinity, which boxes play as silence.
    pub non_finite: u64,
    /// Buffers in which a model raised, or answered something unusable.
    pub faults: u64,
    /// Errors that boxes have told, each once.
    pub errors: Vec<String>,
    /// Other lines of theirs.
    pub notes: Vec<String>,
}

impl Played {
    /// What other boxes have done besides.
    pub fn add(&mut self, other: Self) {
        self.non_finite += other.non_finite;
        self.faults += other.faults;
        self.errors.extend(other.errors);
        self.notes.extend(other.notes);
    }
}

impl Rack {
    /// Plays until nobody needs more.
    pub fn play(
        &mut self,
        feed: &mut Feed,
        path: Option<&Path>,
        takers: &mut [Taker],
        mut progress: impl FnMut(u64),
    ) -> Result<Played, Failure> {
        let inlets = self.stages[0].method.in_channels;
        let mut inputs = vec![Signals::new(inlets, 1, BLOCK_FRAMES); self.voices.len()];
        let (mut played, mut first_frame, mut ended) = (Played::default(), 0, false);
        let messages = std::mem::take(&mut self.messages);
        let mut messages = messages.into_iter().peekable();
        while takers.iter().any(|taker| !taker.is_done(first_frame)) {
            self.voices.iter_mut().for_each(Chain::look);
            let frames = feed.read(&mut inputs, path)?;
            if !ended {
                played.input_frames += frames as u64;
                ended = frames < BLOCK_FRAMES;
                if ended {
                    takers.iter_mut().for_each(|taker| taker.input_ends(played.input_frames));
                }
            }
            let end = first_frame + BLOCK_FRAMES as u64;
            while let Some((stage, message)) = messages.next_if(|(_, message)| message.at_frame < end) {
                for voice in &mut self.voices {
                    voice.send(stage, &message.selector, &message.atoms);
                }
            }
            for (voice, input) in self.voices.iter_mut().zip(&inputs) {
                voice.block(input);
            }
            for taker in takers.iter_mut() {
                let lanes = self.lanes(taker.stage);
                taker.take(first_frame, &lanes).map_err(Failure::failed)?;
            }
            self.listen(&mut played);
            first_frame = end;
            if first_frame.is_multiple_of(LOOK_FRAMES) {
                progress(first_frame);
            }
        }
        self.count(&mut played);
        Ok(played)
    }

    /// What the boxes of one stage play: the outlets of each voice.
    fn lanes(&self, stage: usize) -> Vec<&[f32]> {
        let outlets = self.stages[stage].method.out_channels;
        let outputs = self.voices.iter().filter_map(|voice| voice.output(stage));
        outputs.flat_map(|output| (0..outlets).map(|outlet| output.channel(outlet, 0))).collect()
    }

    fn listen(&mut self, played: &mut Played) {
        for voice in &mut self.voices {
            for stage in 0..self.stages.len() {
                for event in voice.take_events(stage) {
                    let (list, line) = match event {
                        Event::Error(line) => (&mut played.errors, line),
                        Event::Note(line) => (&mut played.notes, line),
                        _ => continue,
                    };
                    let line = without_name(&line).to_owned();
                    if !list.contains(&line) {
                        list.push(line);
                    }
                }
            }
        }
    }

    fn count(&mut self, played: &mut Played) {
        for voice in &mut self.voices {
            for stage in 0..self.stages.len() {
                if let Some(player) = voice.player(stage) {
                    let counts = player.status().counts();
                    played.non_finite += counts.non_finite;
                    played.faults += counts.faults + counts.expired;
                }
            }
        }
    }
}
