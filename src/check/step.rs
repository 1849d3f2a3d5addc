//! Messages of the child process that runs a method, one JSON object per line.

use nn_core::{
    formats::FORMATS,
    model::{ModelSource, Printed},
};
use serde::{Deserialize, Serialize};

use crate::steps::say;

/// What the process says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The model is there.
    Loaded,
    /// It printed or warned, so often since this was said last. The text is fit for a line.
    Printed {
        /// The first of it.
        text: String,
        /// Whether that was a warning.
        is_warning: bool,
        /// How often.
        count: u64,
    },
    /// The model cannot be loaded.
    Refused(String),
    /// Another buffer is needed, in samples.
    Buffer(usize),
    /// It does not work before this was sent; here it was.
    Needs {
        /// The messages.
        messages: String,
        /// What it said without them.
        fault: String,
    },
    /// It works with whole numbers, and with sound it raises this.
    Whole(String),
    /// A block was run.
    Block {
        /// What it took.
        ms: f64,
        /// The time of a processor in it.
        used_ms: f64,
        /// How many samples were NaN or infinite.
        not_finite: usize,
        /// Whether its time counts.
        counts: bool,
    },
    /// A block raised, or had another shape.
    Fault(String),
    /// It is still running.
    Goes,
    /// At the borders of its buffers sound bends so much, where it otherwise bends this little.
    Clicks {
        /// The largest second difference at a border.
        border: f32,
        /// The largest at the same places inside a buffer, and of nearly all others.
        inside: f32,
    },
    /// All blocks were run.
    End,
}

/// Says what the model has printed since this was said last, if it has.
pub fn pass_on_prints() {
    while let Some(Printed { text, is_warning, count, .. }) = FORMATS.take_printed() {
        say(&Step::Printed { text, is_warning, count });
    }
}
