//! Bringing libtorch into the user's cache.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;

use crate::locate::{self, LocateError};
use crate::platform::{Platform, VERSION};
use crate::python::PythonError;
use crate::tree::{Libtorch, TreeError, VERSION_FILE};
use crate::{environment, place, stand_in, wheel};

/// What [`ensure`] is doing, for display.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Another process is bringing the same thing; this one waits for it.
    Waiting,
    /// pip is downloading, and writes its own progress to the terminal.
    Downloading,
    /// The sha256 of the download is being computed.
    Checking,
    /// Files are being written.
    Unpacking {
        /// Bytes written so far.
        done_bytes: u64,
        /// Bytes that will be written.
        total_bytes: u64,
    },
}

/// Why libtorch could not be brought.
#[derive(Debug, thiserror::Error)]
pub enum EnsureError {
    /// It cannot be looked for, or what `LIBTORCH` names cannot be used.
    #[error(transparent)]
    Locate(#[from] LocateError),
    /// pip cannot be run.
    #[error(transparent)]
    Python(#[from] PythonError),
    /// pip said why on the terminal.
    #[error("pip could not bring torch {VERSION} ({status}): see its message above, then run this again")]
    Download {
        /// How pip ended.
        status: ExitStatus,
    },
    /// pip ended well and left nothing.
    #[error("pip left no wheel in {}", folder.display())]
    NoWheel {
        /// Where it should be.
        folder: PathBuf,
    },
    /// The file is not the pinned one.
    #[error(
        "{} is not the pinned libtorch {VERSION}: its sha256 is {found}, expected {expected}. Nothing of it \
         was used; run `python3 -m pip cache purge` and setup again",
        file.display()
    )]
    WrongHash {
        /// The file that was downloaded.
        file: PathBuf,
        /// The pinned sha256.
        expected: String,
        /// The one it has.
        found: String,
    },
    /// The wheel cannot be unpacked.
    #[error("{} cannot be unpacked: {source}", file.display())]
    Archive {
        /// The wheel.
        file: PathBuf,
        /// What is wrong with it.
        source: zip::result::ZipError,
    },
    /// There is no libtorch with CUDA to be brought.
    #[error("{reason}")]
    NoCuda {
        /// Why, and what to do.
        reason: &'static str,
    },
    /// No C compiler.
    #[error("the C compiler {compiler} was not found: install one ({install})")]
    NoCompiler {
        /// The command that was tried.
        compiler: String,
        /// What to type.
        install: String,
    },
    /// The C compiler failed.
    #[error("{compiler} could not build {file}: {message}")]
    Compile {
        /// The library that was being built.
        file: String,
        /// The command that was run.
        compiler: String,
        /// What it said.
        message: String,
    },
    /// The Python environment for the models cannot be made or does not work.
    #[error(
        "no Python environment for the models: {reason}. {} may name a Python that has torch {VERSION}",
        environment::VARIABLE
    )]
    Environment {
        /// What was wrong.
        reason: String,
    },
    /// The wheel did not hold what was expected of it.
    #[error("the wheel of libtorch {VERSION} is not laid out as expected: {0}")]
    Layout(#[source] TreeError),
    /// A file or folder cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl EnsureError {
    pub(crate) fn io(path: &Path, source: io::Error) -> Self {
        Self::Io { path: path.to_owned(), source }
    }
}

/// Finds libtorch, and downloads it into the user's cache when it is not there.
///
/// Safe to call from several processes at once: one brings it, the others wait. May be killed at any time.
///
/// # Errors
/// When it cannot be brought. With `LIBTORCH` set nothing is ever downloaded: a folder that cannot be used is
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
        for stand_in in platform.stand_ins {
            stand_in::build(stand_in, &tree.join("lib"), work)?;
        }
        let version_file = tree.join(VERSION_FILE);
        fs::write(&version_file, format!("{VERSION}\n")).map_err(|e| EnsureError::io(&version_file, e))?;
        Libtorch::open(&tree, platform).map_err(EnsureError::Layout)?;
        Ok(tree)
    })
}

#[cfg(test)]
#[path = "bring_tests.rs"]
mod tests;
