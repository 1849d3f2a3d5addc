//! Automation, sorted by what it moves.

use std::path::Path;

use nn_core::offline::TimedMessage;

use super::{
    automation::{Automation, Track},
    feed::inlet,
};
use crate::{
    boxes::{BLOCK_FRAMES, Chosen, Stage, addressed},
    failure::Failure,
};

/// What moves attributes, and what moves inputs.
#[derive(Clone, Debug, Default)]
pub struct Moves {
    /// Of all models that have it, or of one.
    attributes: Vec<(Option<usize>, String, Track)>,
    /// Inlets of the first model.
    pub controls: Vec<(usize, Track)>,
}

impl Moves {
    /// Reads a table for these models.
    pub fn read(path: &Path, models: &[Chosen]) -> Result<Self, Failure> {
        let wrong = |line: String| Failure::failed(format_args!("{}: {line}", path.display()));
        if !path.is_file() {
            return Err(Failure::not_there(format_args!("{}: no such file", path.display())));
        }
        let mut moves = Self::default();
        for track in Automation::read(path).map_err(wrong)?.tracks {
            let method = models.first().map(|model| &model.spec.methods[model.method]);
            match (addressed(&track.name, models), method.and_then(|method| inlet(&track.name, method))) {
                (Ok((at, name)), _) => moves.attributes.push((at, name.to_owned(), track)),
                (Err(_), Some(inlet)) if moves.controls.iter().any(|(other, _)| *other == inlet) => {
                    return Err(wrong(format!(
                        "{} moves inlet {} twice: one name for it",
                        track.name,
                        inlet + 1
                    )));
                }
                (Err(_), Some(inlet)) if track.is_a_number() => moves.controls.push((inlet, track)),
                (Err(_), Some(_)) => {
                    return Err(wrong(format!("{}: an input takes one number at each time", track.name)));
                }
                (Err(line), None) => return Err(wrong(format!("{line}; and no input of that name"))),
            }
        }
        Ok(moves)
    }

    /// The messages to the boxes, in the order of their times. A move reaches a box when the sound that it belongs to
    /// does: `upstream_frames` is what comes before each box.
    pub fn messages(
        &self,
        models: &[Chosen],
        stages: &[Stage],
        upstream_frames: &[usize],
        sample_rate_hz: u32,
    ) -> Vec<(usize, TimedMessage)> {
        let mut messages = Vec::new();
        for (to, name, track) in &self.attributes {
            for (at, model) in models.iter().enumerate().filter(|(at, _)| to.is_none_or(|to| to == *at)) {
                let Some(attribute) = model.spec.attribute(name) else { continue };
                let moved = track.messages(
                    attribute,
                    sample_rate_hz,
                    (stages[at].buffer_frames, BLOCK_FRAMES),
                    upstream_frames[at],
                );
                messages.extend(moved.into_iter().map(|message| (at, message)));
            }
        }
        messages.sort_by_key(|(_, message)| message.at_frame);
        messages
    }
}
