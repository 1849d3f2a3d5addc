//! The package for Max: a folder for Max's `Packages`, for all machines that there are builds of, checked after it is made.

mod bundle;
mod check;
mod code;
mod info;
mod init;
mod join;
mod name;
mod patches;
#[cfg(test)]
mod tests;

use std::{
    fs,
    path::{Path, PathBuf},
};

use self::name::NAME;
use super::{
    files::{copy_folder, copy_into, entries, failed, fresh_folder},
    icon, licences,
    parts::{copy_libtorch, forget, libtorch, models},
    signatures,
};
use crate::{
    build::{self, BOXES, Build},
    run::{Failure, target_dir, workspace},
};

/// Makes and checks `target/package/max/nn~` with what was built on this machine, and what was built on others: packages
/// under `target/max-builds` and those that `--with FOLDER` names.
///
/// # Errors
/// When something cannot be built or written, or is not as it should be.
pub fn run(build: Build, words: &[&str]) -> Result<(), Failure> {
    let others = others(words)?;
    build::run(build)?;
    let folder = build.folder().join("package/max").join(NAME);
    fresh_folder(&folder)?;
    own(build, &folder)?;
    texts(&folder)?;
    for other in &others {
        join::join(&folder, other)?;
        println!("joined: {}", other.display());
    }
    write_info(&folder)?;
    signatures::finish(build.target, &folder)?;
    let findings = check::check(&folder)?;
    findings.notes.iter().for_each(|note| println!("note: {note}"));
    if !findings.wrong.is_empty() {
        return Err(Failure::new(format!("the package for Max: {}", findings.wrong.join("\n"))));
    }
    println!("package for Max: {}", folder.display());
    Ok(())
}

/// Makes a package with these libraries, each with its path in it, as another machine would, and joins it into one: what is
/// wrong with that. Both are made in `folder`.
///
/// # Errors
/// When something cannot be read or written.
pub fn of_another_machine(folder: &Path, libraries: &[(PathBuf, String)]) -> Result<Vec<String>, Failure> {
    let (other, joined) = (folder.join("other").join(NAME), folder.join(NAME));
    for package in [&other, &joined] {
        fresh_folder(package)?;
        texts(package)?;
    }
    for (file, place) in libraries {
        let place = other.join(place);
        let parent = place.parent().unwrap_or(&other);
        fs::create_dir_all(parent).map_err(failed(parent))?;
        fs::copy(file, &place).map_err(failed(file))?;
        if bundle::is_for_macos(&place) {
            bundle::around(&place, parent, |_| Ok(()))?;
            fs::remove_file(&place).map_err(failed(&place))?;
        }
    }
    write_info(&other)?;
    join::join(&joined, &other)?;
    write_info(&joined)?;
    Ok(check::check(&joined)?.wrong)
}

/// The packages of other machines.
fn others(words: &[&str]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let usual = target_dir().join("max-builds");
    if usual.is_dir() {
        found.extend(join::packages_in(&usual)?);
    }
    for pair in words.chunks(2) {
        let ["--with", folder] = pair else {
            return Err(Failure::new(
                "say `cargo xtask package max`, with `--with FOLDER` for each other machine",
            ));
        };
        let packages = join::packages_in(Path::new(folder))?;
        if packages.is_empty() {
            return Err(Failure::new(format!(
                "{folder} holds no package: make one there with `cargo xtask package max`"
            )));
        }
        found.extend(packages);
    }
    Ok(found)
}

/// What was built on this machine.
fn own(build: Build, folder: &Path) -> Result<(), Failure> {
    let built = build.folder().join("max");
    let libtorch = libtorch(build.target)?;
    for file in entries(&built.join("support"))? {
        let copy = copy_into(&file, &folder.join("support"))?;
        build.target.strip(&copy)?;
        forget(build.target, &copy, &libtorch.lib_dir)?;
    }
    copy_libtorch(build.target, &libtorch, &folder.join("support"))?;
    for file in entries(&built.join("externals"))? {
        bundle::external(build.target, &file, &folder.join("externals"))?;
    }
    Ok(())
}

/// What is the same for all machines.
fn texts(folder: &Path) -> Result<(), Failure> {
    models(folder)?;
    help(folder)?;
    patches::bring(folder)?;
    for file in ["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md", "install/max/README.txt"] {
        copy_into(&workspace().join(file), folder)?;
    }
    licences::bring(folder)?;
    init::write(folder)?;
    icon::write(&folder.join("icon.png"))
}

/// package-info.json, when everything else is there.
fn write_info(folder: &Path) -> Result<(), Failure> {
    let path = folder.join("package-info.json");
    let info = info::package_info(&check::machines(folder)?);
    let text = serde_json::to_string_pretty(&info).unwrap_or_default() + "\n";
    fs::write(&path, text).map_err(failed(&path))
}

/// The help files, and the sound that they play: in `media`, where Max looks, under a name that no other package has.
fn help(folder: &Path) -> Result<(), Failure> {
    let from = workspace().join("help");
    for name in BOXES {
        copy_into(&from.join(format!("{name}.maxhelp")), &folder.join("help"))?;
    }
    let sound = copy_into(&from.join("sounds/speech.wav"), &folder.join("media"))?;
    let renamed = sound.with_file_name("nn-speech.wav");
    fs::rename(&sound, &renamed).map_err(failed(&sound))?;
    copy_folder(&from.join("scripts"), &folder.join("examples/scripts"))
}
