//! `nn info`: the description that `nn.info` gives of a file.

use nn_core::{formats::FORMATS, info::Tree, model::ModelSource};

use crate::{cli::Info, not_a_file::not_a_file, out, outcome::Outcome};

/// Describes a file.
pub fn run(arguments: &Info) -> Outcome {
    if let Some(what) = not_a_file(&arguments.file) {
        out::error(format_args!("{}: {what}", arguments.file.display()));
        return Outcome::NotThere;
    }
    let description = FORMATS.inspect(&(&arguments.file).into());
    let tree = Tree::of(&description);
    let text = if arguments.json { tree.to_json() } else { tree.to_yaml() };
    // Both have their own way to write out what is not seen.
    out::exact(text.trim_end());
    for problem in &description.problems {
        out::error(format_args!("{}: {problem}", arguments.file.display()));
    }
    if description.problems.is_empty() { Outcome::Done } else { Outcome::Failed }
}
