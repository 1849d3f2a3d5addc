//! Tests under ThreadSanitizer, where it runs; elsewhere the same without it.

use std::{collections::BTreeMap, path::PathBuf, process::Command};

use crate::{
    executables,
    run::{self, Failure, cargo, step, target_dir, workspace},
    target::is_linux_x86_64,
};

/// nn-core with fake models: no libtorch, seconds. Without nn-archive, which has no threads; and without nn-process, whose tests end threads and children of their own
/// inside the standard library, which the sanitizer does not see.
const CORE: &str = "test -p nn-core -p nn-engine -p nn-model --no-default-features --features nn-core/fake";

/// The boxes with fake models, called from all of Max's threads. Without counters, which take the sanitizer's place.
const MAX_BOXES: &str = "test -p max-host --no-default-features --test arrays --test boxes --test endurance --test faults \
                         --test info --test old_max --test sound --test windows";

/// The UGens with fake models, made and freed on several threads, offline, and while a server quits.
const SUPERCOLLIDER_UGENS: &str =
    "test -p supercollider-host --no-default-features --test leaving --test offline --test supernova";

/// What is run under ThreadSanitizer: a name, and the words for cargo and for which targets.
const SANITIZED: [(&str, &str, &[&str]); 3] = [
    ("tests of nn-core under ThreadSanitizer", CORE, &["--lib", "--tests"]),
    ("the Max boxes under ThreadSanitizer", MAX_BOXES, &[]),
    ("the UGens under ThreadSanitizer", SUPERCOLLIDER_UGENS, &[]),
];

/// Runs them, with what is `in_time` alone.
///
/// # Errors
/// When one cannot be built or fails.
pub fn run(in_time: &[&str]) -> Result<(), Failure> {
    // Where the sanitizer runs, it runs the same tests.
    if is_linux_x86_64() {
        SANITIZED
            .iter()
            .try_for_each(|(name, tests, which)| step(name, || thread_sanitizer(tests, which, in_time)))
    } else {
        step("tests of nn-core without libtorch", || run::run(&mut cargo(CORE)))
    }
}

/// Builds what is run under ThreadSanitizer.
///
/// # Errors
/// When something cannot be built.
pub fn build() -> Result<(), Failure> {
    if is_linux_x86_64() {
        SANITIZED
            .iter()
            .try_for_each(|(_, tests, which)| executables::build(&mut sanitized(tests, which)).map(drop))?;
    }
    Ok(())
}

/// Tests with every memory access of the project's own code watched.
///
/// Needs a compiler switch that is not stable yet, which the stable compiler accepts when told to. The target
/// is named so that build scripts are built without it, and has a folder of its own so that nothing is rebuilt
/// in turns.
fn sanitized(tests: &str, which: &[&str]) -> Command {
    let mut command = cargo(tests);
    // No documentation tests: they would be built without the switches and then not link.
    command.args(which).args(["--target", "x86_64-unknown-linux-gnu", "--target-dir"]).arg(place());
    command.env("RUSTC_BOOTSTRAP", "1");
    // What it cannot judge is listed by functions, which are inlined: without line tables they have no names.
    command.env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only");
    command.env("RUSTFLAGS", "-Zsanitizer=thread -Cunsafe-allow-abi-mismatch=sanitizer");
    command
}

fn place() -> PathBuf {
    target_dir().join("thread-sanitizer")
}

fn thread_sanitizer(tests: &str, which: &[&str], in_time: &[&str]) -> Result<(), Failure> {
    let folder = place();
    let mut all = executables::build(&mut sanitized(tests, which))?;
    // The reader of archives has no threads and nothing shared; what plays scripts waits for processes that are not watched.
    all.retain(|one| !one.target().starts_with("archive") && one.target() != "python");
    let known = workspace().join("xtask/thread-sanitizer.txt");
    let environment = BTreeMap::from([("TSAN_OPTIONS", format!("suppressions=\"{}\"", known.display()))]);
    let in_time: Vec<_> =
        in_time.iter().copied().filter(|name| all.iter().any(|one| one.target() == *name)).collect();
    // Tests of one process would meet at locks whose waiting side the sanitizer cannot see.
    executables::run(&all, (&in_time, &[]), &["--test-threads=1"], &environment, &folder.join("test-output"))
}
