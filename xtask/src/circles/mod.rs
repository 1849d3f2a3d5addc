//! No circular imports: a file must not need a file that needs it, directly or through others.
//!
//! Every path in every file counts, in imports, in code, in the arguments of macros and in the texts of attributes,
//! on every platform. A path that reaches an item through re-exports counts for the file that has the item. Uses
//! without a path are not seen: a method of a type whose `impl` is in another file than the type.

mod ends;
mod graph;
mod locals;
mod modules;
mod names;
mod paths;
mod reading;
mod targets;

use std::{fmt, path::Path};

use crate::run::{Failure, workspace};

/// Looks at all crates of the workspace.
///
/// # Errors
/// When there is a circle, with the files on it; when a file cannot be read.
pub fn run() -> Result<(), Failure> {
    let found = in_workspace(workspace())?;
    if found.is_empty() {
        return Ok(());
    }
    let circles: Vec<_> = found.iter().map(Circle::to_string).collect();
    Err(Failure::new(format!("{} circles of files:\n{}", circles.len(), circles.join("\n"))))
}

/// What is wrong with some files.
#[derive(Debug, PartialEq, Eq)]
struct Circle {
    /// From the workspace's folder, the first one again at the end.
    files: Vec<String>,
    /// The path by which each file but the last needs the next.
    paths: Vec<String>,
}

impl fmt::Display for Circle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "  {}", self.files[0])?;
        self.files[1..]
            .iter()
            .zip(&self.paths)
            .try_for_each(|(file, path)| write!(f, "\n    -> {file}  by {path}"))
    }
}

/// A circle of each knot of files.
fn in_workspace(root: &Path) -> Result<Vec<Circle>, Failure> {
    let edges = paths::edges(&reading::read(root)?);
    let with_paths = |files: Vec<String>| Circle {
        paths: files.windows(2).map(|pair| edges[&pair[0]][&pair[1]].clone()).collect(),
        files,
    };
    Ok(graph::circles(&edges).into_iter().map(with_paths).collect())
}

#[cfg(test)]
mod tests;
