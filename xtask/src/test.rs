//! `cargo xtask test`: everything that must hold.

use std::collections::BTreeMap;
use std::process::Command;

use crate::ahead::Ahead;
use crate::run::{self, Failure, cargo, step, target_dir, workspace};
use crate::{
    arm, check, executables, macos, models, neutone, oracle, package, python, sanitizer, setup,
    target::is_linux_x86_64, windows,
};

/// Tests of what a box does in time, in hosts that play in real time: others beside them would make it late. What is late beside
/// others now and then, and seldom twice, is not here: it is run once more.
const IN_TIME: [&str; 6] = ["callback", "deadline", "engine", "hanging", "large", "stream"];

/// Tests that take more than a minute.
const LONGEST: [&str; 10] = [
    "tool",
    "info",
    "supercollider",
    "repeats",
    "coexistence",
    "arrays",
    "torch_large",
    "equality",
    "leaving",
    "finding",
];

/// Gets whether all steps are run.
type Step = fn(bool) -> Result<(), Failure>;

/// The steps by name. Those after `tests` are built beside it.
#[rustfmt::skip]
const STEPS: [(&str, Step); 10] = [
    ("setup",     |_| step("setup", setup::run_for_tests)),
    ("check",     |_| check::run()),
    ("macos",     |_| macos_elsewhere()),
    ("package",   |_| build_and_package()),
    ("arm",       |_| linux_on_arm()),
    ("tests",     tests),
    ("windows",   |_| windows_under_wine()),
    ("sanitizer", |_| sanitizer::run(&IN_TIME)),
    ("gpu",       |_| gpu_rehearsal()),
    ("models",    |_| step("models", || models::run(&[]))),
];

/// Runs every step, or those that `words` name, and stops at the first that fails.
///
/// # Errors
/// Those of the step that failed; or a word names no step.
pub fn run(words: &[String]) -> Result<(), Failure> {
    if let Some(unknown) = words.iter().find(|word| STEPS.iter().all(|(name, _)| name != word)) {
        let names = STEPS.map(|(name, _)| name).join(", ");
        return Err(Failure::new(format!("no step \"{unknown}\": there are {names}")));
    }
    let all = words.is_empty();
    let mut downloads = None;
    for (name, run) in STEPS.iter().filter(|(name, _)| all || words.iter().any(|word| word == name)) {
        // From here on what was downloaded is used.
        if *name == "arm" || *name == "tests" {
            downloads.as_mut().map(Ahead::finish);
        }
        run(all)?;
        if *name == "setup" && all {
            downloads = Some(Ahead::begin("download"));
        }
    }
    Ok(())
}

fn macos_elsewhere() -> Result<(), Failure> {
    if is_linux_x86_64() {
        step("macOS, linked and read", || macos::run(false))?;
    }
    Ok(())
}

fn windows_under_wine() -> Result<(), Failure> {
    if cfg!(target_os = "linux") {
        step("Windows, under wine", || windows::run(false))?;
    }
    Ok(())
}

fn build_and_package() -> Result<(), Failure> {
    step("build and package", || {
        package::run(&["pd".to_owned(), "--folder".to_owned()])?;
        package::run(&["supercollider".to_owned(), "--folder".to_owned()])?;
        package::run(&["max".to_owned()])
    })
}

fn linux_on_arm() -> Result<(), Failure> {
    if is_linux_x86_64() {
        step("externals for Linux on ARM", arm::run)?;
    }
    Ok(())
}

fn tests(all: bool) -> Result<(), Failure> {
    step("tests with libtorch, in Pure Data and in Max's place", || {
        oracle::run()?;
        neutone::ensure()?;
        // `cargo test` alone does not make the libraries that the tests open at run time.
        run::run(&mut cargo("build --workspace"))?;
        // nn-torch is C++ behind C functions, tested through nn-core; its own empty test would not find libtorch.
        let tests = executables::build(&mut cargo("test --workspace --exclude nn-torch"))?;
        let mut environment =
            BTreeMap::from(["NN_REQUIRE_NEUTONE", "NN_REQUIRE_ARM"].map(|name| (name, "1".to_owned())));
        environment.insert("NN_TEST_PYTHON", python::with_numpy()?.display().to_string());
        // Most of what runs now waits; what is to be in time runs without.
        let mut builds = all.then(|| Ahead::begin("build"));
        let output = target_dir().join("test-output");
        let mut finish = || {
            if let Some(builds) = builds.as_mut() {
                builds.finish();
            }
        };
        executables::run_then(&tests, (&IN_TIME, &LONGEST), &[], &environment, &output, &mut finish)?;
        run::run(&mut cargo("test --workspace --exclude nn-torch --doc"))
    })
}

fn gpu_rehearsal() -> Result<(), Failure> {
    if cfg!(target_os = "linux") {
        step("the test of a GPU, rehearsed without one", || {
            run::run(Command::new(workspace().join("tests/gpu/run")).arg("--dry").current_dir(workspace()))
        })?;
    }
    Ok(())
}
