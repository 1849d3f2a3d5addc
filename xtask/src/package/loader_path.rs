//! Where in a package a library looks for others.

use std::path::{Component, Path, PathBuf};

/// The folder of the package that a run path leads to; `None` when it leads out of it, or is none that follows the file.
pub fn expanded(file: &Path, path: &str) -> Option<PathBuf> {
    let rest = path.strip_prefix("@loader_path").or_else(|| path.strip_prefix("$ORIGIN"))?;
    let mut place = file.parent()?.to_owned();
    for part in Path::new(rest.trim_start_matches('/')).components() {
        match part {
            Component::ParentDir if place.pop() => {}
            Component::Normal(name) => place.push(name),
            Component::CurDir => {}
            _ => return None,
        }
    }
    Some(place)
}
