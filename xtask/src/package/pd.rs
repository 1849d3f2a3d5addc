//! The package for Pure Data: what a user unpacks into a folder of Pd's search path, and nothing else to install.

use std::path::Path;

use super::{
    archive,
    files::{copy_folder, copy_into, entries, fresh_folder},
    licences,
    parts::{completions, copy_libtorch, forget, libtorch, models},
    signatures,
};
use crate::{
    build::{self, Build},
    run::{Failure, workspace},
    target::Target,
};

/// Makes `target/package/pd/nn~` and, when asked, the archive beside it.
///
/// # Errors
/// When something cannot be built or written.
pub fn run(build: Build, with_archive: bool) -> Result<(), Failure> {
    build::run(build)?;
    let place = build.folder().join("package/pd");
    let folder = place.join("nn~");
    fresh_folder(&folder)?;
    libraries(build, &folder)?;
    completions(build, &folder.join("completions"))?;
    texts(&folder)?;
    println!("package for Pure Data: {}", folder.display());
    if with_archive {
        let path = place.join(archive_name(build.target));
        archive::make(&folder, &path, build.target)?;
    }
    Ok(())
}

/// The externals, the tool, the library that holds libtorch, and libtorch.
fn libraries(build: Build, folder: &Path) -> Result<(), Failure> {
    let libtorch = libtorch(build.target)?;
    let externals = entries(&build.folder().join("pd"))?.into_iter().filter(|path| path.is_file());
    for file in externals.chain([build.tool()]) {
        let copy = copy_into(&file, folder)?;
        build.target.strip(&copy)?;
        forget(build.target, &copy, &libtorch.lib_dir)?;
    }
    copy_libtorch(build.target, &libtorch, folder)?;
    signatures::finish(build.target, folder)
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

/// As Pd's package manager reads it: system, processor and width of numbers in brackets; there are externals of both widths.
fn archive_name(target: Target) -> String {
    let system = match target.platform.os {
        "macos" => "Darwin",
        "windows" => "Windows",
        _ => "Linux",
    };
    let widths = ["32", "64"].map(|width| format!("({system}-{}-{width})", target.processor()));
    format!("nn~[v{}]{}.dek", env!("CARGO_PKG_VERSION"), widths.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_are_named_as_pds_package_manager_reads_them() {
        let ends = [
            "](Linux-amd64-32)(Linux-amd64-64).dek",
            "](Linux-arm64-32)(Linux-arm64-64).dek",
            "](Darwin-arm64-32)(Darwin-arm64-64).dek",
            "](Windows-amd64-32)(Windows-amd64-64).dek",
        ];
        for (platform, end) in nn_install::PLATFORMS.iter().zip(ends) {
            let name = archive_name(Target { platform });
            assert!(name.starts_with("nn~[v") && name.ends_with(end), "{name}");
        }
    }
}
