//! `cargo xtask platforms`: the crates that users get are type-checked for macOS. What is for Windows and for Linux on ARM is linked
//! and run, in steps of their own (`windows`, `arm`).
//!
//! Nothing is linked and nothing runs: errors of a linker or of another system do not show. With the types come the
//! layouts of the hosts' structures, which are asserted at compile time.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::run::{self, Failure, target_dir, workspace};

/// The machines.
const TARGETS: [&str; 1] = ["aarch64-apple-darwin"];

/// What users get, but for the library with libtorch, which is C++.
const CRATES: [&str; 9] = [
    "nn-dylib",
    "nn-core",
    "nn-pd",
    "nn-pd-stub",
    "nn-max",
    "nn-max-stub",
    "nn-supercollider",
    "nn-supercollider-scsynth",
    "nn-supercollider-supernova",
];

/// Debian's compiler comes with the sources of the standard library, which no other machine's is here for.
pub const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
const PACKAGES: &str = "rustc-web cargo-web rust-web-src";

/// Stands in for the C compilers and archivers of other machines: a dependency compiles C, and only its types matter.
const NO_COMPILER: &str = r#"#!/bin/sh
# Stands in for C compilers and archivers where nothing is linked: writes what it is told to write, with nothing in it.
while [ $# -gt 0 ]; do
    case "$1" in
        -o) : > "$2"; shift ;;
        -o*) : > "${1#-o}" ;;
        *.a) printf '!<arch>\n' > "$1" ;;
    esac
    shift
done
"#;

/// Checks all crates for all machines.
///
/// # Errors
/// When the compiler is missing, or a type is wrong.
pub fn run() -> Result<(), Failure> {
    library_sources()?;
    let folder = target_dir().join("platforms");
    let no_compiler = no_compiler(&folder)?;
    for target in TARGETS {
        run::run(&mut check(target, &folder, &no_compiler))?;
    }
    Ok(())
}

/// The folder of the standard library's sources.
///
/// # Errors
/// When they are not there: how to get them.
pub fn library_sources() -> Result<PathBuf, Failure> {
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

fn no_compiler(folder: &Path) -> Result<PathBuf, Failure> {
    let path = folder.join("no-compiler");
    let write = || {
        std::fs::create_dir_all(folder)?;
        std::fs::write(&path, NO_COMPILER)?;
        make_executable(&path)
    };
    write().map_err(|error: std::io::Error| Failure::new(format!("{}: {error}", path.display())))?;
    Ok(path)
}

#[cfg(unix)]
fn make_executable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_path: &Path) -> std::io::Result<()> {
    Ok(())
}

/// One machine: together, they would all get the dependencies' features of each.
fn check(target: &str, folder: &Path, no_compiler: &Path) -> Command {
    let mut command = with_sources("check", target, folder, "std,panic_unwind");
    command.args(CRATES.iter().flat_map(|name| ["-p", name]));
    for tool in ["CC", "CXX", "AR", "RANLIB"] {
        command.env(format!("{tool}_{target}"), no_compiler);
    }
    command
}

/// Debian's cargo for another machine, with the standard library from its sources.
pub fn with_sources(verb: &str, target: &str, folder: &Path, library: &str) -> Command {
    let mut command = Command::new(CARGO);
    command.current_dir(workspace()).args([verb, "--locked", "--target", target, "--target-dir"]).arg(folder);
    // A switch that is not stable yet, which the stable compiler accepts when told to.
    command.arg(format!("-Zbuild-std={library}")).env("RUSTC_BOOTSTRAP", "1").env("RUSTC", RUSTC);
    for theirs in ["CARGO", "RUSTUP_TOOLCHAIN", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
        command.env_remove(theirs);
    }
    command
}
