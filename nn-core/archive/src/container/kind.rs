//! Tells from the first bytes what a file is that is no archive.

use std::io::{Read, Seek};

use super::bytes::read_at;
use crate::ArchiveError;

const SIGNATURE: &[u8; 4] = b"PK\x03\x04";
const LOOKED_AT_BYTES: u64 = 64;

/// `Ok` when the file starts like a zip archive.
pub(super) fn check_start<R: Read + Seek>(reader: &mut R, length: u64) -> Result<(), ArchiveError> {
    if length == 0 {
        return Err(ArchiveError::Empty);
    }
    let start = read_at(reader, 0, length.min(LOOKED_AT_BYTES) as usize)?;
    if start.starts_with(SIGNATURE) {
        return Ok(());
    }
    if SIGNATURE.starts_with(&start) {
        return Err(ArchiveError::Truncated);
    }
    // `torch.save` before 1.6 wrote bare pickles, protocol 2 and up.
    if let &[0x80, 2..=5, ..] = &start[..] {
        return Err(ArchiveError::Checkpoint);
    }
    let text: String = start.iter().map(|&b| char::from(b).to_ascii_lowercase()).collect();
    let found = if text.trim_start().starts_with('<') {
        "a web page: the download failed, get the model itself"
    } else if text.starts_with("version https://git-lfs") {
        "a git-lfs pointer: run git lfs pull to get the model itself"
    } else {
        "something else: choose a model made with torch.jit.save (.ts)"
    };
    Err(ArchiveError::NotAnArchive { found })
}
