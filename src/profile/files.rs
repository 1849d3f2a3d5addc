//! The files of `--out`.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use super::{flame::flame, measured::Measured, pictures, stacks::folded, task::Task};
use crate::{failure::Failure, unfinished, unfinished::Unfinished};

/// Their names.
const NAMES: [&str; 6] =
    ["flame.svg", "stacks.txt", "roofline.svg", "roofline.png", "memory.svg", "memory.png"];

/// Whether all of them may be written, before anything is measured.
pub fn check(folder: &Path, force: bool) -> Result<(), Failure> {
    NAMES.iter().try_for_each(|name| unfinished::check(&folder.join(name), force))
}

/// Writes them, and gives their paths.
pub fn write(folder: &Path, force: bool, task: &Task, measured: &Measured) -> Result<Vec<PathBuf>, Failure> {
    let stacks = folded(task.method(), &measured.parts);
    let title = format!("{} {}", task.chosen.name(), task.method());
    let subtitle = format!(
        "buffer {}, {} Hz: {:.3} ms a call, the middle of {}",
        task.calls.buffer,
        task.rate_hz,
        measured.parts_ms(),
        measured.plain_ms.len()
    );
    let (roofline, memory) =
        (pictures::roofline(task, measured).picture(), pictures::memory(task, measured).picture());
    let contents = [
        flame(&title, &subtitle, &stacks).map_err(Failure::failed)?,
        format!("{}\n", stacks.join("\n")).into_bytes(),
        roofline.svg().into_bytes(),
        roofline.png().map_err(Failure::failed)?,
        memory.svg().into_bytes(),
        memory.png().map_err(Failure::failed)?,
    ];
    let mut written = Vec::new();
    for (name, content) in NAMES.iter().zip(contents) {
        let place = folder.join(name);
        let (unfinished, mut file) = Unfinished::begin(&place, force)?;
        file.write_all(&content)
            .map_err(|error| Failure::failed(format_args!("{}: {error}", place.display())))?;
        drop(file);
        unfinished.finish(force)?;
        written.push(place);
    }
    Ok(written)
}
