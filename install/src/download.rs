//! Downloads libtorch into the user's cache.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::EnsureError;
use crate::locate;
use crate::platform::{Platform, VERSION};
use crate::progress::Progress;
use crate::tree::{Libtorch, VERSION_FILE};
use crate::{place, stub, wheel};

/// Finds libtorch, and downloads it into the user's cache when it is not there.
///
/// Safe to call from several processes at once: one downloads it, the others wait. May be killed at any time.
///
/// # Errors
/// When it cannot be downloaded. With `LIBTORCH` set nothing is ever downloaded: a folder that cannot be used is
/// an error.
pub fn ensure(progress: impl FnMut(Progress)) -> Result<Libtorch, EnsureError> {
    ensure_for(locate::supported()?, progress)
}

/// The same for another platform than this one's, to build for it here.
///
/// # Errors
/// As for [`ensure`]; and where no C compiler for that platform is at hand, if it needs one.
pub fn ensure_for(platform: &Platform, mut progress: impl FnMut(Progress)) -> Result<Libtorch, EnsureError> {
    let variable = locate::variable();
    if variable.is_some() {
        return Ok(locate::choose(variable.as_deref(), locate::cache_dir, platform)?);
    }
    into_cache(&locate::cache_dir()?, platform, &wheel::download, &mut progress)
}

/// How the wheels get into a folder; tests put in some of their own.
type Fetch<'a> = &'a dyn Fn(&Platform, &Path) -> Result<Vec<PathBuf>, EnsureError>;

fn into_cache(
    cache: &Path,
    platform: &Platform,
    fetch: Fetch<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Libtorch, EnsureError> {
    let find = || Ok(locate::in_cache(cache, platform)?);
    place::once(cache, &platform.tree_name(), progress, find, |work, progress| {
        progress(Progress::Downloading);
        let wheels = fetch(platform, work)?;
        progress(Progress::Checking);
        let hashes: Vec<_> = platform.hashes().collect();
        let tree = work.join("tree");
        for wheel in &wheels {
            wheel::check(wheel, &hashes)?;
            wheel::unpack(wheel, &tree, platform, progress)?;
        }
        for stub in platform.stubs {
            stub::build(stub, platform, &tree.join("lib"), work)?;
        }
        let version_file = tree.join(VERSION_FILE);
        fs::write(&version_file, format!("{VERSION}\n")).map_err(|e| EnsureError::io(&version_file, e))?;
        Libtorch::open(&tree, platform).map_err(EnsureError::Layout)?;
        Ok(tree)
    })
}

#[cfg(test)]
#[path = "download_tests.rs"]
mod tests;
