//! What comes out of boxes, and who hears it.

use std::sync::Arc;

use super::patched::Patched;
use crate::abi::{Atom, joined};

/// A message that came out of a box.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Which box.
    pub from: Patched,
    /// Which outlet, from the left.
    pub outlet: usize,
    /// The message.
    pub selector: String,
    /// What comes with it.
    pub atoms: Vec<Atom>,
}

impl Told {
    /// The message as text.
    pub fn text(&self) -> String {
        if self.atoms.is_empty() {
            self.selector.clone()
        } else {
            format!("{} {}", self.selector, joined(&self.atoms))
        }
    }
}

/// Hears an outlet, at once, as a cord does.
pub type Ear = Arc<dyn Fn(&Told) + Send + Sync>;
