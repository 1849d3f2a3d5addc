//! What one process measures.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{boxes::Settings, steps::MOST};

/// A deadline is not raised more often than this.
pub const MOST_TRIES: usize = 5;
/// Values in a message.
pub const MOST_VALUES: usize = 1000;
/// No process says more often that it goes on.
const STEPS_A_SECOND: f64 = 4.0;

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
    /// Of real time with the least deadline.
    pub hold_s: f64,
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

    /// How many steps its process may say: those of short runs, and for each second of real time some that say that it goes
    /// on, and lists of times.
    pub fn most_steps(&self) -> usize {
        let one_side = self.seconds + self.hold_s * MOST_TRIES as f64;
        let seconds = one_side * self.sides.len() as f64;
        let lists_a_second =
            3.0 * f64::from(self.rate_hz) / self.buffer_frames.max(1) as f64 / MOST_VALUES as f64;
        MOST + (seconds * (STEPS_A_SECOND + lists_a_second)) as usize
    }

    /// Host blocks in a time.
    pub fn blocks(&self, seconds: f64) -> usize {
        (seconds * f64::from(self.rate_hz) / self.block_frames as f64).ceil() as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_room_for_all_that_its_process_says() {
        let text = r#"{"part":"play","method":"forward","sides":[false,true],"buffer_frames":64,"rate_hz":48000,
            "block_frames":64,"resample":true,"seed":0,"threads":1,"set":[],"deadline_frames":null,"seconds":86400.0,"hold_s":86400.0,
            "most_boxes":64,"load":0,"patience_s":10}"#;
        let case: Case = serde_json::from_str(text).expect("a case");
        // On each side a first stretch and five with another deadline; two looks a second, and two lists of 1000 values.
        let looks = 2 * 6 * 2 * 86_400;
        let lists = 2 * 6 * 2 * 86_400 * 750 / 1000;
        assert!(case.most_steps() > looks + lists, "{}", case.most_steps());
    }
}
