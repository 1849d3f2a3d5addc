//! Messages of the process that calls the model, one JSON object a line.

use nn_core::{
    formats::FORMATS,
    model::{ModelSource, Printed},
    profile::Ceilings,
};
use serde::{Deserialize, Serialize};

use super::part::Part;
use crate::steps::say;

/// What the process says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The model is there; how long that took.
    Loaded(f64),
    /// It cannot be profiled.
    Refused(String),
    /// A call raised, or had another shape.
    Fault(String),
    /// It printed or warned.
    Printed(String),
    /// The first call, as a box makes it.
    First(f64),
    /// Two calls, one as a box makes it, one recorded, in ms, and the sum of what the record says.
    Calls {
        /// As a box makes it.
        plain_ms: f64,
        /// Recorded, from outside.
        recorded_ms: f64,
        /// All parts of the record.
        parts_ms: f64,
        /// Whether it counts: the first ones do not.
        counts: bool,
    },
    /// How long the middle of the recorded calls took, from outside, in ms.
    Middle(f64),
    /// One part of the middle of the calls.
    Part(Box<Part>),
    /// Memory of tensors in one of them: microseconds, and bytes more than at its beginning.
    Memory(Vec<(f64, i64)>),
    /// The most of it, in bytes.
    Peak(u64),
    /// What the processor can do.
    Limits(Limits),
    /// All is said.
    End,
}

/// What the processor can do, on one thread: measured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// Out of memory that no cache holds.
    pub memory_bytes_per_s: f64,
    /// How large that was.
    pub memory_bytes: u64,
    /// Out of memory as large as the weights, read again and again.
    pub weights_bytes_per_s: f64,
    /// How large that was.
    pub weights_bytes: u64,
    /// Multiplications, each with its addition.
    pub products_per_s: f64,
    /// How many of them a register does at once.
    pub lanes: u64,
}

impl From<Ceilings> for Limits {
    fn from(of: Ceilings) -> Self {
        Self {
            memory_bytes_per_s: of.memory_bytes_per_s,
            memory_bytes: of.memory_bytes,
            weights_bytes_per_s: of.set_bytes_per_s,
            weights_bytes: of.set_bytes,
            products_per_s: of.products_per_s,
            lanes: of.lanes,
        }
    }
}

/// Says what the model has printed since this was said last, if it has.
pub fn pass_on_prints() {
    if let Some(Printed { text, .. }) = FORMATS.take_printed() {
        say(&Step::Printed(text));
    }
}

/// For tests: a byte and a product take a nanosecond each.
#[cfg(test)]
pub const LIMITS: Limits = Limits {
    memory_bytes_per_s: 1e9,
    memory_bytes: 1 << 28,
    weights_bytes_per_s: 1e9,
    weights_bytes: 1 << 20,
    products_per_s: 1e9,
    lanes: 16,
};
