//! What was measured: the form of `bench.json`.

use serde::{Deserialize, Serialize};

/// A whole run of the tool.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// The tool's version.
    pub version: String,
    /// The words that it was called with.
    pub command: String,
    /// The machine, and how busy it was.
    pub machine: Machine,
    /// The model, and its method.
    pub model: Model,
    /// The settings that all rows have in common.
    pub settings: How,
    /// The load, the first call, memory.
    pub begin: Option<Begin>,
    /// A row for each buffer, rate and side.
    pub rows: Vec<Row>,
    /// The last line.
    pub verdict: String,
    /// What kept a measurement from being made.
    pub errors: Vec<String>,
}

/// The machine, and how busy it was.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// The processor.
    pub processor: String,
    /// Processors that the tool may use.
    pub cores: usize,
    /// The operating system's name.
    pub system: String,
    /// The version of libtorch.
    pub libtorch: Option<String>,
    /// Runnable threads before.
    pub load_before: String,
    /// Runnable threads after.
    pub load_after: String,
    /// Whether the system granted the priority of audio threads.
    pub real_time_priority: bool,
    /// Processors that others took while boxes played, where the system tells.
    pub others_cores: Option<f64>,
}

/// The model.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// Its file's name.
    pub name: String,
    /// As it was found.
    pub path: String,
    /// Its file's SHA-256, in hexadecimal digits.
    pub sha256: String,
    /// Its file's size.
    pub bytes: u64,
    /// The method that was played.
    pub method: String,
    /// The rate that it was made for.
    pub rate_hz: Option<u32>,
}

/// How it was measured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct How {
    /// The host's block, in samples.
    pub block_frames: usize,
    /// How long each stretch of real time was.
    pub seconds: f64,
    /// How long the least deadline had to hold, where that was asked for.
    #[serde(default)]
    pub hold_s: Option<f64>,
    /// How often times and deadlines were measured.
    pub repeats: u32,
    /// Threads that one call of the model may use.
    pub threads: u32,
    /// What the model's random numbers began with.
    pub seed: i64,
    /// Attributes and their values.
    pub set: Vec<(String, String)>,
    /// Threads that computed beside it.
    pub load: usize,
    /// The only deadline, in samples.
    pub deadline_frames: Option<usize>,
    /// Whether the model ran at its own rate.
    pub resample: bool,
}

/// The load, the first call, memory.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Begin {
    /// From the box's creation to the first run.
    pub load_ms: f64,
    /// The first run, which compiles.
    pub first_call_ms: f64,
    /// The median of later ones.
    pub later_call_ms: f64,
    /// Of the process with one box, where the system tells.
    pub memory_one_mb: Option<f64>,
    /// What each further box adds.
    pub memory_further_mb: Option<f64>,
}

/// One buffer at one rate with one kind of convolutions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// As it was asked for, in samples.
    pub asked_frames: usize,
    /// As it was, in samples of the host.
    pub buffer_frames: usize,
    /// The host's.
    pub rate_hz: u32,
    /// Whether this project's convolutions computed.
    pub optimise: bool,
    /// The rate of the model, where it is not the host's.
    pub own_rate_hz: Option<u32>,
    /// How long a run may take on average, in ns.
    pub budget_ns: u64,
    /// Runs back to back.
    pub flat: Times,
    /// Runs in real time, all stretches of them.
    pub live: Times,
    /// From a full buffer to its result, in ns.
    pub after_ns: Vec<u64>,
    /// What was played, one after the other.
    pub stretches: Vec<Stretch>,
    /// With which no buffer was late.
    pub held: Option<LeastDeadline>,
    /// The model's own delay in samples of the host, where it can be told.
    pub model_delay_frames: Option<usize>,
    /// How that is known: `measured`, or `declared` by the file.
    #[serde(default)]
    pub model_delay_is: Option<String>,
    /// Tries with several boxes.
    pub tries: Vec<Try>,
    /// What the box has said.
    pub notes: Vec<String>,
    /// What went wrong.
    pub trouble: Option<Trouble>,
}

/// A value for each run, in ns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Times {
    /// By the clock.
    pub wall_ns: Vec<u64>,
    /// Of a processor; empty where a call may use several threads.
    pub used_ns: Vec<u64>,
}

/// A stretch of real time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    /// In samples.
    pub deadline_frames: usize,
    /// From input to output, in samples, without the model's own.
    pub latency_frames: usize,
    /// How long it was.
    pub seconds: f64,
    /// Buffers that were full in it.
    pub buffers: u64,
    /// Those that were not there when due.
    pub late: u64,
    /// Those of them that were never begun.
    pub dropped: u64,
    /// The longest time from a full buffer to its result, in ns; `None` where one was not there at the end.
    pub longest_after_ns: Option<u64>,
    /// Processors that others took meanwhile.
    pub others_cores: Option<f64>,
    /// What the host's callback took: half of them less, one of a hundred more, the longest; in ns.
    pub callback_ns: [u64; 3],
    /// Whether the host's thread had the priority of audio.
    pub real_time_priority: bool,
}

/// The least deadline, and what follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LeastDeadline {
    /// In samples.
    pub deadline_frames: usize,
    /// From input to output, in samples, without the model's own.
    pub latency_frames: usize,
    /// How long it was played without a late buffer, in seconds.
    #[serde(default)]
    pub held_s: f64,
}

/// A number of boxes that was tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Try {
    /// How many.
    pub boxes: usize,
    /// The deadline of each, in samples.
    pub deadline_frames: usize,
    /// How long it was.
    #[serde(default)]
    pub seconds: f64,
    /// Processors that others took meanwhile.
    #[serde(default)]
    pub others_cores: Option<f64>,
    /// Buffers of all of them.
    pub buffers: u64,
    /// Those that were late.
    pub late: u64,
    /// Whether the host's thread kept pace.
    pub kept_pace: bool,
}

impl Try {
    /// Whether so many play.
    pub fn held(&self) -> bool {
        self.late == 0 && self.kept_pace
    }
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// It raises, or has another shape.
    Faulty(String),
    /// Runs answered NaN or infinity, of so many.
    NotFinite(u64, u64),
    /// It does not come back.
    Hangs,
    /// It ends its process.
    Deadly(String),
    /// It could not be measured.
    Untried(String),
}
