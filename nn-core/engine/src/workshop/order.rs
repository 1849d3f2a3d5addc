//! What the loader works on.

use super::{
    engine::Engine,
    pristine::Pristine,
    state::Warm,
    wish::{Subject, Wish},
};
use crate::{port::stream::StreamFormat, set_attributes::SetAttributes};

/// A wish, and what there was when it was looked at.
pub(super) struct Order {
    pub wish: Wish,
    pub orders: u64,
    pub done: Option<Wish>,
    pub present: Option<Subject>,
    pub format: Option<StreamFormat>,
    pub pristine: Option<Pristine>,
    pub warmed: Vec<Warm>,
    pub engine: Engine,
    /// The model that runs will not come back.
    pub lost: bool,
    /// What was set on it.
    pub attributes: SetAttributes,
    /// How often attributes were set.
    pub settings: u64,
    /// Whether what plays is to be tried with other buffers.
    pub refit: bool,
    /// What its random numbers began with.
    pub seed: Option<u64>,
}

impl Order {
    /// True when nothing but the number of examples is another one.
    pub fn differs_in_examples_only(&self) -> bool {
        let like_before = |done: &Wish| Wish { examples: done.examples, ..self.wish.clone() } == *done;
        !self.lost && self.done.as_ref().is_some_and(like_before)
    }
}
