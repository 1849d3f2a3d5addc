//! `cargo xtask windows`: Windows on x86-64, built here and run under wine.
//!
//! Everything that is Rust is linked: the tool, and what Pd, Max and SuperCollider open. The tests of nn-core and the crates
//! below it run, the tool, the package for Max is read, and Pure Data plays the external with models made of a few lines of
//! Rust. What is not built is `nn_torch`: its C++ asks for Microsoft's compiler (`tests/windows/README.md`).

mod build;
mod core_tests;
mod package;
mod pure_data;
mod tool;
mod tools;
mod wine;

use std::path::PathBuf;

use self::wine::Wine;
use crate::run::{Failure, target_dir};

/// Where everything of this is kept.
fn folder() -> PathBuf {
    target_dir().join("windows")
}

/// `cargo xtask windows`, with `all` for every test.
///
/// # Errors
/// As for [`run()`]; for any other word.
pub fn run_with(words: &[String]) -> Result<(), Failure> {
    match words {
        [] => run(false),
        [word] if word == "all" => run(true),
        _ => Err(Failure::new(
            "windows takes no word but `all`: every test of nn-core, not only those that meet the system",
        )),
    }
}

/// Builds and links it, with the tests that run without `all`.
///
/// # Errors
/// When a tool is missing, or something cannot be built.
pub fn build() -> Result<(), Failure> {
    tools::check()?;
    build::everything(&folder())?;
    core_tests::build(&folder(), false).map(drop)
}

/// Builds, links and runs it.
///
/// # Errors
/// When a tool is missing, or something cannot be built or does not work.
pub fn run(all: bool) -> Result<(), Failure> {
    tools::check()?;
    let folder = folder();
    build::everything(&folder)?;
    let wine = Wine::ready(&folder)?;
    tool::test(&folder, &wine)?;
    package::test(&folder)?;
    pure_data::test(&folder, &wine)?;
    core_tests::run(&folder, &wine, all)
}
