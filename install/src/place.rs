//! Puts a folder into the user's cache in one step.
//!
//! The work is done in a fresh folder beside the final one, under a lock, and ends with one rename: a folder
//! under its final name is complete, whatever was killed when.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use crate::error::EnsureError;
use crate::progress::Progress;

/// Returns what `find` finds, and has `make` make it first when there is nothing.
///
/// `make` gets a folder of its own in `cache` and returns the one in it that shall become `cache/name`.
pub(crate) fn once<T>(
    cache: &Path,
    name: &str,
    progress: &mut dyn FnMut(Progress),
    find: impl Fn() -> Result<T, EnsureError>,
    make: impl FnOnce(&Path, &mut dyn FnMut(Progress)) -> Result<PathBuf, EnsureError>,
) -> Result<T, EnsureError> {
    if let Ok(found) = find() {
        return Ok(found);
    }
    fs::create_dir_all(cache).map_err(|source| EnsureError::io(cache, source))?;
    // Held until this function returns; the system lets go of it when the process is killed.
    let lock = lock(cache, name, progress)?;
    if let Ok(found) = find() {
        return Ok(found);
    }
    let prefix = format!(".partial-{name}-");
    if lock.is_some() {
        remove_leftovers(cache, &prefix);
    }
    let work = tempfile::Builder::new()
        .prefix(&prefix)
        .tempdir_in(cache)
        .map_err(|source| EnsureError::io(cache, source))?;
    let made = make(work.path(), progress)?;

    // Another run that was not seen, where there are no locks, may have been faster.
    if lock.is_none()
        && let Ok(found) = find()
    {
        return Ok(found);
    }
    let place = cache.join(name);
    if place.exists() {
        // Damaged, or it would have been taken above.
        fs::remove_dir_all(&place).map_err(|source| EnsureError::io(&place, source))?;
    }
    fs::rename(&made, &place).map_err(|source| EnsureError::io(&place, source))?;
    find()
}

/// `None` where the drive has no locks, as the homes of some networks: of two runs at once the later one's work stays.
fn lock(cache: &Path, name: &str, progress: &mut dyn FnMut(Progress)) -> Result<Option<File>, EnsureError> {
    let path = cache.join(format!("{name}.lock"));
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|source| EnsureError::io(&path, source))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::Error(_)) => return Ok(None),
        Err(TryLockError::WouldBlock) => {
            progress(Progress::Waiting);
            file.lock().map_err(|source| EnsureError::io(&path, source))?;
        }
    }
    Ok(Some(file))
}

/// Removes what killed runs left. Called under the lock, so that no other run is using it.
///
/// A pip that outlived its killed parent may still be writing there; then a later run gets the rest.
fn remove_leftovers(cache: &Path, prefix: &str) {
    for entry in fs::read_dir(cache).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(prefix) {
            fs::remove_dir_all(entry.path()).ok();
        }
    }
}
