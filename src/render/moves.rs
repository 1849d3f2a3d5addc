//! Automation, sorted by what it moves.

use std::path::Path;

use nn_core::{
    offline::TimedMessage,
    spec::{MethodSpec, ModelSpec},
};

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

/// The inlet of a parameter that an attribute's name means: it hears each sample, where the attribute steps once a buffer.
fn parameter_inlet(name: &str, spec: &ModelSpec, method: &MethodSpec) -> Option<usize> {
    let attribute = &spec.attribute(name)?.name;
    let place = spec.parameters.iter().position(|parameter| parameter.attribute == *attribute)?;
    (place < method.parameters).then(|| method.in_channels - method.parameters + place)
}

impl Moves {
    /// Reads a table for these models.
    pub fn read(path: &Path, models: &[Chosen]) -> Result<Self, Failure> {
        let wrong = |line: String| Failure::failed(format_args!("{}: {line}", path.display()));
        if !path.is_file() {
            return Err(Failure::not_there(format_args!("{}: no such file", path.display())));
        }
        let mut moves = Self::default();
        let first = models.first().map(|model| (&model.spec, &model.spec.methods[model.method]));
        for track in Automation::read(path).map_err(wrong)?.tracks {
            let inlet = first.and_then(|(_, method)| inlet(&track.name, method));
            match (addressed(&track.name, models), inlet) {
                (Ok((at, name)), _) => {
                    let own = first.filter(|_| track.is_a_number() && at.is_none_or(|at| at == 0));
                    match own.and_then(|(spec, method)| parameter_inlet(name, spec, method)) {
                        Some(inlet) => {
                            // Other models hear no table at their inlets.
                            let has = |at: &usize| models[*at].spec.attribute(name).is_some();
                            let others = (1..models.len()).filter(|_| at.is_none()).filter(has);
                            moves
                                .attributes
                                .extend(others.map(|at| (Some(at), name.to_owned(), track.clone())));
                            moves.control(inlet, track).map_err(wrong)?;
                        }
                        None => moves.attributes.push((at, name.to_owned(), track)),
                    }
                }
                (Err(_), Some(inlet)) if track.is_a_number() => moves.control(inlet, track).map_err(wrong)?,
                (Err(_), Some(_)) => {
                    return Err(wrong(format!("{}: an input takes one number at each time", track.name)));
                }
                (Err(line), None) => return Err(wrong(format!("{line}; and no input of that name"))),
            }
        }
        Ok(moves)
    }

    /// Moves an inlet of the first model.
    fn control(&mut self, inlet: usize, track: Track) -> Result<(), String> {
        if self.controls.iter().any(|(other, _)| *other == inlet) {
            return Err(format!("{} moves inlet {} twice: one name for it", track.name, inlet + 1));
        }
        self.controls.push((inlet, track));
        Ok(())
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
