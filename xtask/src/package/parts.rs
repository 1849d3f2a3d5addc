//! What the packages of several hosts hold: libtorch, models, completions.

use std::{fs, path::Path, process::Command};

use nn_install::Libtorch;

use super::files::{copy_folder, copy_into, failed};
use crate::{
    build::Build,
    run::{Failure, cargo, run, workspace},
    target::Target,
};

/// Models that are of use to others than the tests: those that the help patches play.
const MODELS: [&str; 11] = [
    "chord.nm",
    "codec.ts",
    "delay.ts",
    "drive.nm",
    "features.ts",
    "gain.ts",
    "generator.ts",
    "identity.ts",
    "latent.ts",
    "multi.ts",
    "README.md",
];

/// libtorch for a target, as it is on this machine.
///
/// # Errors
/// When it is not there.
pub fn libtorch(target: Target) -> Result<Libtorch, Failure> {
    nn_install::locate_for(target.platform).map_err(|error| Failure::new(error.to_string()))
}

/// libtorch with its licences, beside the library that holds it.
///
/// # Errors
/// When something cannot be read or written.
pub fn copy_libtorch(target: Target, libtorch: &Libtorch, folder: &Path) -> Result<(), Failure> {
    let place = folder.join("libtorch");
    for file in &libtorch.runtime_files {
        target.strip(&copy_into(file, &place.join("lib"))?)?;
    }
    copy_folder(&libtorch.root.join("licenses"), &place.join("licenses"))
}

/// The models.
///
/// # Errors
/// When one cannot be read or written.
pub fn models(folder: &Path) -> Result<(), Failure> {
    for name in MODELS {
        copy_into(&workspace().join("models").join(name), &folder.join("models"))?;
    }
    Ok(())
}

/// What shells need to complete the tool's words, under the names by which each finds it. This machine's tool says it.
///
/// # Errors
/// When the tool does not run, or a file cannot be written.
pub fn completions(build: Build, folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let own = Build { target: Target::host()?, ..build };
    if !build.target.is_host() {
        run(cargo("build -p nn").args(["--profile", own.profile]))?;
    }
    for (shell, name) in
        [("bash", "nn"), ("zsh", "_nn"), ("fish", "nn.fish"), ("powershell", "_nn.ps1"), ("elvish", "nn.elv")]
    {
        let output =
            Command::new(own.tool()).args(["completions", shell]).output().map_err(failed(&own.tool()))?;
        if !output.status.success() {
            return Err(Failure::new(format!("nn completions {shell}: {}", output.status)));
        }
        let file = folder.join(name);
        fs::write(&file, output.stdout).map_err(failed(&file))?;
    }
    Ok(())
}

/// Takes the folders where libtorch lies on this machine, with its CUDA part and without, out of a library's run path; in
/// the package libtorch lies beside it.
///
/// # Errors
/// When the library cannot be read or written.
pub fn forget(target: Target, library: &Path, lib_dir: &Path) -> Result<(), Failure> {
    // From the last to the first.
    forget_one(target, library, lib_dir)?;
    let cuda = nn_install::cuda_lib_dir(target.platform);
    cuda.map_or(Ok(()), |cuda| forget_one(target, library, &cuda))
}

fn forget_one(target: Target, library: &Path, lib_dir: &Path) -> Result<(), Failure> {
    let bytes = fs::read(library).map_err(failed(library))?;
    let place = lib_dir.display().to_string();
    let at = |entry: &[u8]| bytes.windows(entry.len()).position(|window| window == entry);
    if target.is("macos") {
        if at(format!("{place}\0").as_bytes()).is_none() {
            return Ok(());
        }
        let tool = &mut Command::new("install_name_tool");
        return run(tool.args(["-delete_rpath", &place]).arg(library));
    }
    let entry = format!(":{place}\0").into_bytes();
    let Some(start) = at(&entry) else { return Ok(()) };
    let mut bytes = bytes;
    bytes[start..start + entry.len()].fill(0);
    fs::write(library, bytes).map_err(failed(library))
}
