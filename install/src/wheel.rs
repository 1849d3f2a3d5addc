//! The wheel: downloading it with pip, checking it, unpacking the part that is needed.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use crate::error::EnsureError;
use crate::platform::{PYTHON_VERSION, Platform, VERSION};
use crate::progress::Progress;
use crate::python;

/// Bytes per read: big enough that the calls do not count.
const CHUNK_BYTES: usize = 1 << 20;

/// Lets pip download the pinned wheels into `folder` and returns their paths. pip shows its own progress.
pub(crate) fn download(platform: &Platform, folder: &Path) -> Result<Vec<PathBuf>, EnsureError> {
    download_all(platform, platform.pins, folder)
}

/// The same for all wheels of `text`, a list of requirements with their hashes.
pub(crate) fn download_all(
    platform: &Platform,
    text: &str,
    folder: &Path,
) -> Result<Vec<PathBuf>, EnsureError> {
    let python = python::find_with_pip()?;
    let pins = folder.join("pins.txt");
    fs::write(&pins, text).map_err(|source| EnsureError::io(&pins, source))?;
    let status = Command::new(&python)
        .args(["-m", "pip", "download", "--disable-pip-version-check", "--no-input"])
        .args(["--no-deps", "--require-hashes", "--only-binary=:all:"])
        .args(tags(platform))
        .args(["--implementation", "cp"])
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
    let mut wheels = wheels_in(folder);
    wheels.sort();
    if wheels.is_empty() { Err(EnsureError::NoWheel { folder: folder.to_owned() }) } else { Ok(wheels) }
}

/// Older systems' wheels run on newer ones; pip takes that into account only for the system it runs on.
fn tags(platform: &Platform) -> Vec<String> {
    let mut tags = vec![platform.wheel_tag.to_owned()];
    if let Some((_, processor)) = platform.wheel_tag.split_once("manylinux_2_28_") {
        let glibc = (5..28).rev().map(|minor| format!("manylinux_2_{minor}"));
        let older = glibc.chain(["manylinux2014", "manylinux2010", "manylinux1"].map(str::to_owned));
        tags.extend(older.map(|system| format!("{system}_{processor}")));
    }
    tags.into_iter().flat_map(|tag| ["--platform".to_owned(), tag]).collect()
}

fn wheels_in(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    files.filter(|path| path.extension().is_some_and(|e| e == "whl")).collect()
}

/// Compares the file's sha256 with those that are pinned, of which it must be one.
pub(crate) fn check(wheel: &Path, pinned: &[&str]) -> Result<(), EnsureError> {
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
    if pinned.contains(&found.as_str()) {
        return Ok(());
    }
    Err(EnsureError::WrongHash { file: wheel.to_owned(), expected: pinned.join(" or "), found })
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
    if let Some(license) = name.strip_prefix(&licenses) {
        return Some(Path::new("licenses").join(license));
    }
    platform.extra_wheels.iter().find_map(|wheel| {
        if let Some(library) = name.strip_prefix(wheel.folder) {
            return wheel.files.contains(&library).then(|| Path::new("lib").join(library));
        }
        let (package, license) = name.split_once(".dist-info/licenses/")?;
        package.starts_with(wheel.name).then(|| Path::new("licenses").join(package).join(license))
    })
}

/// Unpacks what is needed of `wheel` into `root`.
pub(crate) fn unpack(
    wheel: &Path,
    root: &Path,
    platform: &Platform,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), EnsureError> {
    unpack_as(wheel, root, &|name| destination(name, platform), progress)
}

/// Unpacks the files of `wheel` for which `destination` names a place below `root`.
pub(crate) fn unpack_as(
    wheel: &Path,
    root: &Path,
    destination: &dyn Fn(&str) -> Option<PathBuf>,
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
            && let Some(path) = destination(&name)
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
