//! `cargo xtask macos`: macOS on Apple's processors, linked elsewhere. Nothing of it can run here: what the loader of macOS will
//! read is read instead.
//!
//! What Pd, Max and SuperCollider open is linked. With `all`, the tool and the library that holds libtorch are too, this one against
//! the libtorch of macOS.

mod build;
pub mod check;
mod image;
mod role;
mod signature;
#[cfg(test)]
mod tests;
pub mod tools;

use crate::{
    run::{Failure, target_dir},
    target::Target,
};

/// The target.
const TARGET: &str = "macos-aarch64";

/// `cargo xtask macos`, with `all` for the tool and the library with libtorch too.
///
/// # Errors
/// As for [`run()`]; for any other word.
pub fn run_with(words: &[String]) -> Result<(), Failure> {
    match words {
        [] => run(false),
        [word] if word == "all" => run(true),
        _ => Err(Failure::new(
            "macos takes no word but `all`: the tool and the library that holds libtorch too",
        )),
    }
}

/// Links it and looks at it.
///
/// # Errors
/// When a tool is missing, or something cannot be linked or is wrong.
pub fn run(all: bool) -> Result<(), Failure> {
    if !tools::wanted() {
        return Err(Failure::new("this is a Mac: `cargo xtask build` links here, and the tests run"));
    }
    tools::ensure()?;
    let target = Target::named(TARGET)?;
    if all {
        crate::setup::run_with(&["--target", TARGET].map(str::to_owned))?;
    }
    let files = build::everything(target, all)?;
    check::run(target.platform, &files)?;
    build::max_package(target, &target_dir().join("macos"))?;
    println!("for macOS: {} libraries and programs are as its loader wants them", files.len());
    Ok(())
}
