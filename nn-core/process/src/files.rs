//! Files that others may have open.
//!
//! On Windows a file that somebody has open may not be renamed, replaced or removed unless they allow it, and a program that
//! looks for viruses has every new file open for a moment. So what is refused because of that is tried again for a while.
//!
//! Thread: any but audio.

use std::{
    fs::{self, File},
    io,
    path::Path,
    time::{Duration, Instant},
};

#[cfg(unix)]
#[path = "files/unix.rs"]
mod platform;
#[cfg(windows)]
#[path = "files/windows.rs"]
mod platform;

/// How long others are waited for.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often it is tried again.
const AGAIN: Duration = Duration::from_millis(20);

/// Renames a file. What has the new name is replaced in the same step.
///
/// # Errors
/// The system's.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    patiently(|| fs::rename(from, to))
}

/// Removes a file.
///
/// # Errors
/// The system's.
pub fn remove(path: &Path) -> io::Result<()> {
    patiently(|| fs::remove_file(path))
}

/// Does what others may be in the way of, again for a second where they are.
///
/// # Errors
/// Those of the last attempt.
pub fn patiently<T>(act: impl Fn() -> io::Result<T>) -> io::Result<T> {
    let begin = Instant::now();
    loop {
        match act() {
            Err(error) if platform::is_in_use(&error) && begin.elapsed() < PATIENCE => {
                std::thread::sleep(AGAIN)
            }
            done => return done,
        }
    }
}

/// Whether an open file is still the one of that name, and not one that was removed.
pub fn is_at(file: &File, path: &Path) -> bool {
    platform::is_at(file, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{cell::Cell, io::Write};

    #[test]
    fn a_file_takes_the_place_of_another_that_is_being_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let (new, old) = (folder.path().join("new"), folder.path().join("old"));
        fs::write(&new, "new").expect("written");
        fs::write(&old, "old").expect("written");
        std::thread::scope(|scope| {
            let reader = File::open(&old).expect("opened");
            scope.spawn(move || {
                std::thread::sleep(Duration::from_millis(100));
                drop(reader);
            });
            rename(&new, &old).expect("replaced");
        });
        assert_eq!(fs::read(&old).expect("read"), b"new");
        assert!(!new.exists());
    }

    #[test]
    fn what_is_no_matter_of_others_is_tried_once() {
        let times = Cell::new(0);
        let error = patiently(|| {
            times.set(times.get() + 1);
            fs::remove_file("no file of this name")
        });
        assert_eq!(error.expect_err("none").kind(), io::ErrorKind::NotFound);
        assert_eq!(times.get(), 1);
    }

    #[test]
    fn a_removed_file_is_not_at_its_name_any_more_though_it_is_open() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        let mut file = File::create(&path).expect("made");
        assert!(is_at(&file, &path));
        remove(&path).expect("removed");
        file.write_all(b"written all the same").expect("written");
        match File::create_new(&path) {
            Ok(another) => assert!(!is_at(&file, &path) && is_at(&another, &path)),
            // Some file systems of Windows keep the name until the file is closed, and it leads to nothing; wine does the
            // same, and it leads to the file.
            Err(error) => {
                assert_ne!(std::env::consts::OS, "linux", "{error}");
                assert_eq!(is_at(&file, &path), error.kind() == io::ErrorKind::AlreadyExists, "{error}");
                drop(file);
                assert!(!path.exists());
            }
        }
    }
}
