//! The crates of a workspace, and what Cargo builds of each: library, programs, tests, benchmarks, examples.

use std::path::{Component, Path, PathBuf};

use crate::run::Failure;

/// One thing that Cargo builds.
pub struct Target {
    /// Its root file.
    pub file: PathBuf,
    /// The name by which other crates know it, when it is a library.
    pub library: Option<String>,
}

/// All targets of all crates below `root`, by file.
///
/// # Errors
/// When a folder or a manifest cannot be read.
pub fn of(root: &Path) -> Result<Vec<Target>, Failure> {
    let mut targets = Vec::new();
    let mut waiting = vec![root.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in entries(&folder)? {
            let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if entry.is_dir() && !name.starts_with('.') && name != "target" && name != "out" {
                waiting.push(entry);
            }
        }
        let manifest = folder.join("Cargo.toml");
        if manifest.exists() {
            let text = std::fs::read_to_string(&manifest)
                .map_err(|error| Failure::new(format!("{} cannot be read: {error}", manifest.display())))?;
            of_crate(&folder, &text, &mut targets)?;
        }
    }
    targets.retain(|target| target.file.exists());
    targets.sort_by(|a, b| (&a.file, &a.library).cmp(&(&b.file, &b.library)));
    targets.dedup_by(|a, b| a.file == b.file && a.library == b.library);
    Ok(targets)
}

fn of_crate(folder: &Path, manifest: &str, targets: &mut Vec<Target>) -> Result<(), Failure> {
    let mut section = "";
    let (mut package, mut library, mut library_file) = (None, None, "src/lib.rs");
    let mut files = vec!["src/main.rs", "build.rs"];
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line.trim_matches(['[', ']']);
        } else if let Some((key, value)) = line.split_once('=') {
            let value = value.trim().trim_matches('"');
            match (section, key.trim()) {
                ("package", "name") => package = Some(value),
                ("lib", "name") => library = Some(value),
                ("lib", "path") => library_file = value,
                ("package", "build") | ("bin" | "test" | "bench" | "example", "path") => files.push(value),
                _ => {}
            }
        }
    }
    let library = library.or(package).map(|name| name.replace('-', "_"));
    targets.push(Target { file: plain(&folder.join(library_file)), library });
    let mut files: Vec<_> = files.into_iter().map(|file| plain(&folder.join(file))).collect();
    for group in ["tests", "benches", "examples", "src/bin"].map(|group| folder.join(group)) {
        for entry in if group.is_dir() { entries(&group)? } else { Vec::new() } {
            if entry.extension().is_some_and(|ending| ending == "rs") {
                files.push(entry);
            } else if !entry.join("Cargo.toml").exists() {
                files.push(entry.join("main.rs"));
            }
        }
    }
    targets.extend(files.into_iter().map(|file| Target { file, library: None }));
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |error| Failure::new(format!("{} cannot be read: {error}", folder.display()));
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        entries.push(entry.map_err(failed)?.path());
    }
    Ok(entries)
}

/// The same path without `..`, so that a file has one name.
pub fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        // What `..` cannot leave (it stands at the beginning) stays.
        let left = part == Component::ParentDir
            && plain.components().next_back().is_some_and(|last| matches!(last, Component::Normal(_)))
            && plain.pop();
        if !left {
            plain.push(part);
        }
    }
    plain
}
