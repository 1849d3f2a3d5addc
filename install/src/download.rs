//! Downloads libtorch into the user's cache.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::EnsureError;
use crate::locate;
use crate::platform::{Platform, VERSION};
use crate::progress::Progress;
use crate::tree::{Libtorch, VERSION_FILE};
use crate::{cuda_stub, place, wheel};

/// Finds libtorch, and downloads it into the user's cache when it is not there.
///
/// Safe to call from several processes at once: one downloads it, the others wait. May be killed at any time.
///
/// # Errors
/// When it cannot be downloaded. With `LIBTORCH` set nothing is ever downloaded: a folder that cannot be used is
/// an error.
pub fn ensure(mut progress: impl FnMut(Progress)) -> Result<Libtorch, EnsureError> {
    let platform = locate::supported()?;
    let variable = locate::variable();
    if variable.is_some() {
        return Ok(locate::choose(variable.as_deref(), locate::cache_dir, platform)?);
    }
    into_cache(&locate::cache_dir()?, platform, &wheel::download, &mut progress)
}

/// How the wheel gets into a folder; tests put in one of their own.
type Fetch<'a> = &'a dyn Fn(&Platform, &Path) -> Result<PathBuf, EnsureError>;

fn into_cache(
    cache: &Path,
    platform: &Platform,
    fetch: Fetch<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Libtorch, EnsureError> {
    let find = || Ok(locate::in_cache(cache, platform)?);
    place::once(cache, &platform.tree_name(), progress, find, |work, progress| {
        progress(Progress::Downloading);
        let wheel = fetch(platform, work)?;
        progress(Progress::Checking);
        wheel::check(&wheel, platform)?;
        let tree = work.join("tree");
        wheel::unpack(&wheel, &tree, platform, progress)?;
        for cuda_stub in platform.cuda_stubs {
            cuda_stub::build(cuda_stub, &tree.join("lib"), work)?;
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
