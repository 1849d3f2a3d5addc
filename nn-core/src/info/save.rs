//! Writes a description into a new file.
//!
//! Thread: any but audio.

use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use crate::find_model::home;

/// Why the file was not written. An existing file is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// A file of that name exists.
    #[error("write: {} exists already: give another name, or delete it first", .path.display())]
    Exists {
        /// Path of the file.
        path: PathBuf,
    },
    /// Something of that name exists that is no file.
    #[error("write: {} is {what}: give another name", .path.display())]
    NoFile {
        /// What was named.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// The system refused.
    #[error("write: {} cannot be written ({what}): give a file in a folder that exists and takes new files", .path.display())]
    System {
        /// Path of the file.
        path: PathBuf,
        /// What the system said.
        what: std::io::Error,
    },
}

/// The file that a typed name means: below the home folder, absolute, or below the folder of the patch.
pub fn place(name: &str, folder: Option<&Path>) -> PathBuf {
    let path = home(name).unwrap_or_else(|| PathBuf::from(name));
    folder.map_or_else(|| path.clone(), |folder| folder.join(&path))
}

/// Writes a new file; never overwrites one.
///
/// # Errors
/// [`SaveError`]; an incomplete file is removed.
pub fn save(path: &Path, text: &str) -> Result<(), SaveError> {
    let mut file =
        OpenOptions::new().write(true).create_new(true).open(path).map_err(|what| match what.kind() {
            ErrorKind::AlreadyExists => taken(path),
            _ => SaveError::System { path: path.into(), what },
        })?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|what| {
        drop(std::fs::remove_file(path));
        SaveError::System { path: path.into(), what }
    })
}

/// The error must not suggest to delete a folder or a device.
fn taken(path: &Path) -> SaveError {
    let what = std::fs::metadata(path).ok().and_then(|there| match there.file_type() {
        kind if kind.is_file() => None,
        kind if kind.is_dir() => Some("a folder"),
        _ => Some("not a file"),
    });
    let path = path.into();
    match what {
        Some(what) => SaveError::NoFile { path, what },
        None => SaveError::Exists { path },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_stays_as_it_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = place("größe 1.yaml", Some(folder.path()));
        save(&path, "one\n").expect("a new file");
        let error = save(&path, "two\n").expect_err("it exists").to_string();
        assert!(
            error.ends_with("größe 1.yaml exists already: give another name, or delete it first"),
            "{error}"
        );
        assert_eq!(std::fs::read_to_string(&path).expect("it is there"), "one\n");
    }

    #[test]
    fn a_folder_that_is_not_there_is_no_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let error = save(&folder.path().join("no/where.yaml"), "").expect_err("no folder").to_string();
        assert!(error.contains("cannot be written") && error.contains("in a folder that exists"), "{error}");
        let error = save(folder.path(), "").expect_err("a folder is no file").to_string();
        assert!(error.ends_with(" is a folder: give another name"), "{error}");
        if cfg!(unix) {
            let error = save(Path::new("/dev/full"), "").expect_err("a device is no file").to_string();
            assert_eq!(error, "write: /dev/full is not a file: give another name");
        }
    }

    #[test]
    fn names_are_below_the_patch_unless_they_say_otherwise() {
        let folder = Path::new("/patches");
        assert_eq!(place("a.yaml", Some(folder)), Path::new("/patches/a.yaml"));
        assert_eq!(place("/b/a.yaml", Some(folder)), Path::new("/b/a.yaml"));
        assert_eq!(place("a.yaml", None), Path::new("a.yaml"));
    }
}
