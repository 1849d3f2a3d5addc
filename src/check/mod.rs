//! `nn check`: tests in separate processes whether a model is fit for the stage.

mod arguments;
pub mod child;
mod clicks;
mod equip;
mod examine;
mod notes;
mod play;
mod rates;
mod step;
mod trial;
mod verdict;

use crate::{not_a_file::not_a_file, out, outcome::Outcome};
pub use arguments::Check;
pub use examine::{Examined, NOT_LOADED, Row, Subject, Terms};

/// Tries every method at every rate.
pub fn run(arguments: &Check) -> Outcome {
    let file = &arguments.file;
    if let Some(what) = not_a_file(file) {
        out::error(format_args!("{}: {what}", file.display()));
        return Outcome::NotThere;
    }
    let subject = match Subject::new(file) {
        Ok(subject) => subject,
        Err(line) => {
            out::error(line);
            out::line(NOT_LOADED);
            return Outcome::Failed;
        }
    };
    let terms = Terms {
        buffer_frames: arguments.buffer,
        load_patience: arguments.load_patience(),
        block_patience: arguments.block_patience(),
    };
    match subject.examine(&terms, &mut |line| out::line(line)) {
        Ok(examined) => {
            out::line(examined.conclusion());
            if examined.is_fit() { Outcome::Done } else { Outcome::Failed }
        }
        Err(failure) => {
            out::error(failure.line);
            failure.outcome
        }
    }
}
