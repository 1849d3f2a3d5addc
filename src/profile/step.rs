//! Messages of the process that calls the model, one JSON object a line.

use std::{
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    time::{Duration, Instant},
};

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
    /// What it printed or warned first.
    Printed(String),
    /// The first call, as a box makes it.
    First(f64),
    /// Calls, in the order of the stream: several in a line.
    Calls(Vec<Call>),
    /// How long the middle of the recorded calls took, from outside, in ms.
    Middle(f64),
    /// One part of the middle of the calls.
    Part(Box<Part>),
    /// Memory of tensors in one of them: microseconds, and bytes more than at its beginning.
    Memory(Vec<(f64, i64)>),
    /// The most of it, in bytes.
    Peak(u64),
    /// What the processor can do is about to be measured, in silence.
    Measuring,
    /// What the processor can do.
    Limits(Limits),
    /// The version of libtorch, where it computes.
    Libtorch(String),
    /// All is said.
    End,
}

/// Two calls with the same input, one as a box makes it, one recorded.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// As a box makes it.
    pub plain_ms: f64,
    /// Recorded, from outside.
    pub recorded_ms: f64,
    /// All parts of the record.
    pub parts_ms: f64,
    /// Whether it counts: the first ones do not.
    pub counts: bool,
}

/// Calls that are said together.
#[derive(Debug)]
pub struct Calls {
    calls: Vec<Call>,
    said: Instant,
}

/// No more stand in a line: it has its length, and a child so many lines.
const MOST_CALLS: usize = 256;
/// So often at least the parent hears of calls that are done.
const SAID_EVERY: Duration = Duration::from_millis(100);

impl Calls {
    /// None so far.
    pub fn new() -> Self {
        Self { calls: Vec::new(), said: Instant::now() }
    }

    /// One more, and what is to be said by now.
    pub fn push(&mut self, call: Call) -> Option<Step> {
        self.calls.push(call);
        let is_time = self.calls.len() == MOST_CALLS || self.said.elapsed() >= SAID_EVERY;
        if is_time { self.rest() } else { None }
    }

    /// All that were not said yet.
    pub fn rest(&mut self) -> Option<Step> {
        self.said = Instant::now();
        (!self.calls.is_empty()).then(|| Step::Calls(std::mem::take(&mut self.calls)))
    }
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

/// Says what the model has printed first, once: it may print at every call.
pub fn pass_on_prints() {
    static SAID: AtomicBool = AtomicBool::new(false);
    if let Some(Printed { text, .. }) = FORMATS.take_printed()
        && !SAID.swap(true, Relaxed)
    {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_calls_as_can_be_asked_for_are_few_lines_and_none_is_lost() {
        let longest =
            Call { plain_ms: -1.0 / 3e9, recorded_ms: -1.0 / 3e9, parts_ms: -1.0 / 3e9, counts: false };
        let mut calls = Calls::new();
        let mut said: Vec<_> = (0..100_000).filter_map(|_| calls.push(longest)).collect();
        said.extend(calls.rest());
        let lines: Vec<_> =
            said.iter().map(|step| serde_json::to_string(step).expect("JSON").len()).collect();
        assert!(lines.len() < 10_000 && lines.iter().all(|&bytes| bytes < 1 << 16), "{}", lines.len());
        let count = |step: &Step| if let Step::Calls(calls) = step { calls.len() } else { 0 };
        assert_eq!(said.iter().map(count).sum::<usize>(), 100_000);
        assert_eq!(calls.rest(), None);
    }
}
