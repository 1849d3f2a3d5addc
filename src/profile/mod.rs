//! `nn profile`: where a call of a model spends its time, and what bounds it.

mod arguments;
pub mod child;
mod computed;
mod files;
mod flame;
mod measured;
mod object;
mod part;
mod pictures;
mod report;
mod rows;
mod stacks;
mod step;
mod task;

use nn_core::shown::escaped_json;

use crate::{failure::Failure, out, outcome::Outcome, unfinished};
pub use arguments::{Arguments, Record};
use measured::{Measured, measure};
use task::Task;

/// Profiles it.
pub fn run(arguments: Arguments) -> Outcome {
    unfinished::watch();
    match profiled(&arguments) {
        Ok(()) => Outcome::Done,
        Err(failure) => {
            out::error(&failure.line);
            failure.outcome
        }
    }
}

fn profiled(arguments: &Arguments) -> Result<(), Failure> {
    let task = Task::of(arguments)?;
    if let Some(folder) = &arguments.out {
        files::check(folder, arguments.force)?;
    }
    let measured = measure(&task.chosen.path, task.method(), &task.calls)?;
    let written = match &arguments.out {
        Some(folder) => files::write(folder, arguments.force, &task, &measured)?,
        None => Vec::new(),
    };
    if arguments.json {
        let mut object = object::object(&task, &measured);
        object["files"] = written.iter().map(|path| path.display().to_string()).collect();
        let text = serde_json::to_string_pretty(&object).unwrap_or_default();
        out::exact(escaped_json(&text));
        return Ok(());
    }
    told(&task, &measured, arguments.all);
    if let Some(folder) = &arguments.out {
        let names: Vec<_> = written.iter().filter_map(|path| path.file_name()?.to_str()).collect();
        out::line(format_args!("written to {}: {}", folder.display(), names.join(", ")));
    }
    Ok(())
}

fn told(task: &Task, measured: &Measured, all: bool) {
    report::lines(task, measured, all).iter().for_each(out::line);
    if let Some(printed) = &measured.printed {
        out::line(format_args!("the model printed: {printed}"));
    }
}
