//! Messages of the process that measures, one JSON object a line.

use serde::{Deserialize, Serialize};

use super::results::{Begin, Stretch, Try};
use crate::boxes::ModelDelay;

/// What the process says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// It goes on.
    Goes,
    /// It cannot be measured.
    Refused(String),
    /// The version of libtorch.
    Libtorch(String),
    /// The load, the first call, memory.
    Begun(Begin),
    /// A box is there.
    Box(BoxFacts),
    /// Runs of the model.
    Runs(RunTimes),
    /// When results were there, after their buffers were full.
    Arrivals {
        /// Which side.
        side: usize,
        /// In ns.
        after_ns: Vec<u64>,
    },
    /// A stretch of real time is over.
    Stretch(usize, Stretch),
    /// The model's delay, where it makes sound of sound.
    ModelDelay(usize, ModelDelay),
    /// A number of boxes was tried.
    Tried(Try),
    /// A run of this side raised, or had another shape.
    Fault(usize, String),
    /// Runs of this side answered NaN or infinity: how many, and of how many.
    NotFinite(usize, u64, u64),
    /// A run of this side does not come back.
    Hangs(usize),
    /// All is measured.
    End,
}

/// What a box has become.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoxFacts {
    /// Which side.
    pub side: usize,
    /// In samples of the host.
    pub buffer_frames: usize,
    /// How long a run may take on average, in ns.
    pub budget_ns: u64,
    /// The model's rate where it is not the host's.
    pub own_rate_hz: Option<u32>,
    /// What the box has said.
    pub notes: Vec<String>,
}

/// Runs of the model, a value each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunTimes {
    /// Which side.
    pub side: usize,
    /// Whether in real time; back to back otherwise.
    pub live: bool,
    /// By the clock.
    pub wall_ns: Vec<u64>,
    /// Of a processor; empty where a call may use several threads.
    pub used_ns: Vec<u64>,
}
