//! The archive of a package: a zip file with one folder, as Pd's package manager takes it.

use std::{
    fs::File,
    io::{self, BufWriter},
    path::Path,
};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::files::{entries, failed};
use crate::{run::Failure, target::Target};

/// How large an archive for a Raspberry Pi may be, in megabytes: people load it over slow networks onto small cards.
const MOST_FOR_A_PI_MB: f64 = 100.0;

/// Writes the package in `folder` for `target`, under its folder's name, into the zip file `path`, and says how large that is.
///
/// # Errors
/// When something cannot be read or written, or what was written is too large.
pub fn make(folder: &Path, path: &Path, target: Target) -> Result<(), Failure> {
    write(folder, path)?;
    let size_mb = path.metadata().map_err(failed(path))?.len() as f64 / 1e6;
    println!("archive: {} ({size_mb:.1} MB)", path.display());
    small_enough(size_mb, target)
}

fn small_enough(size_mb: f64, target: Target) -> Result<(), Failure> {
    if target.is("linux") && target.processor() == "arm64" && size_mb >= MOST_FOR_A_PI_MB {
        return Err(Failure::new(format!(
            "{size_mb:.1} MB, for a Raspberry Pi less than {MOST_FOR_A_PI_MB}: look at what grew in the package"
        )));
    }
    Ok(())
}

/// Writes `folder`, under its own name, into the zip file `path`.
///
/// # Errors
/// When something cannot be read or written.
fn write(folder: &Path, path: &Path) -> Result<(), Failure> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_for_a_raspberry_pi_has_a_largest_size_and_no_other_has() {
        let of = |name: &str, size_mb| small_enough(size_mb, Target::named(name).expect("a target")).is_ok();
        assert!(of("linux-aarch64", 99.9) && !of("linux-aarch64", 100.0));
        assert!(of("linux-x86_64", 150.0) && of("macos-aarch64", 150.0) && of("windows-x86_64", 150.0));
    }
}
