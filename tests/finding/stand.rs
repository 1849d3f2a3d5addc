//! What the tests of finding share.

use crate::support::{
    model,
    patch::escaped,
    session::{Heard, Player},
};

pub const BOTH: [Player; 2] = [Player::PdBatch, Player::Host];

pub fn boxed(name: &str, rest: &str) -> String {
    format!("{} {rest}", escaped(&model(name).display().to_string()))
}

/// Everything that was said in a session.
pub fn errors(heard: &[Heard]) -> Vec<&String> {
    heard.iter().flat_map(|heard| &heard.errors).collect()
}
