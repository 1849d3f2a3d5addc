//! What all renderings of one call have in common.

use super::{arguments::Arguments, moves::Moves};
use crate::boxes::{Chosen, Settings};

/// What all renderings of one call have in common.
#[derive(Debug)]
pub struct Task {
    /// In the order in which they play.
    pub models: Vec<Chosen>,
    /// As it was called.
    pub arguments: Arguments,
    /// What boxes are told.
    pub settings: Settings,
    /// What moves.
    pub moves: Moves,
}
