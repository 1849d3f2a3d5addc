//! The package for SuperCollider: a folder for `Extensions`, and nothing else to install.
//!
//! supernova opens every file below `Extensions` that ends as plug-ins do, libraries of libtorch too. So all but the plug-ins
//! end in `.nn` here, and name each other so.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    archive, elf_names,
    files::{copy_folder, copy_into, entries, failed, fresh_folder},
    licences,
    parts::{completions, copy_libtorch, forget, libtorch, models},
    rivals, signatures,
};
use crate::{
    build::{self, Build, plugin_ending},
    run::{Failure, workspace},
    target::Target,
};

/// Makes and checks `target/package/supercollider/nn` and, when asked, the archive beside it.
///
/// # Errors
/// When something cannot be built or written, or is not as it should be.
pub fn run(build: Build, with_archive: bool) -> Result<(), Failure> {
    build::run(build)?;
    let place = build.folder().join("package/supercollider");
    let folder = place.join("nn");
    fresh_folder(&folder)?;
    libraries(build, &folder)?;
    texts(&folder)?;
    check(build.target, &folder)?;
    println!("package for SuperCollider: {}", folder.display());
    for note in rivals::notes(&rivals::folders()) {
        println!("note: {note}");
    }
    if with_archive {
        let path = place.join(archive_name(build.target));
        archive::make(&folder, &path, build.target)?;
    }
    Ok(())
}

/// Plug-ins, core, tool, the library that holds libtorch, and libtorch.
fn libraries(build: Build, folder: &Path) -> Result<(), Failure> {
    let libtorch = libtorch(build.target)?;
    let support = folder.join("support");
    for part in ["plugins", "support"] {
        for file in entries(&build.folder().join("supercollider").join(part))? {
            let copy = copy_into(&file, &folder.join(part))?;
            build.target.strip(&copy)?;
            forget(build.target, &copy, &libtorch.lib_dir)?;
        }
    }
    copy_libtorch(build.target, &libtorch, &support)?;
    quieten(&support)?;
    signatures::finish(build.target, folder)?;
    completions(build, &support.join("completions"))
}

/// Gives libtorch's libraries the quiet ending, and changes the names by which all of them know each other.
fn quieten(support: &Path) -> Result<(), Failure> {
    let libtorch = entries(&support.join("libtorch/lib"))?;
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let renamed: Vec<_> =
        libtorch.iter().filter_map(|path| Some((path, elf_names::quiet(&name(path))?))).collect();
    let usual: Vec<_> = renamed.iter().map(|(path, _)| name(path)).collect();
    let usual: Vec<_> = usual.iter().map(String::as_str).collect();
    if usual.is_empty() {
        // Not Linux.
        return Ok(());
    }
    for path in libtorch.iter().cloned().chain(files_in(support)?) {
        change_names(&path, &usual)?;
    }
    for (path, new) in renamed {
        fs::rename(path, path.with_file_name(new)).map_err(failed(path))?;
    }
    Ok(())
}

/// Changes the names in one library or program.
fn change_names(path: &Path, usual: &[&str]) -> Result<(), Failure> {
    let mut bytes = fs::read(path).map_err(failed(path))?;
    let names = elf_names::rename(&mut bytes, usual)
        .map_err(|what| Failure::new(format!("{}: {what}", path.display())))?;
    if names.is_empty() {
        return Ok(());
    }
    fs::write(path, bytes).map_err(failed(path))
}

fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    Ok(entries(folder)?.into_iter().filter(|path| path.is_file()).collect())
}

/// Classes, help, models, licences.
fn texts(folder: &Path) -> Result<(), Failure> {
    let root = workspace();
    for part in ["Classes", "HelpSource"] {
        copy_folder(&root.join("frontend-supercollider").join(part), &folder.join(part))?;
    }
    for file in ["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md", "install/supercollider/README.txt"] {
        copy_into(&root.join(file), folder)?;
    }
    licences::bring(folder)?;
    copy_folder(&root.join("help/scripts"), &folder.join("scripts"))?;
    models(folder)
}

/// That servers open nothing below the folder but the two plug-ins.
fn check(target: Target, folder: &Path) -> Result<(), Failure> {
    let ending = plugin_ending(target);
    let plugins: Vec<_> = build::PLUGINS.iter().map(|(_, name)| format!("plugins/{name}.{ending}")).collect();
    let opened = opened(folder, folder)?;
    if opened == plugins {
        return Ok(());
    }
    Err(Failure::new(format!("servers would open {}, not {}", opened.join(", "), plugins.join(", "))))
}

/// What servers of any system open below a folder, sorted, as seen from `root`.
fn opened(folder: &Path, root: &Path) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    for path in entries(folder)? {
        if path.is_dir() {
            found.extend(opened(&path, root)?);
        } else if path.extension().is_some_and(|ending| ending == "so" || ending == "scx") {
            let inner = path.strip_prefix(root).unwrap_or(&path);
            found.push(inner.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(found)
}

fn archive_name(target: Target) -> String {
    let system = match target.platform.os {
        "macos" => "macOS",
        "windows" => "Windows",
        _ => "Linux",
    };
    format!("nn-supercollider-{}-{system}-{}.zip", env!("CARGO_PKG_VERSION"), target.platform.arch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_that_servers_would_open_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let plugins = folder.path().join("plugins");
        for name in ["nn_scsynth", "nn_supernova"] {
            let file = folder.path().join(name).with_extension("so");
            fs::write(&file, "").unwrap();
            copy_into(&file, &plugins).unwrap();
            fs::remove_file(file).unwrap();
        }
        for name in ["support/libnn_torch.nn", "support/libtorch/lib/libgomp.so.1", "support/nn"] {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        let target = Target::named("linux-aarch64").unwrap();
        check(target, folder.path()).unwrap();
        let left = folder.path().join("support/libtorch/lib/libc10.so");
        fs::write(&left, "").unwrap();
        let refused = check(target, folder.path()).unwrap_err().message;
        assert!(refused.contains("support/libtorch/lib/libc10.so, not plugins/nn_scsynth."), "{refused}");
        fs::remove_file(left).unwrap();
        fs::remove_dir_all(plugins).unwrap();
        assert!(check(target, folder.path()).is_err(), "the plug-ins are missing");
    }
}
