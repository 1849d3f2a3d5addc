//! What the packages of all hosts hold: libtorch, models.

use std::{fs, path::Path};

use nn_install::Libtorch;

use super::files::{copy_folder, copy_into, failed, strip};
use crate::run::{Failure, workspace};

/// Models that are of use to others than the tests: those that the help patches play.
const MODELS: [&str; 9] =
    ["codec", "delay", "features", "gain", "generator", "identity", "latent", "multi", "README"];

/// libtorch as it is on this machine.
///
/// # Errors
/// When it is not there.
pub fn libtorch() -> Result<Libtorch, Failure> {
    nn_install::locate().map_err(|error| Failure::new(error.to_string()))
}

/// libtorch with its licences, beside the library that holds it.
///
/// # Errors
/// When something cannot be read or written.
pub fn bring_libtorch(libtorch: &Libtorch, folder: &Path) -> Result<(), Failure> {
    let place = folder.join("libtorch");
    for file in &libtorch.runtime_files {
        strip(&copy_into(file, &place.join("lib"))?)?;
    }
    copy_folder(&libtorch.root.join("licenses"), &place.join("licenses"))
}

/// The models.
///
/// # Errors
/// When one cannot be read or written.
pub fn models(folder: &Path) -> Result<(), Failure> {
    for name in MODELS {
        let ending = if name == "README" { "md" } else { "ts" };
        copy_into(&workspace().join("models").join(format!("{name}.{ending}")), &folder.join("models"))?;
    }
    Ok(())
}

/// Takes the folder where libtorch lies on this machine out of a library's run path; in the package libtorch lies
/// beside it.
///
/// # Errors
/// When the library cannot be read or written.
pub fn forget(library: &Path, lib_dir: &Path) -> Result<(), Failure> {
    let mut bytes = fs::read(library).map_err(failed(library))?;
    let entry = format!(":{}\0", lib_dir.display()).into_bytes();
    let Some(start) = bytes.windows(entry.len()).position(|window| window == entry) else { return Ok(()) };
    bytes[start..start + entry.len()].fill(0);
    fs::write(library, bytes).map_err(failed(library))
}
