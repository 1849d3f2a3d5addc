//! Copying into a package.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::run::Failure;

/// Names the file in an error of the system.
pub fn failed(path: &Path) -> impl FnOnce(io::Error) -> Failure {
    let path = path.to_owned();
    move |error| Failure::new(format!("{}: {error}", path.display()))
}

/// An empty folder, whatever was there.
///
/// # Errors
/// When it cannot be made.
pub fn fresh_folder(folder: &Path) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(failed(folder))?;
    }
    fs::create_dir_all(folder).map_err(failed(folder))
}

/// Copies a file into a folder, which is made when it is not there; gives the copy's path.
///
/// # Errors
/// When the file cannot be read or written.
pub fn copy_into(file: &Path, folder: &Path) -> Result<PathBuf, Failure> {
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let copy = folder.join(file.file_name().unwrap_or_default());
    fs::copy(file, &copy).map_err(failed(file))?;
    Ok(copy)
}

/// Copies what a folder holds, folders in it included.
///
/// # Errors
/// When something cannot be read or written.
pub fn copy_folder(from: &Path, to: &Path) -> Result<(), Failure> {
    for path in entries(from)? {
        if path.is_dir() {
            copy_folder(&path, &to.join(path.file_name().unwrap_or_default()))?;
        } else {
            copy_into(&path, to)?;
        }
    }
    Ok(())
}

/// What a folder holds, sorted.
///
/// # Errors
/// When it cannot be read.
pub fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).map_err(failed(folder))?;
    let mut paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>();
    if let Ok(paths) = &mut paths {
        paths.sort();
    }
    paths.map_err(failed(folder))
}
