//! Whether a path leads to a file.

use std::path::Path;

/// Why there is no file under a path, if there is none.
pub fn not_a_file(path: &Path) -> Option<String> {
    match path.metadata() {
        Ok(metadata) if metadata.is_file() => None,
        Ok(_) => Some("it is not a file".into()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Some("no such file".into()),
        Err(error) => Some(error.to_string()),
    }
}
