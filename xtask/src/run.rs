//! Running other programs: where, with what, and what it means when they fail.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

/// Why a chore did not succeed; becomes the last line of the output and the exit code.
#[derive(Debug)]
pub struct Failure {
    /// What went wrong and what to do about it.
    pub message: String,
    /// The exit code of the program that failed, or 1.
    pub code: u8,
}

impl Failure {
    /// A failure of this program itself.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: 1 }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// The folder that holds the workspace.
pub fn workspace() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// The folder cargo builds into.
pub fn target_dir() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .filter(|dir| !dir.is_empty())
        .map_or_else(|| workspace().join("target"), |dir| workspace().join(dir))
}

/// cargo, in the workspace, with `arguments` separated by spaces.
pub fn cargo(arguments: &str) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(workspace()).args(arguments.split_whitespace());
    command
}

/// Runs `command` with this program's input and output.
///
/// # Errors
/// When it cannot be started or does not succeed; its exit code is passed on.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let shown = shown(command);
    let status =
        command.status().map_err(|error| Failure::new(format!("`{shown}` cannot be started: {error}")))?;
    checked(&shown, status)
}

/// How a program ended, as this program's result.
///
/// # Errors
/// When it did not succeed; its exit code is passed on.
pub fn checked(shown: &str, status: ExitStatus) -> Result<(), Failure> {
    if status.success() {
        return Ok(());
    }
    // A signal has no code.
    let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
    Err(Failure { message: format!("`{shown}` failed ({status})"), code })
}

/// What is run, in words.
pub fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy();
    let words = command.get_args().map(|word| word.to_string_lossy().into_owned());
    std::iter::once(program.into_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

/// Runs `work` under a header, and says how long it took.
///
/// # Errors
/// Those of `work`, unchanged.
pub fn step(name: &str, work: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    println!("\n==> {name}");
    let started = Instant::now();
    let result = work();
    let outcome = if result.is_ok() { "done" } else { "FAILED" };
    println!("<== {name}: {outcome} in {}", seconds(started.elapsed()));
    result
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
