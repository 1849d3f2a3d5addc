//! What an interpreter says of itself, without running anything of a script.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use nn_model::RunAs;
use serde_json::Value;

use crate::interpreter::interpreter;

/// How long it may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// What it is asked. Packages are looked up, not imported: that takes seconds.
const QUESTION: &str = "import json, sys
import importlib.metadata as packages
def version(name):
    try: return packages.version(name)
    except packages.PackageNotFoundError: return None
print(json.dumps([sys.executable, '.'.join(map(str, sys.version_info[:3])), version('numpy'), version('torch')]))";
/// The oldest in which scripts run.
const OLDEST: (u32, u32) = (3, 9);

/// An interpreter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interpreter {
    /// Where it is.
    pub path: String,
    /// Its version: `3.11.7`.
    pub version: String,
    /// The version of NumPy, where it has one.
    pub numpy: Option<String>,
    /// The version of torch, where it has one.
    pub torch: Option<String>,
}

impl Interpreter {
    /// The one that scripts get where neither they nor boxes say more. Runs it.
    ///
    /// Thread: loader.
    ///
    /// # Errors
    /// When there is none, in a line.
    pub fn usual() -> Result<Self, String> {
        Self::ask(&interpreter(&PathBuf::new(), &RunAs::default()))
    }

    pub(crate) fn ask(interpreter: &Path) -> Result<Self, String> {
        let name = interpreter.display();
        let mut command = Command::new(interpreter);
        command.args(["-c", QUESTION]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| format!("{name} cannot be started ({error})"))?;
        let begin = Instant::now();
        while matches!(child.try_wait(), Ok(None)) {
            if begin.elapsed() > PATIENCE {
                // It may have gone by itself.
                let _gone = child.kill();
                break;
            }
            thread::sleep(Duration::from_millis(2));
        }
        let output = child.wait_with_output().map_err(|error| format!("{name}: {error}"))?;
        Self::of(&output.stdout)
            .ok_or_else(|| format!("{name} is no Python 3.8 or later, or does not answer"))
    }

    fn of(answer: &[u8]) -> Option<Self> {
        let answer: Value = serde_json::from_slice(answer).ok()?;
        let text = |at: usize| answer[at].as_str().map(str::to_owned);
        Some(Self { path: text(0)?, version: text(1)?, numpy: text(2), torch: text(3) })
    }

    /// Whether scripts run in it.
    ///
    /// Thread: any.
    pub fn is_recent(&self) -> bool {
        let mut numbers = self.version.split('.').filter_map(|number| number.parse().ok());
        (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) >= OLDEST
    }

    /// In one line: `3.11.7 (/usr/bin/python3), NumPy 2.4.6, no torch`.
    ///
    /// Thread: any.
    pub fn in_words(&self) -> String {
        let package = |name: &str, version: &Option<String>| match version {
            Some(version) => format!("{name} {version}"),
            None => format!("no {name}"),
        };
        let (numpy, torch) = (package("NumPy", &self.numpy), package("torch", &self.torch));
        format!("{} ({}), {numpy}, {torch}", self.version, self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_answers_is_told_in_a_line_and_old_ones_are_known() {
        let answer = br#"["/usr/bin/python3", "3.11.7", "2.4.6", null]"#;
        let found = Interpreter::of(answer).expect("an answer");
        assert_eq!(found.in_words(), "3.11.7 (/usr/bin/python3), NumPy 2.4.6, no torch");
        for (version, is_recent) in
            [("3.9.0", true), ("3.8.18", false), ("3.13.0", true), ("2.7.18", false), ("4.0", true)]
        {
            assert_eq!(
                Interpreter { version: version.into(), ..found.clone() }.is_recent(),
                is_recent,
                "{version}"
            );
        }
        assert_eq!(Interpreter::of(b"Python 2"), None);
    }

    #[test]
    fn what_is_no_python_is_a_line() {
        let error = Interpreter::ask(Path::new("/nowhere/python3")).expect_err("nothing there");
        assert!(error.starts_with("/nowhere/python3 cannot be started ("), "{error}");
        #[cfg(unix)]
        {
            let error = Interpreter::ask(Path::new("/bin/echo")).expect_err("no Python");
            assert_eq!(error, "/bin/echo is no Python 3.8 or later, or does not answer");
        }
    }
}
