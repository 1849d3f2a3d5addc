//! Finds libtorch without downloading anything: for build scripts.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::platform::Platform;
use crate::tree::{Libtorch, TreeError};

/// The variables [`locate`] reads. A build script names them in `cargo::rerun-if-env-changed`.
pub const ENVIRONMENT: [&str; 3] = ["LIBTORCH", CACHE_VARIABLE, "HOME"];

#[cfg(target_os = "windows")]
const CACHE_VARIABLE: &str = "LOCALAPPDATA";
#[cfg(not(target_os = "windows"))]
const CACHE_VARIABLE: &str = "XDG_CACHE_HOME";

/// Why no libtorch was found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LocateError {
    /// No pinned build exists for this operating system and processor.
    #[error("no libtorch is pinned for {os} on {arch}: set LIBTORCH to a libtorch of your own")]
    UnsupportedPlatform {
        /// Operating system, as Rust names it.
        os: &'static str,
        /// Processor, as Rust names it.
        arch: &'static str,
    },
    /// The folder named by `LIBTORCH` cannot be used.
    #[error("LIBTORCH cannot be used: {0}. Unset it, or let it name the right one")]
    Variable(#[source] TreeError),
    /// What stands in the cache is damaged.
    #[error("{0}. Run `cargo xtask setup` to download it again")]
    Damaged(#[source] TreeError),
    /// It was never downloaded.
    #[error("libtorch is not installed ({} does not exist): run `cargo xtask setup{}`", expected.display(), target(name))]
    NotInstalled {
        /// For which platform.
        name: &'static str,
        /// Where it would be.
        expected: PathBuf,
    },
    /// The user has no folder to keep it in.
    #[error("no cache folder: neither {CACHE_VARIABLE} nor HOME is set")]
    NoCacheDir,
}

/// Finds libtorch: the folder named by `LIBTORCH`, else the one that `cargo xtask setup` downloaded.
///
/// Reads a few small files, downloads nothing.
///
/// # Errors
/// When there is none or not the pinned release; the text says what to do.
pub fn locate() -> Result<Libtorch, LocateError> {
    locate_for(supported()?)
}

/// The same for another platform than this one's.
///
/// # Errors
/// As for [`locate`].
pub fn locate_for(platform: &Platform) -> Result<Libtorch, LocateError> {
    choose(variable().as_deref(), cache_dir, platform)
}

/// [`locate`] without its surroundings: what `LIBTORCH` holds, and where the cache is.
pub(crate) fn choose(
    variable: Option<&Path>,
    cache: impl FnOnce() -> Result<PathBuf, LocateError>,
    platform: &Platform,
) -> Result<Libtorch, LocateError> {
    match variable {
        Some(root) => Libtorch::open(root, platform).map_err(LocateError::Variable),
        None => in_cache(&cache()?, platform),
    }
}

/// The platform this program runs on.
pub(crate) fn supported() -> Result<&'static Platform, LocateError> {
    Platform::current()
        .ok_or(LocateError::UnsupportedPlatform { os: std::env::consts::OS, arch: std::env::consts::ARCH })
}

/// The folder named by `LIBTORCH`; an empty one counts as unset.
pub(crate) fn variable() -> Option<PathBuf> {
    std::env::var_os("LIBTORCH").filter(|v| !v.is_empty()).map(PathBuf::from)
}

/// The words that `cargo xtask setup` wants for a platform that is not this machine's.
fn target(name: &str) -> String {
    let own = Platform::current().is_some_and(|current| current.name == name);
    if own { String::new() } else { format!(" --target {name}") }
}

/// Takes the tree in `cache`, or says why not.
pub(crate) fn in_cache(cache: &Path, platform: &Platform) -> Result<Libtorch, LocateError> {
    let expected = cache.join(platform.tree_name());
    if !expected.exists() {
        return Err(LocateError::NotInstalled { name: platform.name, expected });
    }
    Libtorch::open(&expected, platform).map_err(LocateError::Damaged)
}

/// This project's folder in the user's cache. It need not exist.
///
/// # Errors
/// [`LocateError::NoCacheDir`] when the environment names no home.
pub fn cache_dir() -> Result<PathBuf, LocateError> {
    cache_dir_from(std::env::consts::OS, |name| std::env::var_os(name)).ok_or(LocateError::NoCacheDir)
}

/// Where the libraries of a platform's libtorch with CUDA stand once `cargo xtask setup --cuda` has downloaded it. They need
/// not be there; `None` where there is no such libtorch.
pub fn cuda_lib_dir(platform: &Platform) -> Option<PathBuf> {
    platform.cuda.as_ref()?;
    Some(cache_dir().ok()?.join(platform.cuda_tree_name()).join("lib"))
}

fn cache_dir_from(os: &str, variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    // A relative path would mean another folder for every working directory.
    let absolute = |name| variable(name).map(PathBuf::from).filter(|p| p.is_absolute());
    let base = match os {
        "windows" => absolute("LOCALAPPDATA")?,
        "macos" => {
            absolute("XDG_CACHE_HOME").or_else(|| absolute("HOME").map(|h| h.join("Library/Caches")))?
        }
        _ => absolute("XDG_CACHE_HOME").or_else(|| absolute("HOME").map(|h| h.join(".cache")))?,
    };
    Some(base.join("nn-tilde"))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn with<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<OsString> + 'a {
        move |name| pairs.iter().find(|(n, _)| *n == name).map(|(_, value)| value.into())
    }

    #[test]
    fn the_cache_follows_each_platforms_custom() {
        let home = with(&[("HOME", "/home/ada"), ("LOCALAPPDATA", "/local")]);
        assert_eq!(cache_dir_from("linux", &home), Some("/home/ada/.cache/nn-tilde".into()));
        assert_eq!(cache_dir_from("macos", &home), Some("/home/ada/Library/Caches/nn-tilde".into()));
        assert_eq!(cache_dir_from("windows", &home), Some("/local/nn-tilde".into()));
        let chosen = with(&[("HOME", "/home/ada"), ("XDG_CACHE_HOME", "/fast")]);
        assert_eq!(cache_dir_from("linux", chosen), Some("/fast/nn-tilde".into()));
    }

    #[test]
    fn a_relative_or_missing_cache_is_not_used() {
        let relative = with(&[("HOME", "/home/ada"), ("XDG_CACHE_HOME", "here")]);
        assert_eq!(cache_dir_from("linux", relative), Some("/home/ada/.cache/nn-tilde".into()));
        assert_eq!(cache_dir_from("linux", with(&[])), None);
    }
}
