//! The archive of a package: a zip file with one folder, as Pd's package manager takes it.

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
        let options = SimpleFileOptions::default().unix_permissions(permissions(&path)?).large_file(true);
        zip.start_file(&name, options).map_err(|error| damaged(&path, &error))?;
        let mut file = File::open(&path).map_err(failed(&path))?;
        io::copy(&mut file, zip).map_err(failed(&path))?;
    }
    Ok(())
}

/// The tool has to stay a program.
fn permissions(path: &Path) -> Result<u32, Failure> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = path.metadata().map_err(failed(path))?.permissions().mode();
        Ok(if mode & 0o100 == 0 { 0o644 } else { 0o755 })
    }
    #[cfg(not(unix))]
    {
        let _none_here = path;
        Ok(0o644)
    }
}

fn damaged(path: &Path, error: &zip::result::ZipError) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
}
