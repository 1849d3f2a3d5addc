//! What the loader works on.

use super::{
    config::{Config, ModelInfo},
    engine::Engine,
    state::Warm,
    template::Template,
};
use crate::{port::stream::StreamFormat, set_attributes::SetAttributes};

/// A wanted configuration, and what there was when it was looked at.
pub(super) struct Job {
    pub wanted: Config,
    pub revision: u64,
    /// The turn of work that it belongs to.
    pub attempt: u64,
    pub done: Option<Config>,
    pub present: Option<ModelInfo>,
    pub format: Option<StreamFormat>,
    pub template: Option<Template>,
    pub warmed: Vec<Warm>,
    pub engine: Engine,
    /// The model that runs will not come back.
    pub lost: bool,
    /// The runner has no model, although one is to play.
    pub released: bool,
    /// What was set on it.
    pub attributes: SetAttributes,
    /// How often attributes were set.
    pub settings: u64,
    /// Whether what plays is to be tried with other buffers.
    pub refit: bool,
    /// What its random numbers began with.
    pub seed: Option<u64>,
}

impl Job {
    /// True where something has failed after the model was released: what played before is made anew.
    pub fn goes_back(&self) -> bool {
        self.released && self.done.as_ref() == Some(&self.wanted)
    }

    /// True when nothing but the number of examples is another one.
    pub fn differs_in_examples_only(&self) -> bool {
        let like_before = |done: &Config| Config { examples: done.examples, ..self.wanted.clone() } == *done;
        !self.lost && !self.released && self.done.as_ref().is_some_and(like_before)
    }
}
