//! `cargo xtask platforms`: the crates that users get are type-checked for the machines that users have.
//!
//! Nothing is linked and nothing runs: what a linker or another system would say is not seen. With the types come the
//! layouts of the hosts' structures, which are asserted at compile time, for Windows' narrower `long` too.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::run::{self, Failure, target_dir, workspace};

/// The machines.
const TARGETS: [&str; 3] = ["x86_64-pc-windows-gnu", "aarch64-unknown-linux-gnu", "aarch64-apple-darwin"];

/// What users get, but for the library with libtorch, which is C++.
const CRATES: [&str; 6] = ["nn-beside", "nn-core", "nn-pd", "nn-pd-stub", "nn-max", "nn-max-stub"];

/// Debian's compiler comes with the sources of the standard library, which no other machine's is here for.
const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
const PACKAGES: &str = "rustc-web cargo-web rust-web-src binutils-mingw-w64-x86-64";

/// Stands in for the C compilers and archivers of other machines: a dependency compiles C, and only its types matter.
const STAND_IN: &str = r#"#!/bin/sh
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
    sources()?;
    let folder = target_dir().join("platforms");
    let stand_in = stand_in(&folder)?;
    for target in TARGETS {
        run::run(&mut check(target, &folder, &stand_in))?;
    }
    Ok(())
}

/// The standard library's sources.
fn sources() -> Result<(), Failure> {
    let output = Command::new(RUSTC).args(["--print", "sysroot"]).stderr(Stdio::null()).output();
    let sysroot = output.ok().filter(|output| output.status.success());
    let sysroot = sysroot.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    match sysroot {
        Some(sysroot) if Path::new(&sysroot).join("lib/rustlib/src/rust/library/std").is_dir() => Ok(()),
        _ => Err(Failure::new(format!(
            "no sources of the standard library for other machines: on Debian: sudo apt install {PACKAGES}"
        ))),
    }
}

fn stand_in(folder: &Path) -> Result<PathBuf, Failure> {
    let path = folder.join("no-compiler");
    let write = || {
        std::fs::create_dir_all(folder)?;
        std::fs::write(&path, STAND_IN)?;
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

fn check(target: &str, folder: &Path, stand_in: &Path) -> Command {
    let mut command = Command::new(CARGO);
    command
        .current_dir(workspace())
        .args(["check", "--locked", "--target", target, "--target-dir"])
        .arg(folder);
    command.args(CRATES.iter().flat_map(|name| ["-p", name]));
    // A switch that is not stable yet, which the stable compiler accepts when told to.
    command.arg("-Zbuild-std=std,panic_unwind").env("RUSTC_BOOTSTRAP", "1").env("RUSTC", RUSTC);
    for tool in ["CC", "CXX", "AR", "RANLIB"] {
        command.env(format!("{tool}_{target}"), stand_in);
    }
    for theirs in ["CARGO", "RUSTUP_TOOLCHAIN", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
        command.env_remove(theirs);
    }
    command
}
