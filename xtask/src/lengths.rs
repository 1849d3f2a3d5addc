//! No source file is longer than a reader bears: above the limit it is cut by subject.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::run::{Failure, workspace};

/// The most lines of a file.
const MOST_LINES: usize = 400;
/// How the names of source files end.
const ENDINGS: [&str; 6] = ["rs", "cpp", "h", "c", "py", "sh"];

/// Looks at all source files that git knows or would take.
///
/// # Errors
/// With each file that is too long, and its lines; when git does not answer.
pub fn run() -> Result<(), Failure> {
    let long = in_folder(workspace(), &source_files(workspace())?)?;
    if long.is_empty() {
        return Ok(());
    }
    let lines: Vec<_> = long.iter().map(|(file, lines)| format!("  {}: {lines}", file.display())).collect();
    let text = format!("files of more than {MOST_LINES} lines; cut them by subject:\n{}", lines.join("\n"));
    Err(Failure::new(text))
}

/// Those that are too long, with their lines; files that are deleted and not committed yet are none.
fn in_folder(root: &Path, files: &[PathBuf]) -> Result<Vec<(PathBuf, usize)>, Failure> {
    let mut long = Vec::new();
    for file in files {
        let path = root.join(file);
        if !path.is_file() {
            continue;
        }
        let bytes =
            std::fs::read(&path).map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
        let lines = bytes.split_inclusive(|&byte| byte == b'\n').count();
        if lines > MOST_LINES {
            long.push((file.clone(), lines));
        }
    }
    Ok(long)
}

/// The source files of a checkout, from its folder.
fn source_files(root: &Path) -> Result<Vec<PathBuf>, Failure> {
    let listed = Command::new("git")
        .current_dir(root)
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .output()
        .map_err(|error| Failure::new(format!("git: {error}")))?;
    if !listed.status.success() {
        return Err(Failure::new(format!("git ls-files: {}", String::from_utf8_lossy(&listed.stderr))));
    }
    let names = String::from_utf8_lossy(&listed.stdout).into_owned();
    let mut files: Vec<_> = names.split('\0').map(PathBuf::from).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known)));
    files.sort();
    files.dedup();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_long_from_its_four_hundred_and_first_line_on() {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in [
            ("short.rs", "x\n".repeat(MOST_LINES)),
            ("long.rs", "x\n".repeat(MOST_LINES) + "x"),
            ("empty.rs", String::new()),
        ] {
            std::fs::write(folder.path().join(name), text).expect("written");
        }
        let files = ["short.rs", "long.rs", "empty.rs", "deleted.rs"].map(PathBuf::from);
        let long = in_folder(folder.path(), &files).expect("read");
        assert_eq!(long, [(PathBuf::from("long.rs"), MOST_LINES + 1)]);
    }

    #[test]
    fn the_sources_of_this_project_are_found_and_nothing_that_is_built() {
        let files = source_files(workspace()).expect("git answers");
        for known in ["xtask/src/lengths.rs", "models/gain.py", "nn-core/torch/library/shim/api.cpp"] {
            assert!(files.contains(&PathBuf::from(known)), "{known}");
        }
        assert!(files.iter().all(|file| !file.starts_with("target")), "{files:?}");
    }
}
