//! `cargo xtask oracle`: the program that calls models for tests without this project's own C++ (`tests/oracle`).

use std::process::Command;

use crate::run::{self, Failure, cargo};

/// Builds it, beside the other programs that are built for tests.
///
/// # Errors
/// When there is no libtorch, or cargo fails.
pub fn run() -> Result<(), Failure> {
    run::run(&mut command("build")?)
}

/// cargo's `verb` on it. The build script of `torch-sys` asks the environment where libtorch is; nobody else is told,
/// because what is built for another `LIBTORCH` is built again.
///
/// # Errors
/// When there is no libtorch.
pub fn command(verb: &str) -> Result<Command, Failure> {
    let libtorch = nn_install::locate().map_err(|error| Failure::new(error.to_string()))?;
    let mut command = cargo(&format!("{verb} -p nn-oracle --features libtorch"));
    command.env("LIBTORCH", libtorch.root);
    Ok(command)
}
