//! Joins packages that were made on several machines into one.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::{code, name::NAME};
use crate::{
    package::files::{copy_into, entries, failed},
    run::Failure,
};

/// Packages in a folder: the folder itself, or those under it or one level deeper, as builders' artefacts lie.
///
/// # Errors
/// When a folder cannot be read.
pub fn packages_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let is_package = |path: &Path| path.join("package-info.json").is_file();
    if is_package(folder) {
        return Ok(vec![folder.to_owned()]);
    }
    let mut found = Vec::new();
    for path in entries(folder)?.into_iter().filter(|path| path.is_dir()) {
        found.extend([path.join(NAME), path].into_iter().find(|path| is_package(path)));
    }
    Ok(found)
}

/// Adds what `other` has to the package in `folder`.
///
/// # Errors
/// When it is of another version, when both have a file that differs, or when one cannot be read or written.
pub fn join(folder: &Path, other: &Path) -> Result<(), Failure> {
    let version = read_info(other)?["version"].clone();
    if version != env!("CARGO_PKG_VERSION") {
        let own = env!("CARGO_PKG_VERSION");
        return Err(Failure::new(format!(
            "{} is of version {version}: make it again from {own}",
            other.display()
        )));
    }
    let mut present = BTreeSet::new();
    gather(other, other, &mut present)?;
    for file in present {
        if file != Path::new("package-info.json") {
            add(folder, other, &file)?;
        }
    }
    Ok(())
}

/// The package-info.json of a package.
///
/// # Errors
/// When it cannot be read or is no JSON.
pub fn read_info(folder: &Path) -> Result<Value, Failure> {
    let path = folder.join("package-info.json");
    serde_json::from_str(&fs::read_to_string(&path).map_err(failed(&path))?)
        .map_err(|error| Failure::new(format!("{}: {error}", path.display())))
}

/// All files below a folder, by their paths in the package.
fn gather(root: &Path, folder: &Path, files: &mut BTreeSet<PathBuf>) -> Result<(), Failure> {
    for path in entries(folder)? {
        if path.is_dir() {
            gather(root, &path, files)?;
        } else {
            files.insert(path.strip_prefix(root).unwrap_or(&path).to_owned());
        }
    }
    Ok(())
}

fn add(folder: &Path, other: &Path, file: &Path) -> Result<(), Failure> {
    let (own, theirs) = (folder.join(file), other.join(file));
    if !own.exists() {
        return copy_into(&theirs, own.parent().unwrap_or(folder)).map(drop);
    }
    let (mine, new) = (fs::read(&own).map_err(failed(&own))?, fs::read(&theirs).map_err(failed(&theirs))?);
    if mine == new {
        return Ok(());
    }
    match both(&mine, &new) {
        Ok(bytes) => fs::write(&own, bytes).map_err(failed(&own)),
        Err(why) => Err(Failure::new(format!("{} {why}", theirs.display()))),
    }
}

/// One file out of two for the same place: code for several of Apple's processors.
fn both(mine: &[u8], new: &[u8]) -> Result<Vec<u8>, String> {
    const DIFFERS: &str = "differs from the one in the package: make both from the same sources";
    let mut slices: Vec<(code::Processor, &[u8])> = Vec::new();
    for bytes in [mine, new] {
        let codes = code::read(bytes)?;
        if codes.is_empty() || codes.iter().any(|code| code.system != code::System::Macos) {
            return Err(DIFFERS.into());
        }
        let parts = code::slices(bytes).map_err(|error| error.to_string())?;
        for (code, part) in codes.iter().zip(parts) {
            match slices.iter().find(|(processor, _)| *processor == code.processor) {
                Some((_, known)) if *known != part => return Err(DIFFERS.into()),
                Some(_) => {}
                None => slices.push((code.processor, part)),
            }
        }
    }
    slices.sort_by_key(|(processor, _)| *processor);
    code::universal(&slices.into_iter().map(|(_, part)| part).collect::<Vec<_>>())
}
