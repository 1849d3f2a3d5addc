//! `cargo xtask package HOST`: a folder as users install it, and the archive of it.

mod archive;
mod elf_names;
pub mod files;
mod icon;
mod licences;
pub mod loader_path;
mod max;
pub mod parts;
mod pd;
mod rivals;
mod signatures;
mod supercollider;

pub use max::of_another_machine as max_of_another_machine;

use crate::{
    build::{self, Build},
    run::Failure,
};

/// Makes the package for the host that the first word names.
///
/// # Errors
/// When the host is unknown, something cannot be built, or a file cannot be written.
pub fn run(words: &[String]) -> Result<(), Failure> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (build, words) = Build::take(&words)?;
    if build.profile != build::RELEASE {
        return Err(Failure::new("packages hold what users get: make them without `--quick`"));
    }
    match words[..] {
        ["pd"] => pd::run(build, true),
        ["pd", "--folder"] => pd::run(build, false),
        ["supercollider"] => supercollider::run(build, true),
        ["supercollider", "--folder"] => supercollider::run(build, false),
        ["max", ref rest @ ..] => max::run(build, rest),
        _ => Err(Failure::new(
            "say for which host: `cargo xtask package pd` or `cargo xtask package supercollider` (`--folder`: without the archive), or \
             `cargo xtask package max` (`--with FOLDER`: joined with the package that another machine made); `--target \
             NAME` makes it for another machine",
        )),
    }
}
