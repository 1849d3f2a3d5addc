//! `nn info`: the description that `nn.info` gives of a file, and the sounds inside it.

use std::path::{Path, PathBuf};

use clap::Args;
use nn_core::{
    formats::FORMATS,
    info::{InnerSound, Tree, method_list},
    model::{ModelLocation, ModelSource},
};

use crate::{failure::Failure, not_a_file::not_a_file, out, outcome::Outcome, unfinished};

/// A file to be described.
#[derive(Debug, Args)]
#[command(after_help = "\
Nothing of the model runs. Files of Neutone tell more of themselves (who made them, tags, links, parameters with ranges), and \
hold sounds that show what the model does: `nn info voice.nm --samples demo` writes demo/voice-1-in.mp3, demo/voice-1-out.mp3 \
and so on, and prints their paths.")]
pub struct Info {
    /// The model
    pub file: PathBuf,
    /// As YAML (the default)
    #[arg(long, conflicts_with = "json")]
    pub yaml: bool,
    /// As JSON
    #[arg(long)]
    pub json: bool,
    /// As the list that SuperCollider's classes read: methods, attributes, channels and ratios
    #[arg(long, conflicts_with_all = ["json", "yaml"])]
    pub supercollider: bool,
    /// Instead, saves the sounds inside it in a folder, as MP3
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["json", "yaml", "supercollider"])]
    pub samples: Option<PathBuf>,
    /// Replaces sounds that exist
    #[arg(long, requires = "samples")]
    pub force: bool,
}

/// Describes a file, or saves its sounds.
pub fn run(arguments: &Info) -> Outcome {
    if let Some(what) = not_a_file(&arguments.file) {
        out::error(format_args!("{}: {what}", arguments.file.display()));
        return Outcome::NotThere;
    }
    match &arguments.samples {
        Some(folder) => match save(&arguments.file, folder, arguments.force) {
            Ok(()) => Outcome::Done,
            Err(failure) => {
                out::error(failure.line);
                failure.outcome
            }
        },
        None => describe(arguments),
    }
}

fn describe(arguments: &Info) -> Outcome {
    let description = FORMATS.inspect(&(&arguments.file).into());
    let tree = Tree::of(&description);
    let text = if arguments.supercollider {
        // A server has another folder.
        let path = std::path::absolute(&arguments.file).unwrap_or_else(|_| arguments.file.clone());
        method_list(0, &path, &description)
    } else if arguments.json {
        tree.to_json()
    } else {
        tree.to_yaml()
    };
    // Each has its own way to write out what is not seen.
    out::exact(text.trim_end());
    for problem in &description.problems {
        out::error(format_args!("{}: {problem}", arguments.file.display()));
    }
    if description.problems.is_empty() { Outcome::Done } else { Outcome::Failed }
}

/// Saves all sounds or none: that a file is in the way is found before the first is written.
fn save(file: &Path, folder: &Path, force: bool) -> Result<(), Failure> {
    let sounds = FORMATS.sounds(&ModelLocation::from(file)).map_err(Failure::failed)?;
    if sounds.is_empty() {
        return Err(Failure::failed(format_args!("{}: it holds no sounds", file.display())));
    }
    let place = |sound: &InnerSound| {
        let mut name = file.file_stem().unwrap_or_default().to_owned();
        name.push(format!("-{}-{}.mp3", sound.pair, if sound.is_output { "out" } else { "in" }));
        folder.join(name)
    };
    sounds.iter().try_for_each(|sound| unfinished::check(&place(sound), force))?;
    for sound in &sounds {
        let place = place(sound);
        unfinished::write(&place, &sound.mp3, force)?;
        out::path(&place);
    }
    Ok(())
}
