//! The process that runs one method. It says how far it is, one JSON object a line: whoever reads knows where it died.

use nn_core::{
    model::{ModelSource, Said},
    stack,
    torch::TorchSource,
};
use serde::{Deserialize, Serialize};

use super::{
    clicks,
    equip::{Equipped, equipped},
    play::play,
};
use crate::{
    cli::Try,
    outcome::Outcome,
    watched::{end_with_the_parent, say},
};

/// What the process says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The model is there.
    Loaded,
    /// It printed or warned, so often since this was said last. The text is fit for a line.
    Said {
        /// The first of it.
        text: String,
        /// Whether that was a warning.
        is_warning: bool,
        /// How often.
        count: u64,
    },
    /// It cannot be.
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
    /// It is still at it.
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

/// Runs the method.
pub fn run(arguments: &Try) -> Outcome {
    end_with_the_parent();
    // A main thread has whatever stack its system or shell thinks right.
    let thread = stack::thread("nn check", stack::LOADER_BYTES);
    std::thread::scope(|scope| match thread.spawn_scoped(scope, || attempt(arguments)) {
        Ok(attempt) => attempt.join().unwrap_or(Outcome::Failed),
        Err(error) => refuse(&error),
    })
}

fn attempt(arguments: &Try) -> Outcome {
    let source = TorchSource;
    let loaded = source.load(&arguments.file);
    pass_on_prints();
    let mut model = match loaded {
        Ok(model) => model,
        Err(error) => return refuse(&error),
    };
    source.prepare_thread(1);
    if model.spec().takes_sample_rate
        && let Err(error) = model.set_sample_rate(arguments.rate)
    {
        return refuse(&error);
    }
    pass_on_prints();
    say(&Step::Loaded);
    let Some(index) = model.spec().methods.iter().position(|method| method.name == arguments.method) else {
        return refuse(&format!("the loaded model has no method {}", arguments.method));
    };
    let Some(equipped) = equipped(&*model, index, arguments.buffer) else {
        return refuse(&"the model cannot be copied");
    };
    let Equipped { fresh, buffer_frames, whole } = equipped;
    let copy = fresh.fork();
    if let Err(error) = play(fresh, index, buffer_frames, whole) {
        say(&Step::Fault(error));
        return Outcome::Failed;
    }
    if let (Ok(copy), true) = (copy, arguments.rate == super::RATES_HZ[0])
        && let Some((border, inside)) = clicks::look(&*copy, index, buffer_frames)
    {
        say(&Step::Clicks { border, inside });
    }
    say(&Step::End);
    Outcome::Done
}

pub(super) fn pass_on_prints() {
    if let Some(Said { text, is_warning, count }) = TorchSource.take_said() {
        say(&Step::Said { text, is_warning, count });
    }
}

fn refuse(error: &dyn std::fmt::Display) -> Outcome {
    say(&Step::Refused(error.to_string()));
    Outcome::Failed
}
