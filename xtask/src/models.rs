//! `cargo xtask models`: exports the models again and compares them with those in git.

use std::process::Command;

use crate::python;
use crate::run::{self, Failure, workspace};

/// Runs `models/check.py` in a Python that has torch, which is made when it is not there; `words` are passed on.
///
/// # Errors
/// When that Python cannot be made, or a model differs from its script.
pub fn run(words: &[String]) -> Result<(), Failure> {
    let python = python::with_numpy()?;
    println!("Python with torch: {}", python.display());
    // Scripting is deprecated upstream; loading what was scripted is not.
    run::run(
        Command::new(python)
            .current_dir(workspace())
            .env("PYTHONWARNINGS", "ignore")
            .arg("models/check.py")
            .args(words),
    )
}
