//! `nn info`: what `nn.info` says of a file.

use nn_core::{model::ModelSource, torch::TorchSource};

use crate::{cli::Info, out, outcome::Outcome};

/// Describes a file.
pub fn run(arguments: &Info) -> Outcome {
    if !arguments.file.is_file() {
        out::error(format_args!("{}: no such file", arguments.file.display()));
        return Outcome::NotThere;
    }
    let description = TorchSource.inspect(&arguments.file);
    let text = if arguments.json { description.to_json() } else { description.to_yaml() };
    // Both have their own way to write out what is not seen.
    out::exact(text.trim_end());
    for problem in &description.problems {
        out::error(format_args!("{}: {problem}", arguments.file.display()));
    }
    if description.problems.is_empty() { Outcome::Done } else { Outcome::Failed }
}
