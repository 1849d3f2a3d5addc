//! Files that users name: read whole, and only if they are files.
//!
//! Thread: any but audio.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read},
    path::Path,
};

/// Opens a file to be read. What is none (a folder, a pipe, a device) is an error at once, and is not waited for.
///
/// # Errors
/// The system's, or that it is no file.
pub fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        // A pipe that nobody writes into would be waited for.
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(libc::O_NONBLOCK);
    }
    #[cfg(not(unix))]
    if !std::fs::metadata(path)?.is_file() {
        return Err(no_file());
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(no_file()) }
}

/// Reads a file of at most so many bytes.
///
/// # Errors
/// As [`open`], and when it is longer.
pub fn read(path: &Path, most_bytes: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.take(most_bytes + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most_bytes {
        return Err(io::Error::other(format!("it has more than {most_bytes} bytes")));
    }
    Ok(bytes)
}

fn no_file() -> io::Error {
    io::Error::other("it is not a file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_is_read_and_nothing_is_waited_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file");
        std::fs::write(&file, "four").expect("written");
        assert_eq!(read(&file, 4).expect("a file"), b"four");
        assert!(read(&file, 3).expect_err("longer").to_string().contains("more than 3 bytes"));
        assert_eq!(read(&folder.path().join("none"), 9).expect_err("none").kind(), io::ErrorKind::NotFound);
        let mut others = vec![folder.path().to_owned()];
        if cfg!(unix) {
            let pipe = folder.path().join("pipe");
            let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
            assert!(made.success());
            others.extend([pipe, "/dev/zero".into()]);
        }
        for other in others {
            let error = read(&other, 9).expect_err("no file").to_string();
            assert!(error.contains("not a file") || cfg!(windows), "{}: {error}", other.display());
        }
    }
}
