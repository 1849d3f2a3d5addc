//! The package for Pure Data: what a user unpacks into a folder of Pd's search path, and nothing else to install.

use std::{fs, path::Path};

use super::{
    archive,
    files::{copy_folder, copy_into, entries, failed, fresh_folder, strip},
};
use crate::{
    build,
    run::{Failure, target_dir, workspace},
};

/// Models that are of use to others than the tests: those that the help patches play.
const MODELS: [&str; 9] =
    ["codec", "delay", "features", "gain", "generator", "identity", "latent", "multi", "README"];

/// Makes `target/package/pd/nn~` and, when asked, the archive beside it.
///
/// # Errors
/// When something cannot be built or written.
pub fn run(with_archive: bool) -> Result<(), Failure> {
    build::run()?;
    let place = target_dir().join("package/pd");
    let folder = place.join("nn~");
    fresh_folder(&folder)?;
    libraries(&folder)?;
    texts(&folder)?;
    println!("package for Pure Data: {}", folder.display());
    if with_archive {
        let path = place.join(archive_name());
        archive::write(&folder, &path)?;
        println!("archive: {}", path.display());
    }
    Ok(())
}

/// The externals, the library that holds libtorch, and libtorch.
fn libraries(folder: &Path) -> Result<(), Failure> {
    let libtorch = nn_install::locate().map_err(|error| Failure::new(error.to_string()))?;
    for file in entries(&target_dir().join("pd"))?.iter().filter(|path| path.is_file()) {
        let copy = copy_into(file, folder)?;
        strip(&copy)?;
        forget(&copy, &libtorch.lib_dir)?;
    }
    let place = folder.join("libtorch");
    for file in libtorch.runtime_files {
        strip(&copy_into(&file, &place.join("lib"))?)?;
    }
    copy_folder(&libtorch.root.join("licenses"), &place.join("licenses"))
}

/// Takes the folder where libtorch lies on this machine out of a library's run path; in the package libtorch lies
/// beside it.
fn forget(library: &Path, lib_dir: &Path) -> Result<(), Failure> {
    let mut bytes = fs::read(library).map_err(failed(library))?;
    let entry = format!(":{}\0", lib_dir.display()).into_bytes();
    let Some(start) = bytes.windows(entry.len()).position(|window| window == entry) else { return Ok(()) };
    bytes[start..start + entry.len()].fill(0);
    fs::write(library, bytes).map_err(failed(library))
}

/// Help, models, licences.
fn texts(folder: &Path) -> Result<(), Failure> {
    let root = workspace();
    for file in ["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md"] {
        copy_into(&root.join(file), folder)?;
    }
    copy_into(&root.join("install/pd/README.txt"), folder)?;
    for file in entries(&root.join("help"))? {
        if file.is_dir() {
            copy_folder(&file, &folder.join(file.file_name().unwrap_or_default()))?;
        } else if file.extension().is_some_and(|ending| ending == "pd") {
            copy_into(&file, folder)?;
        }
    }
    for name in MODELS {
        let ending = if name == "README" { "md" } else { "ts" };
        copy_into(&root.join("models").join(format!("{name}.{ending}")), &folder.join("models"))?;
    }
    Ok(())
}

/// As Pd's package manager reads it: system, processor and width of numbers in brackets.
fn archive_name() -> String {
    let system = if cfg!(target_os = "macos") {
        "Darwin"
    } else if cfg!(windows) {
        "Windows"
    } else {
        "Linux"
    };
    let processor = if cfg!(target_arch = "aarch64") { "arm64" } else { "amd64" };
    format!("nn~[v{}]({system}-{processor}-32).dek", env!("CARGO_PKG_VERSION"))
}
