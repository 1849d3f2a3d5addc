//! The Python interpreter whose pip does the downloading.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Commands that may start Python 3, the most specific first.
#[cfg(not(windows))]
const CANDIDATES: &[&[&str]] = &[&["python3"], &["python"]];
#[cfg(windows)]
const CANDIDATES: &[&[&str]] = &[&["py", "-3"], &["python"], &["python3"]];

/// Why no usable Python was found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PythonError {
    /// None of the usual commands starts Python 3.
    #[error("Python 3 was not found: install it ({})", hint("python3 python3-pip", "python"))]
    Missing,
    /// Python is there without the module.
    #[error("{} has no module {module}: install it ({})", interpreter.display(), hint(package, "python"))]
    ModuleMissing {
        /// The interpreter that was asked.
        interpreter: PathBuf,
        /// The module it lacks.
        module: &'static str,
        /// The Debian package that holds it.
        package: &'static str,
    },
}

/// What to type for a missing package, for the system this runs on.
#[must_use]
pub fn hint(debian: &str, homebrew: &str) -> String {
    match std::env::consts::OS {
        "macos" => format!("brew install {homebrew}"),
        "windows" => format!("winget search {homebrew}"),
        _ => format!("on Debian and Ubuntu: sudo apt install {debian}"),
    }
}

/// The full path of a Python 3.
///
/// # Errors
/// [`PythonError::Missing`] when none of the usual commands starts one.
pub fn find() -> Result<PathBuf, PythonError> {
    for candidate in CANDIDATES {
        let output = Command::new(candidate[0])
            .args(&candidate[1..])
            .args(["-c", "import sys; assert sys.version_info[0] == 3; print(sys.executable)"])
            .stdin(Stdio::null())
            .output();
        if let Ok(output) = output
            && output.status.success()
        {
            let path = String::from_utf8_lossy(&output.stdout).trim().to_owned();
            if !path.is_empty() {
                return Ok(path.into());
            }
        }
    }
    Err(PythonError::Missing)
}

/// The full path of a Python 3 that has pip.
///
/// # Errors
/// When Python or pip is missing; the text says what to install.
pub fn find_with_pip() -> Result<PathBuf, PythonError> {
    let interpreter = find()?;
    if has_module(&interpreter, "pip") {
        return Ok(interpreter);
    }
    Err(PythonError::ModuleMissing { interpreter, module: "pip", package: "python3-pip" })
}

/// Whether `interpreter` can import `module`.
#[must_use]
pub fn has_module(interpreter: &Path, module: &str) -> bool {
    Command::new(interpreter)
        .args(["-c", &format!("import {module}")])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_that_does_not_exist_is_reported_missing() {
        let Ok(interpreter) = find() else { return };
        assert!(has_module(&interpreter, "sys"));
        assert!(!has_module(&interpreter, "no_module_has_this_name"));
    }
}
