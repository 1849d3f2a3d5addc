//! What one process measures.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::boxes::Settings;

/// Which part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The load, the first call, memory.
    Begin,
    /// The times of one box, and its least deadline.
    Play,
    /// How many boxes play.
    Boxes,
}

/// One measurement, as it is handed to the process that makes it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Case {
    /// Which part.
    pub part: Part,
    /// The method's name.
    pub method: String,
    /// Sides in turns: whether this project's convolutions compute.
    pub sides: Vec<bool>,
    /// The buffer that was asked for, in samples.
    pub buffer_frames: usize,
    /// The host's.
    pub rate_hz: u32,
    /// The host's block.
    pub block_frames: usize,
    /// Whether the model runs at its own rate.
    pub resample: bool,
    /// Of random numbers.
    pub seed: i64,
    /// Of one call.
    pub threads: u32,
    /// Attributes and their values.
    pub set: Vec<(String, String)>,
    /// The only one that is played, in samples.
    pub deadline_frames: Option<usize>,
    /// Of real time.
    pub seconds: f64,
    /// No more of them.
    pub most_boxes: usize,
    /// Threads that compute beside it.
    pub load: usize,
    /// A run that takes longer hangs.
    pub patience_s: u64,
}

impl Case {
    /// What its boxes are told.
    pub fn settings(&self, optimise: bool) -> Settings {
        Settings {
            buffer_frames: self.buffer_frames,
            resample: self.resample,
            seed: self.seed,
            optimise,
            threads: self.threads,
            set: self.set.iter().map(|(name, value)| (None, name.clone(), value.clone())).collect(),
        }
    }

    /// A run that takes longer hangs.
    pub fn patience(&self) -> Duration {
        Duration::from_secs(self.patience_s)
    }

    /// Host blocks in a time.
    pub fn blocks(&self, seconds: f64) -> usize {
        (seconds * f64::from(self.rate_hz) / self.block_frames as f64).ceil() as usize
    }
}
