//! A rendering that is under way.

use std::time::Instant;

use super::{reading::Reading, writing::Writing};
use crate::generation::{Commission, Generation};

/// A rendering that is under way.
pub(crate) struct Rendering {
    /// The model's file.
    pub(crate) title: String,
    /// The arrays for each sound that it takes, and that it makes.
    pub(crate) inputs: Vec<Vec<String>>,
    pub(crate) outputs: Vec<Vec<String>>,
    pub(crate) stage: Stage,
}

/// How far it is.
pub(crate) enum Stage {
    Reading(Reading, Box<Commission>),
    Generating { generation: Generation, told: Instant, told_to_wait: bool },
    Writing(Writing),
}

impl std::fmt::Debug for Rendering {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rendering").field("title", &self.title).finish_non_exhaustive()
    }
}

impl Rendering {
    /// The names of its arrays.
    pub(crate) fn arrays(&self) -> impl Iterator<Item = &str> {
        self.inputs.iter().chain(&self.outputs).flatten().map(String::as_str)
    }

    /// Tells a model that is at work to stop.
    pub(crate) fn stop(&self) {
        if let Stage::Generating { generation, .. } = &self.stage {
            generation.stop();
        }
    }
}
