//! The files of `--out`.

use std::path::{Path, PathBuf};

use nn_pictures::Chart;

use super::{flame::flame, measured::Measured, pictures, stacks::folded, task::Task};
use crate::{failure::Failure, unfinished};

/// Their names.
const NAMES: [&str; 8] = [
    "flame.svg",
    "stacks.txt",
    "roofline.svg",
    "roofline.png",
    "memory.svg",
    "memory.png",
    "calls.svg",
    "calls.png",
];

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
    let [roofline, memory, calls] = [pictures::roofline, pictures::memory, pictures::calls]
        .map(|chart: fn(&Task, &Measured) -> Chart| chart(task, measured).picture());
    let contents = [
        flame(&title, &subtitle, &stacks).map_err(Failure::failed)?,
        format!("{}\n", stacks.join("\n")).into_bytes(),
        roofline.svg().into_bytes(),
        roofline.png().map_err(Failure::failed)?,
        memory.svg().into_bytes(),
        memory.png().map_err(Failure::failed)?,
        calls.svg().into_bytes(),
        calls.png().map_err(Failure::failed)?,
    ];
    let mut written = Vec::new();
    for (name, content) in NAMES.iter().zip(contents) {
        let place = folder.join(name);
        unfinished::write(&place, &content, force)?;
        written.push(place);
    }
    Ok(written)
}
