//! Why something could not be downloaded, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;

use crate::locate::LocateError;
use crate::platform::VERSION;
use crate::python::PythonError;
use crate::tree::TreeError;

/// The variable that names a Python for the models that has torch already, which is then used as it is.
pub(crate) const MODELS_PYTHON: &str = "NN_MODELS_PYTHON";

/// Why libtorch could not be downloaded.
#[derive(Debug, thiserror::Error)]
pub enum EnsureError {
    /// It cannot be looked for, or what `LIBTORCH` names cannot be used.
    #[error(transparent)]
    Locate(#[from] LocateError),
    /// pip cannot be run.
    #[error(transparent)]
    Python(#[from] PythonError),
    /// pip said why on the terminal.
    #[error("pip could not download torch {VERSION} ({status}): see its message above, then run this again")]
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
        /// Path of the wheel.
        file: PathBuf,
        /// What is wrong with it.
        source: zip::result::ZipError,
    },
    /// There is no libtorch with CUDA to download.
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
        MODELS_PYTHON
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
