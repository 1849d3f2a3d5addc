//! Opens files that may be archives.

use std::{fs::File, path::Path};

use crate::ArchiveError;

/// Opens a regular file; a pipe would block the caller for ever.
pub(super) fn open(path: &Path) -> Result<File, ArchiveError> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(ArchiveError::NotAFile);
    }
    Ok(File::open(path)?)
}
