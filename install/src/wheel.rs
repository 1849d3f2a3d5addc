//! The wheel: downloading it with pip, checking it, unpacking the part that is needed.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use crate::bring::{EnsureError, Progress};
use crate::platform::{PYTHON_VERSION, Platform, VERSION};
use crate::python;

/// Bytes per read: big enough that the calls do not count.
const CHUNK_BYTES: usize = 1 << 20;

/// Lets pip download the pinned wheel into `folder` and returns its path. pip shows its own progress.
pub(crate) fn download(platform: &Platform, folder: &Path) -> Result<PathBuf, EnsureError> {
    let python = python::find_with_pip()?;
    let pins = folder.join("pins.txt");
    fs::write(&pins, platform.pins).map_err(|source| EnsureError::io(&pins, source))?;
    let status = Command::new(&python)
        .args(["-m", "pip", "download", "--disable-pip-version-check", "--no-input"])
        .args(["--no-deps", "--require-hashes", "--only-binary=:all:"])
        .args(["--platform", platform.wheel_tag, "--implementation", "cp"])
        .args(["--python-version", PYTHON_VERSION, "--abi", &format!("cp{PYTHON_VERSION}")])
        .arg("--dest")
        .arg(folder)
        .arg("--requirement")
        .arg(&pins)
        // pip's temporary files: where a later run clears them away if this one is killed.
        .env("TMPDIR", folder)
        .env("TEMP", folder)
        .env("TMP", folder)
        .status()
        .map_err(|source| EnsureError::io(&python, source))?;
    if !status.success() {
        return Err(EnsureError::Download { status });
    }
    find_wheel(folder).ok_or_else(|| EnsureError::NoWheel { folder: folder.to_owned() })
}

fn find_wheel(folder: &Path) -> Option<PathBuf> {
    let mut files = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    files.find(|path| path.extension().is_some_and(|e| e == "whl"))
}

/// Compares the file with the platform's pinned sha256.
pub(crate) fn check(wheel: &Path, platform: &Platform) -> Result<(), EnsureError> {
    let mut file = File::open(wheel).map_err(|source| EnsureError::io(wheel, source))?;
    let mut hasher = Sha256::new();
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        let count = file.read(&mut chunk).map_err(|source| EnsureError::io(wheel, source))?;
        if count == 0 {
            break;
        }
        hasher.update(&chunk[..count]);
    }
    let found: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    if found == platform.sha256() {
        return Ok(());
    }
    Err(EnsureError::WrongHash { file: wheel.to_owned(), expected: platform.sha256().to_owned(), found })
}

/// Where a file of the wheel belongs in the tree; `None` for what is not needed.
fn destination(name: &str, platform: &Platform) -> Option<PathBuf> {
    if let Some(header) = name.strip_prefix("torch/include/") {
        return Some(Path::new("include").join(header));
    }
    if let Some(library) = name.strip_prefix("torch/lib/") {
        let wanted = platform.runtime_files.contains(&library) || platform.link_files.contains(&library);
        return wanted.then(|| Path::new("lib").join(library));
    }
    // Whoever passes the libraries on passes these on with them.
    let licenses = format!("torch-{VERSION}.dist-info/licenses/");
    name.strip_prefix(&licenses).map(|license| Path::new("licenses").join(license))
}

/// Unpacks what is needed of `wheel` into `root`.
pub(crate) fn unpack(
    wheel: &Path,
    root: &Path,
    platform: &Platform,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), EnsureError> {
    let archive_error = |source| EnsureError::Archive { file: wheel.to_owned(), source };
    let file = File::open(wheel).map_err(|source| EnsureError::io(wheel, source))?;
    let mut archive = zip::ZipArchive::new(io::BufReader::new(file)).map_err(archive_error)?;

    let mut wanted = Vec::new();
    let mut total_bytes = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(archive_error)?;
        // A name that points outside the folder is nothing that belongs in the tree.
        let Some(name) = entry.enclosed_name() else { continue };
        let name = name.to_string_lossy().replace('\\', "/");
        if !entry.is_dir()
            && let Some(path) = destination(&name, platform)
        {
            total_bytes += entry.size();
            wanted.push((index, root.join(path)));
        }
    }

    let mut done_bytes = 0;
    let mut chunk = vec![0; CHUNK_BYTES];
    progress(Progress::Unpacking { done_bytes, total_bytes });
    for (index, path) in wanted {
        let write_error = |source| EnsureError::io(&path, source);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(write_error)?;
        }
        let mut entry = archive.by_index(index).map_err(archive_error)?;
        let mut out = File::create(&path).map_err(write_error)?;
        loop {
            let count = entry.read(&mut chunk).map_err(|e| archive_error(e.into()))?;
            if count == 0 {
                break;
            }
            out.write_all(&chunk[..count]).map_err(write_error)?;
            done_bytes += count as u64;
            progress(Progress::Unpacking { done_bytes, total_bytes });
        }
    }
    Ok(())
}
