//! `cargo xtask test`: everything that must hold, in the order that fails soonest.

use std::collections::BTreeMap;
use std::process::Command;
use std::thread::{self, JoinHandle};

use crate::run::{self, Failure, cargo, step, target_dir, workspace};
use crate::{arm, check, executables, macos, models, neutone, oracle, package, setup, windows};

/// nn-core with fake models: no libtorch, seconds. Without nn-archive, which has no threads; and without nn-process, whose tests end threads and children of their own
/// inside the standard library, which the sanitizer does not see.
const CORE: &str = "test -p nn-core -p nn-engine -p nn-model --no-default-features --features nn-core/fake";

/// The boxes with fake models, called from all of Max's threads. Without counters, which take the sanitizer's place.
const MAX_BOXES: &str = "test -p max-host --no-default-features --test arrays --test boxes --test endurance --test faults \
                         --test info --test old_max --test sound --test windows";

/// The UGens with fake models, made and freed on several threads, offline, and while a server quits.
const SUPERCOLLIDER_UGENS: &str =
    "test -p supercollider-host --no-default-features --test leaving --test offline --test supernova";

/// Tests of what a box does in time, in hosts that play in real time: others beside them would make it late.
const IN_TIME: [&str; 12] = [
    "callback",
    "catalog",
    "check",
    "deadline",
    "engine",
    "hanging",
    "endurance",
    "large",
    "latency",
    "stream",
    "scsynth",
    "supernova",
];

/// Tests that take more than a minute.
const LONGEST: [&str; 8] =
    ["tool", "supercollider", "coexistence", "arrays", "torch_large", "equality", "leaving", "finding"];

type Step = fn() -> Result<(), Failure>;

/// The steps by name, in the order that fails soonest.
#[rustfmt::skip]
const STEPS: [(&str, Step); 10] = [
    ("setup",     || step("setup", setup::run_for_tests)),
    ("check",     check::run),
    ("macos",     macos_elsewhere),
    ("windows",   windows_under_wine),
    ("package",   build_and_package),
    ("arm",       linux_on_arm),
    ("sanitizer", sanitizer),
    ("tests",     tests),
    ("gpu",       gpu_rehearsal),
    ("models",    || step("models", || models::run(&[]))),
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
    let wanted = |name: &str| words.is_empty() || words.iter().any(|word| word == name);
    let mut ahead = None;
    for (name, run) in STEPS.iter().filter(|(name, _)| wanted(name)) {
        // From here on what was downloaded is used.
        if *name == "arm" || *name == "tests" {
            ahead.take().map(JoinHandle::join);
        }
        run()?;
        if *name == "setup" && words.is_empty() {
            ahead = Some(thread::spawn(|| download_ahead().status()));
        }
    }
    Ok(())
}

/// Downloads beside what keeps the processors busy, on a bare machine minutes. What fails here is asked for again by the step that
/// needs it, which says why. Its processes come after all others: tests under wine, in which threads wait for each other at each
/// block, took twenty times as long beside a package that was being unpacked.
fn download_ahead() -> Command {
    let this_program = std::env::current_exe().unwrap_or_else(|_| "xtask".into());
    let mut command = if cfg!(unix) { Command::new("nice") } else { Command::new(&this_program) };
    if cfg!(unix) {
        command.args(["-n", "19"]).arg(this_program);
    }
    command.arg("download");
    command
}

/// `cargo xtask download`: what steps after `setup` need from elsewhere.
///
/// # Errors
/// When something cannot be downloaded; the rest is, all the same.
pub fn download() -> Result<(), Failure> {
    let for_arm =
        if cfg!(all(target_os = "linux", target_arch = "x86_64")) { arm::download() } else { Ok(()) };
    neutone::ensure().and(for_arm)
}

fn macos_elsewhere() -> Result<(), Failure> {
    if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
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
    if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        step("externals for Linux on ARM", arm::run)?;
    }
    Ok(())
}

fn sanitizer() -> Result<(), Failure> {
    // Where the sanitizer runs, it runs the same tests.
    if cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        step("tests of nn-core under ThreadSanitizer", || thread_sanitizer(CORE, &["--lib", "--tests"]))?;
        step("the Max boxes under ThreadSanitizer", || thread_sanitizer(MAX_BOXES, &[]))?;
        step("the UGens under ThreadSanitizer", || thread_sanitizer(SUPERCOLLIDER_UGENS, &[]))
    } else {
        step("tests of nn-core without libtorch", || run::run(&mut cargo(CORE)))
    }
}

fn tests() -> Result<(), Failure> {
    step("tests with libtorch, in Pure Data and in Max's place", || {
        oracle::run()?;
        neutone::ensure()?;
        // `cargo test` alone does not make the libraries that the tests open at run time.
        run::run(&mut cargo("build --workspace"))?;
        // nn-torch is C++ behind C functions, tested through nn-core; its own empty test would not find libtorch.
        let tests = executables::build(&mut cargo("test --workspace --exclude nn-torch"))?;
        let environment =
            BTreeMap::from(["NN_REQUIRE_NEUTONE", "NN_REQUIRE_ARM"].map(|name| (name, "1".to_owned())));
        executables::run(&tests, (&IN_TIME, &LONGEST), &[], &environment, &target_dir().join("test-output"))?;
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

/// Tests with every memory access of the project's own code watched.
///
/// Needs a compiler switch that is not stable yet, which the stable compiler accepts when told to. The target
/// is named so that build scripts are built without it, and has a folder of its own so that nothing is rebuilt
/// in turns.
fn thread_sanitizer(tests: &str, which: &[&str]) -> Result<(), Failure> {
    let folder = target_dir().join("thread-sanitizer");
    let mut command = cargo(tests);
    // No documentation tests: they would be built without the switches and then not link.
    command.args(which).args(["--target", "x86_64-unknown-linux-gnu", "--target-dir"]).arg(&folder);
    command.env("RUSTC_BOOTSTRAP", "1");
    // What it cannot judge is listed by functions, which are inlined: without line tables they have no names.
    command.env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only");
    command.env("RUSTFLAGS", "-Zsanitizer=thread -Cunsafe-allow-abi-mismatch=sanitizer");
    let mut all = executables::build(&mut command)?;
    // The reader of archives has no threads and nothing shared.
    all.retain(|one| !one.target().starts_with("archive"));
    let known = workspace().join("xtask/thread-sanitizer.txt");
    let environment = BTreeMap::from([("TSAN_OPTIONS", format!("suppressions=\"{}\"", known.display()))]);
    let in_time: Vec<_> =
        IN_TIME.into_iter().filter(|name| all.iter().any(|one| one.target() == *name)).collect();
    // Tests of one process would meet at locks whose waiting side the sanitizer cannot see.
    executables::run(&all, (&in_time, &[]), &["--test-threads=1"], &environment, &folder.join("test-output"))
}
