//! Rendered sounds, written into the host's arrays a piece at a time.

use std::{collections::VecDeque, ops::Range, sync::Arc};

use crossbeam_channel::{Receiver, TryRecvError, bounded};
use nn_model::{array::ArrayFault, value::SoundBuffer};

use super::reading::PIECE_FRAMES;
use crate::message::ArrayWrite;

/// What comes next.
pub(crate) enum Written {
    /// The host is to write this piece.
    Piece(ArrayWrite),
    /// The host has not written yet.
    Waits,
    /// An array is complete: its name, frames and rate in Hz.
    Array(String, usize, u32),
    /// All is written.
    All,
    /// It cannot be written.
    Failed(ArrayFault),
}

/// Channels of sounds, and the names of the arrays that they are for.
pub(crate) struct Writing {
    left: VecDeque<(String, Arc<SoundBuffer>, Range<usize>)>,
    /// Frames of the first of them that are written.
    at: usize,
    /// The end of the piece that the host writes, and its answer.
    asked: Option<(usize, Receiver<Result<(), ArrayFault>>)>,
}

impl Writing {
    /// Nothing is written yet. A sound with several arrays has a channel in each.
    pub(crate) fn new(names: &[Vec<String>], sounds: Vec<SoundBuffer>) -> Self {
        let of_sound = |(names, sound): (&Vec<String>, SoundBuffer)| {
            let (all, sound) = (sound.channels, Arc::new(sound));
            let channels = |at: usize| if names.len() > 1 { at..at + 1 } else { 0..all };
            let part = |(at, name): (usize, &String)| (name.clone(), sound.clone(), channels(at));
            names.iter().enumerate().map(part).collect::<Vec<_>>()
        };
        Self { left: names.iter().zip(sounds).flat_map(of_sound).collect(), at: 0, asked: None }
    }

    /// Goes on: with everything at once, or with the next piece.
    pub(crate) fn step(&mut self, at_once: bool) -> Written {
        if let Some((end, answer)) = &self.asked {
            match answer.try_recv() {
                Err(TryRecvError::Empty) => return Written::Waits,
                // A host that passes it over.
                Err(TryRecvError::Disconnected) => {
                    return Written::Failed(ArrayFault::Unavailable {
                        missing: "arrays that can be written",
                    });
                }
                Ok(Err(ArrayFault::Busy { .. })) => {}
                Ok(Err(fault)) => return Written::Failed(fault),
                Ok(Ok(())) => self.at = *end,
            }
            self.asked = None;
        }
        let Some((name, sound, channels)) = self.left.front() else { return Written::All };
        let frames = sound.frames();
        if self.at >= frames {
            let told = Written::Array(name.clone(), frames, sound.sample_rate_hz);
            self.left.pop_front();
            self.at = 0;
            return told;
        }
        let end = if at_once { frames } else { frames.min(self.at + PIECE_FRAMES) };
        let (told, answer) = bounded(1);
        let piece = ArrayWrite {
            name: name.clone(),
            sound: sound.clone(),
            channels: channels.clone(),
            piece: self.at..end,
            told,
        };
        self.asked = Some((end, answer));
        Written::Piece(piece)
    }
}
