//! The child process that runs one method. It reports its progress, one JSON object per line, so that the parent
//! knows where it died.

use nn_core::{child::end_with_parent, formats::FORMATS, model::ModelSource, stack};

use super::{
    clicks,
    equip::{Equipped, equipped},
    play::play,
    rates::RATES_HZ,
    step::{Step, pass_on_prints},
};
use crate::{cli::Try, outcome::Outcome, steps::say};

/// Runs the method.
pub fn run(arguments: &Try) -> Outcome {
    end_with_parent();
    // A main thread has whatever stack its system or shell thinks right.
    let thread = stack::thread("nn check", stack::LOADER_BYTES);
    std::thread::scope(|scope| match thread.spawn_scoped(scope, || attempt(arguments)) {
        Ok(attempt) => attempt.join().unwrap_or(Outcome::Failed),
        Err(error) => refuse(&error),
    })
}

fn attempt(arguments: &Try) -> Outcome {
    let loaded = FORMATS.load(&(&arguments.file).into());
    pass_on_prints();
    let mut model = match loaded {
        Ok(model) => model,
        Err(error) => return refuse(&error),
    };
    if let Some(generator) = model.generator() {
        if let Err(error) = generator {
            return refuse(&error);
        }
        pass_on_prints();
        [Step::Loaded, Step::End].iter().for_each(say);
        return Outcome::Done;
    }
    model.prepare_thread(1);
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
    if let (Ok(copy), true) = (copy, arguments.rate == RATES_HZ[0])
        && let Some((border, inside)) = clicks::look(&*copy, index, buffer_frames)
    {
        say(&Step::Clicks { border, inside });
    }
    say(&Step::End);
    Outcome::Done
}

fn refuse(error: &dyn std::fmt::Display) -> Outcome {
    say(&Step::Refused(error.to_string()));
    Outcome::Failed
}
