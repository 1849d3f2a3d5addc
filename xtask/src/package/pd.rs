//! The package for Pure Data: what a user unpacks into a folder of Pd's search path, and nothing else to install.

use std::path::Path;

use super::{
    archive,
    files::{copy_folder, copy_into, entries, fresh_folder, strip},
    licences,
    parts::{completions, copy_libtorch, forget, libtorch, models},
};
use crate::{
    build,
    run::{Failure, target_dir, workspace},
};

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
    completions(&folder.join("completions"))?;
    texts(&folder)?;
    println!("package for Pure Data: {}", folder.display());
    if with_archive {
        let path = place.join(archive_name());
        archive::write(&folder, &path)?;
        println!("archive: {}", path.display());
    }
    Ok(())
}

/// The externals, the tool, the library that holds libtorch, and libtorch.
fn libraries(folder: &Path) -> Result<(), Failure> {
    let libtorch = libtorch()?;
    let externals = entries(&target_dir().join("pd"))?.into_iter().filter(|path| path.is_file());
    for file in externals.chain([build::tool()]) {
        let copy = copy_into(&file, folder)?;
        strip(&copy)?;
        forget(&copy, &libtorch.lib_dir)?;
    }
    copy_libtorch(&libtorch, folder)
}

/// Help, models, licences.
fn texts(folder: &Path) -> Result<(), Failure> {
    let root = workspace();
    for file in ["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md"] {
        copy_into(&root.join(file), folder)?;
    }
    licences::bring(folder)?;
    copy_into(&root.join("install/pd/README.txt"), folder)?;
    for file in entries(&root.join("help"))? {
        if file.is_dir() {
            copy_folder(&file, &folder.join(file.file_name().unwrap_or_default()))?;
        } else if file.extension().is_some_and(|ending| ending == "pd") {
            copy_into(&file, folder)?;
        }
    }
    models(folder)
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
