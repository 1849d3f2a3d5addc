//! What links for macOS where there is no Mac: zig's compiler with its headers, LLVM's linker, and a folder that stands in for
//! Apple's SDK.
//!
//! That folder holds lists of names, in place of the system's libraries: of libSystem the one that comes with zig, of the others
//! those of this project (`xtask/macos/sdk`).

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use nn_install::python;

use crate::{
    package::files::{copy_folder, entries, failed, fresh_folder},
    run::{self, Failure, target_dir, workspace},
};

/// The linker, by the names under which Debian has it.
const LINKERS: [&str; 2] = ["ld64.lld-22", "ld64.lld"];
/// Debian's package of it.
const PACKAGE: &str = "lld-22";
/// The machine, as Rust's compiler names it.
const TRIPLE: &str = "aarch64-apple-darwin";
/// What the scripts are called here, and which of `xtask/macos` each is.
const SCRIPTS: [(&str, &str); 4] =
    [("cc", "compile"), ("c++", "compile"), ("ar", "compile"), ("link", "link")];
/// Libraries that are part of libSystem, for which Apple's SDK has names of their own.
const IN_LIBSYSTEM: [&str; 2] = ["libc", "libm"];

/// Where all of it is.
fn folder() -> PathBuf {
    target_dir().join("tools/macos")
}

fn sources() -> PathBuf {
    workspace().join("xtask/macos")
}

/// Whether this machine needs any of it to build for macOS.
pub const fn wanted() -> bool {
    !cfg!(target_os = "macos")
}

/// Downloads what is not here yet.
///
/// # Errors
/// When the linker or pip is missing, how to get it; when zig cannot be downloaded.
pub fn ensure() -> Result<(), Failure> {
    let there = |tool: &&str| {
        let mut command = Command::new(tool);
        command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
    };
    if !LINKERS.iter().any(there) {
        return Err(Failure::new(format!("no linker for macOS: on Debian: sudo apt install {PACKAGE}")));
    }
    zig()?;
    prepare()
}

/// zig, at the release that is pinned.
fn zig() -> Result<(), Failure> {
    let (place, pins) = (folder().join("zig"), sources().join("zig.txt"));
    let wanted = fs::read(&pins).map_err(failed(&pins))?;
    let mark = place.join("pins.txt");
    if fs::read(&mark).is_ok_and(|there| there == wanted) {
        return Ok(());
    }
    let python = python::find_with_pip().map_err(|error| Failure::new(error.to_string()))?;
    fresh_folder(&place)?;
    println!("downloading zig");
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-compile"]);
    pip.args(["--root-user-action=ignore", "--only-binary=:all:", "--require-hashes", "--target"])
        .arg(&place);
    run::run(pip.arg("--requirement").arg(&pins))?;
    fs::write(&mark, wanted).map_err(failed(&mark))
}

/// The scripts, and the folder in the SDK's place.
fn prepare() -> Result<(), Failure> {
    let (from, to) = (sources(), folder());
    let before = linked_with(&to);
    for (name, source) in SCRIPTS {
        let script = to.join(name);
        fs::copy(from.join(source), &script).map_err(failed(&script))?;
    }
    let sdk = to.join("sdk");
    fresh_folder(&sdk)?;
    copy_folder(&from.join("sdk"), &sdk)?;
    let system = to.join("zig/ziglang/lib/libc/darwin/libSystem.tbd");
    for name in ["libSystem"].iter().chain(&IN_LIBSYSTEM) {
        let list = sdk.join("usr/lib").join(name).with_extension("tbd");
        fs::copy(&system, &list).map_err(failed(&system))?;
    }
    if linked_with(&to) == before { Ok(()) } else { link_again() }
}

/// All that decides what a linker makes of the same objects.
fn linked_with(folder: &Path) -> Vec<u8> {
    let scripts = SCRIPTS.iter().flat_map(|(name, _)| fs::read(folder.join(name)).unwrap_or_default());
    scripts.chain(texts(&folder.join("sdk")).unwrap_or_default()).collect()
}

/// All that stands in a folder.
fn texts(folder: &Path) -> Result<Vec<u8>, Failure> {
    let mut all = Vec::new();
    for path in entries(folder)? {
        all.extend(if path.is_dir() { texts(&path)? } else { fs::read(&path).map_err(failed(&path))? });
    }
    Ok(all)
}

/// Removes libraries and programs that were linked with others, which cargo does not know of.
fn link_again() -> Result<(), Failure> {
    for profile in ["quick", "release"] {
        let made = entries(&target_dir().join(TRIPLE).join(profile).join("deps")).unwrap_or_default();
        let is_linked = |path: &&PathBuf| path.extension().is_none_or(|ending| ending == "dylib");
        for file in made.iter().filter(|path| path.is_file()).filter(is_linked) {
            fs::remove_file(file).map_err(failed(file))?;
        }
    }
    Ok(())
}

/// Tells cargo to compile and link with it.
///
/// # Errors
/// When it is not here: what to do.
pub fn instruct(cargo: &mut Command) -> Result<(), Failure> {
    let folder = folder();
    if !folder.join("link").is_file() {
        return Err(Failure::new(
            "nothing here links for macOS: run `cargo xtask setup --target macos-aarch64`",
        ));
    }
    let of_target = TRIPLE.replace('-', "_");
    for (variable, tool) in [("CC", "cc"), ("CXX", "c++"), ("AR", "ar")] {
        cargo.env(format!("{variable}_{of_target}"), folder.join(tool));
    }
    cargo.env(format!("CARGO_TARGET_{}_LINKER", of_target.to_uppercase()), folder.join("link"));
    cargo.env("SDKROOT", folder.join("sdk"));
    // The script that links does it; the compiler would ask for a tool that only rustup brings.
    for profile in ["QUICK", "RELEASE"] {
        cargo.env(format!("CARGO_PROFILE_{profile}_STRIP"), "none");
    }
    Ok(())
}
