//! Identity of files by their content.

use std::io::{self, Read};

use sha2::{Digest, Sha256};

/// The SHA-256 of a file.
pub type Content = [u8; 32];

/// The content of a file, read in pieces.
///
/// # Errors
/// What the system says of the file.
pub fn of(mut file: impl Read) -> io::Result<Content> {
    let mut content = Sha256::new();
    let mut piece = vec![0; 1 << 20];
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(content.finalize().into()),
            Ok(count) => content.update(&piece[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
