//! The attributes of the boxes, by their row in the core's table.

use nn_core::{
    message::{Atom, BoxAttribute},
    object::{BOX_ATTRIBUTES, NnObject},
};

/// How many there are.
pub const COUNT: usize = BOX_ATTRIBUTES.len();

/// An attribute: a row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute(pub usize);

impl Attribute {
    /// What Max shows.
    pub fn shown(self) -> &'static BoxAttribute {
        BOX_ATTRIBUTES[self.0].1
    }

    /// The message that sets it.
    pub fn message(self) -> &'static str {
        BOX_ATTRIBUTES[self.0].0
    }
}

/// What all attributes are at the moment.
pub fn values(object: &NnObject) -> Vec<Atom> {
    BOX_ATTRIBUTES.iter().map(|(_, attribute)| attribute.value(object)).collect()
}

/// The attributes whose shown values are out of date; `shown` is updated. Max's inspector shows what it is told. None
/// while nothing is shown.
pub fn changed(object: &NnObject, shown: &mut Option<Vec<Atom>>) -> Vec<Attribute> {
    let Some(told) = shown else { return Vec::new() };
    let now = values(object);
    let differs = now.iter().zip(&*told).enumerate().filter(|(_, (now, told))| now != told);
    let changed = differs.map(|(row, _)| Attribute(row)).collect();
    *told = now;
    changed
}
