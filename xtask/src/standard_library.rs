//! Rust for machines whose standard library is not here: Debian's compiler comes with its sources, and builds it beside what it is
//! for.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::run::{Failure, workspace};

/// The compiler.
pub const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
const PACKAGES: &str = "rustc-web cargo-web rust-web-src";

/// The folder of the standard library's sources.
///
/// # Errors
/// When they are not there: how to get them.
pub fn sources() -> Result<PathBuf, Failure> {
    let output = Command::new(RUSTC).args(["--print", "sysroot"]).stderr(Stdio::null()).output();
    let sysroot = output.ok().filter(|output| output.status.success());
    let sysroot = sysroot.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let library = sysroot.map(|sysroot| Path::new(&sysroot).join("lib/rustlib/src/rust/library"));
    match library.filter(|library| library.join("std").is_dir()) {
        Some(library) => Ok(library),
        None => Err(Failure::new(format!(
            "no sources of the standard library for other machines: on Debian: sudo apt install {PACKAGES}"
        ))),
    }
}

/// Debian's cargo for another machine, with these crates of the standard library from its sources.
pub fn cargo(verb: &str, target: &str, folder: &Path, library: &str) -> Command {
    let mut command = Command::new(CARGO);
    command.current_dir(workspace()).args([verb, "--locked", "--target", target, "--target-dir"]).arg(folder);
    // A switch that is not stable yet, which the stable compiler accepts when told to.
    command.arg(format!("-Zbuild-std={library}")).env("RUSTC_BOOTSTRAP", "1").env("RUSTC", RUSTC);
    for theirs in ["CARGO", "RUSTUP_TOOLCHAIN", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
        command.env_remove(theirs);
    }
    command
}
