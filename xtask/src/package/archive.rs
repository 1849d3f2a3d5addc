//! The archive that Pd's package manager takes: a zip file with one folder.

use std::{
    fs::File,
    io::{self, BufWriter},
    path::Path,
};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::files::{entries, failed};
use crate::run::Failure;

/// Writes `folder`, under its own name, into the zip file `path`.
///
/// # Errors
/// When something cannot be read or written.
pub fn write(folder: &Path, path: &Path) -> Result<(), Failure> {
    let file = File::create(path).map_err(failed(path))?;
    let mut zip = ZipWriter::new(BufWriter::new(file));
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    add(&mut zip, folder, &name).and_then(|()| zip.finish().map(drop).map_err(|error| damaged(path, &error)))
}

fn add(zip: &mut ZipWriter<BufWriter<File>>, folder: &Path, name: &str) -> Result<(), Failure> {
    for path in entries(folder)? {
        let name = format!("{name}/{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            add(zip, &path, &name)?;
            continue;
        }
        let options = SimpleFileOptions::default().unix_permissions(0o644).large_file(true);
        zip.start_file(&name, options).map_err(|error| damaged(&path, &error))?;
        let mut file = File::open(&path).map_err(failed(&path))?;
        io::copy(&mut file, zip).map_err(failed(&path))?;
    }
    Ok(())
}

fn damaged(path: &Path, error: &zip::result::ZipError) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
}
