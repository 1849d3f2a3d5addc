//! The tests of nn-core and of all crates below it, but for those with libtorch.

use std::{collections::BTreeSet, path::Path};

use super::{
    tools::{self, WINE},
    wine::Wine,
};
use crate::{
    executables::{self, Executable},
    package::files::entries,
    run::{Failure, workspace},
};

/// Crates with tests that need no libtorch.
const CRATES: [&str; 8] =
    ["nn-core", "nn-engine", "nn-model", "nn-process", "nn-python", "nn-archive", "nn-catalog", "nn-dylib"];

/// Of these, those that meet nothing of the system.
const PURE: [&str; 2] = ["nn-model", "nn-archive"];

/// Files of tests that play models through libtorch.
const WITH_LIBTORCH: [&str; 2] = ["torch_", "neutone"];

/// Tests that ask whether something is in time, or whether processors have anything to do.
const ALONE: [&str; 4] = ["child", "engine", "hanging", "large"];

/// What wine 8 does not do: it counts nothing that a process reads.
const LACKING: [&str; 1] = ["what_a_child_process_reads_is_progress"];

/// nn-core's files of tests that meet what differs there: files and their names, threads, clocks, other processes. Those of the
/// crates below it all run, but for those of [`PURE`] crates.
const MEETING_WINDOWS: [&str; 9] = [
    "described_late",
    "engine",
    "formats",
    "hanging",
    "info_box",
    "info_files",
    "large",
    "offline",
    "slow_loads",
];

/// Builds them: of nn-core's files those above, or `all`.
///
/// # Errors
/// When one cannot be built.
pub fn build(folder: &Path, all: bool) -> Result<Vec<Executable>, Failure> {
    let mut command = tools::cargo("test", folder)?;
    command.args(crates(all).iter().flat_map(|name| ["-p", name])).args([
        "--features",
        "nn-core/fake",
        "--lib",
    ]);
    for name in files(all)? {
        command.args(["--test", &name]);
    }
    executables::build(&mut command)
}

/// Builds and runs them.
///
/// # Errors
/// When one cannot be built or fails.
pub fn run(folder: &Path, wine: &Wine, all: bool) -> Result<(), Failure> {
    let mut tests = build(folder, all)?;
    tests.iter_mut().for_each(|test| test.run_by(WINE));
    let words: Vec<&str> = LACKING.iter().flat_map(|name| ["--skip", name]).collect();
    executables::run(&tests, (&ALONE, &[]), &words, &wine.environment(), &folder.join("test-output"))
}

fn crates(all: bool) -> Vec<&'static str> {
    CRATES.into_iter().filter(|name| all || !PURE.contains(name)).collect()
}

/// The files and folders of tests.
fn files(all: bool) -> Result<BTreeSet<String>, Failure> {
    let mut names = BTreeSet::new();
    for name in crates(all) {
        let tests = match name {
            "nn-core" => workspace().join("nn-core/tests"),
            other => workspace().join("nn-core").join(other.trim_start_matches("nn-")).join("tests"),
        };
        for path in if tests.is_dir() { entries(&tests)? } else { Vec::new() } {
            let is_test =
                path.extension().is_some_and(|ending| ending == "rs") || path.join("main.rs").is_file();
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let is_meant = all || name != "nn-core" || MEETING_WINDOWS.contains(&stem.as_str());
            if is_test && is_meant && !WITH_LIBTORCH.iter().any(|start| stem.starts_with(start)) {
                names.insert(stem);
            }
        }
    }
    Ok(names)
}
