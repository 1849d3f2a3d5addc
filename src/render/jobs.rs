//! Which file becomes which.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use super::{
    arguments::Arguments,
    words::{NPZ, Words},
};
use crate::{
    failure::Failure,
    sound::{ENDINGS, SoundFormat, ending},
};

/// One rendering.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Sound or latents; `None` for models without input.
    pub input: Option<PathBuf>,
    /// The file to write.
    pub output: PathBuf,
}

/// Whether a file of this name can be written.
fn is_writable(path: &Path) -> bool {
    let ending = ending(path);
    SoundFormat::of(&ending).is_some() || ending == NPZ
}

/// All renderings that the words ask for.
pub fn jobs(words: &Words, arguments: &Arguments) -> Result<Vec<Job>, Failure> {
    let Some((first, last)) = words.models.first().zip(words.models.last()) else {
        return Err(Failure::unclear("no model: nn render voice.ts in.wav out.wav"));
    };
    let mut inputs = words.files.clone();
    let out = match &arguments.out {
        Some(out) => out.clone(),
        None => {
            let out = inputs.pop().filter(|path| is_writable(path) && !path.is_dir());
            out.ok_or_else(|| Failure::unclear("no file to write: add -o out.wav, or -o FOLDER for several"))?
        }
    };
    let takes_input = first.spec.methods[first.method].in_channels > 0;
    if !takes_input && !inputs.is_empty() {
        return Err(Failure::unclear(format_args!(
            "{} takes no input: --seconds says how long it plays",
            first.name()
        )));
    }
    if inputs.is_empty() && arguments.seconds.is_none() {
        return Err(Failure::unclear(if takes_input {
            "no sound to render: nn render voice.ts in.wav out.wav"
        } else {
            "how long? --seconds 10"
        }));
    }
    if !inputs.is_empty() && arguments.seconds.is_some() {
        return Err(Failure::unclear("--seconds is for models without input: --tail plays on after a file"));
    }
    let is_file = is_writable(&out) && !out.is_dir();
    let mut jobs = Vec::new();
    if is_file {
        let is_several = inputs.len() > 1 || inputs.iter().any(|path| path.is_dir());
        if is_several {
            return Err(Failure::unclear("several files become one: give a folder, -o FOLDER"));
        }
        jobs.push(Job { input: inputs.pop(), output: out });
    } else if !ending(&out).is_empty() && !out.is_dir() {
        return Err(Failure::unclear(format_args!(
            "{}: no format that can be written: .wav, .flac, .npz, or a folder",
            out.display()
        )));
    } else {
        let is_latent = last.spec.methods[last.method].out_ratio > 1;
        let ending = if is_latent { NPZ } else { arguments.format.ending() };
        for (input, below) in listed(&inputs)? {
            jobs.push(Job { input: Some(input), output: out.join(below).with_extension(ending) });
        }
        if inputs.is_empty() {
            jobs.push(Job { input: None, output: out.join(first.name()).with_extension(ending) });
        }
    }
    let is_one_of_several = jobs.len() > 1 && (arguments.latents.is_some() || arguments.against.is_some());
    if is_one_of_several {
        return Err(Failure::unclear("--latents and --against are for one file at a time"));
    }
    distinct(&jobs)?;
    Ok(jobs)
}

/// Every file, and what it is called below its folder.
fn listed(inputs: &[PathBuf]) -> Result<Vec<(PathBuf, PathBuf)>, Failure> {
    let mut found = Vec::new();
    for input in inputs {
        if input.is_dir() {
            let before = found.len();
            walk(input, Path::new(""), &mut found)?;
            if found.len() == before {
                return Err(Failure::not_there(format_args!("{}: no sound in this folder", input.display())));
            }
        } else {
            let name = input.file_name().unwrap_or(input.as_os_str());
            found.push((input.clone(), name.into()));
        }
    }
    Ok(found)
}

fn walk(folder: &Path, below: &Path, found: &mut Vec<(PathBuf, PathBuf)>) -> Result<(), Failure> {
    let unreadable = |error| Failure::failed(format_args!("{}: {error}", folder.display()));
    let mut entries: Vec<_> = std::fs::read_dir(folder).and_then(Iterator::collect).map_err(unreadable)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let (path, below) = (entry.path(), below.join(entry.file_name()));
        // Links to folders may lead in circles.
        if entry.file_type().map_err(unreadable)?.is_dir() {
            walk(&path, &below, found)?;
        } else if path.is_file() && ENDINGS.contains(&ending(&path).as_str()) && !is_hidden(&path) {
            found.push((path, below));
        }
    }
    Ok(())
}

/// Also what macOS leaves beside files on other disks.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// No two write one file, and none writes what is read.
fn distinct(jobs: &[Job]) -> Result<(), Failure> {
    let whole = |path: &Path| path.canonicalize().ok();
    let inputs: HashSet<_> = jobs.iter().filter_map(|job| whole(job.input.as_deref()?)).collect();
    let mut outputs = HashSet::new();
    for Job { output, .. } in jobs {
        if !outputs.insert(output) {
            return Err(Failure::unclear(format_args!("two files would become {}", output.display())));
        }
        if whole(output).is_some_and(|output| inputs.contains(&output)) {
            return Err(Failure::in_the_way(format_args!(
                "{}: it is read and would be written: give another name",
                output.display()
            )));
        }
    }
    Ok(())
}
