//! The process that runs one method. It says how far it is, one JSON object a line: whoever reads knows where it died.

use std::time::Instant;

use nn_core::{
    model::{Model, ModelSource, Said, TensorView, TensorViewMut},
    stack,
    torch::TorchSource,
};
use serde::{Deserialize, Serialize};

use crate::{
    cli::Try,
    outcome::Outcome,
    watched::{end_with_the_parent, say},
};

/// Blocks that are played, after those that warm up.
const BLOCKS: usize = 60;
/// Their times do not count: libtorch compiles and allocates in the first ones.
const WARM_UP: usize = 4;
/// No more blocks are begun after this time, unless there are hardly any yet.
const LONGEST_S: f64 = 4.0;
const FEWEST: usize = 8;

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
    /// A block was run.
    Block {
        /// What it took.
        ms: f64,
        /// How many samples were NaN or infinite.
        not_finite: usize,
        /// Whether its time counts.
        counts: bool,
    },
    /// A block raised, or had another shape.
    Fault(String),
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
    if let Err(error) = play(&mut *model, index, arguments.buffer) {
        say(&Step::Fault(error));
        return Outcome::Failed;
    }
    say(&Step::End);
    Outcome::Done
}

fn play(model: &mut dyn Model, index: usize, buffer_frames: usize) -> Result<(), String> {
    let method = model.spec().methods[index].clone();
    let (frames, out_frames) = (buffer_frames / method.in_ratio, buffer_frames / method.out_ratio);
    let mut input = vec![0.0f32; method.in_channels * frames];
    let mut output = vec![0.0f32; method.out_channels * out_frames];
    let (begin, mut seed) = (Instant::now(), 0x2545_f491_4f6c_dd1d);
    for number in 0..WARM_UP + BLOCKS {
        if number >= WARM_UP + FEWEST && begin.elapsed().as_secs_f64() > LONGEST_S {
            break;
        }
        fill(&mut input, number, &mut seed);
        let block = Instant::now();
        let run = model.run(
            index,
            TensorView { samples: &input, batch: 1, channels: method.in_channels, frames },
            TensorViewMut {
                samples: &mut output,
                batch: 1,
                channels: method.out_channels,
                frames: out_frames,
            },
        );
        let ms = block.elapsed().as_secs_f64() * 1e3;
        pass_on_prints();
        run.map_err(|error| error.to_string())?;
        let not_finite = output.iter().filter(|sample| !sample.is_finite()).count();
        say(&Step::Block { ms, not_finite, counts: number >= WARM_UP });
    }
    Ok(())
}

/// Silence, an impulse, a level, noise soft and loud: what a stage has.
fn fill(input: &mut [f32], number: usize, seed: &mut u64) {
    let gain = match number % 8 {
        0 | 1 => 0.0,
        2 => {
            input.fill(0.0);
            if let Some(first) = input.first_mut() {
                *first = 1.0;
            }
            return;
        }
        3 => return input.fill(0.5),
        4 => 1e-30,
        5 => 1.0,
        6 => 4.0,
        _ => 0.1,
    };
    for sample in input {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        *sample = gain * ((*seed >> 40) as f32 / (1u64 << 23) as f32 - 1.0);
    }
}

fn pass_on_prints() {
    if let Some(Said { text, is_warning, count }) = TorchSource.take_said() {
        say(&Step::Said { text, is_warning, count });
    }
}

fn refuse(error: &dyn std::fmt::Display) -> Outcome {
    say(&Step::Refused(error.to_string()));
    Outcome::Failed
}
