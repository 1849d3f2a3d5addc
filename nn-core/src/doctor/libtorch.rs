//! libtorch: where it was found, or why it does not open.
//!
//! Thread: any but audio.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::check::{Check, shown};
use crate::info::Tree;
use nn_process::system::loaded_libraries;

/// What came of opening it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Libtorch {
    /// It is open, and all that it needs is.
    Opened {
        /// Its release.
        version: String,
        /// This project's library that it was opened with.
        library: PathBuf,
        /// What of it is loaded: its own library first. Empty where the system does not tell.
        files: Vec<PathBuf>,
    },
    /// It cannot be opened.
    Broken {
        /// What is wrong.
        what: String,
        /// What to do.
        cure: String,
    },
}

impl Libtorch {
    /// Opens it, if it is not open yet: that takes up to seconds from a cold disk.
    ///
    /// Thread: loader.
    #[cfg(feature = "torch")]
    pub fn open() -> Self {
        match nn_torch_client::Backend::get() {
            Ok(backend) => Self::Opened {
                version: backend.torch_version().to_owned(),
                library: backend.path().to_owned(),
                files: of_libtorch(loaded_libraries()),
            },
            Err(error) => broken(&error),
        }
    }

    /// A build that has none.
    ///
    /// Thread: loader.
    #[cfg(not(feature = "torch"))]
    pub fn open() -> Self {
        let _none = of_libtorch(loaded_libraries());
        Self::Broken { what: "this build has none".into(), cure: "use one with libtorch".into() }
    }

    /// Nobody found out.
    pub fn unknown(what: impl Into<String>) -> Self {
        let cure = "try again with nothing else running; if it stays so, install the package again";
        Self::Broken { what: what.into(), cure: cure.into() }
    }

    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Opened { .. })
    }

    /// What is said of it.
    pub fn check(&self) -> Check {
        let (version, library, files) = match self {
            Self::Opened { version, library, files } => (version, library, files),
            Self::Broken { what, cure } => return Check::fault("libtorch", what, cure),
        };
        let text = match files.split_first() {
            Some((own, others)) => {
                let names: Vec<_> = others.iter().map(|path| name(path)).collect();
                let with =
                    if names.is_empty() { String::new() } else { format!(" with {}", names.join(", ")) };
                format!("{version}: {}{with}, opened by {}", shown(own), shown(library))
            }
            None => format!("{version}, opened by {}", shown(library)),
        };
        let files = Tree::texts(files.iter().map(|path| path.display().to_string()));
        Check::fine("libtorch", text)
            .with("version", Tree::text(version))
            .with("library", Tree::text(library.display().to_string()))
            .with("files", files)
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Of the libraries that are loaded: libtorch's own, and those beside it.
fn of_libtorch(loaded: Vec<PathBuf>) -> Vec<PathBuf> {
    let is_own = |path: &PathBuf| name(path).trim_start_matches("lib").starts_with("torch_cpu.");
    let Some(own) = loaded.iter().find(|path| is_own(path)).cloned() else { return Vec::new() };
    let beside = |path: &PathBuf| *path != own && path.parent() == own.parent();
    let mut others: Vec<_> = loaded.iter().filter(|path| beside(path)).cloned().collect();
    others.sort();
    [vec![own], others].concat()
}

#[cfg(feature = "torch")]
fn broken(error: &nn_torch_client::BackendError) -> Libtorch {
    use nn_torch_client::{BackendError, VARIABLE};
    let (what, cure) = match error {
        BackendError::Missing { expected } => (
            format!("{} is missing", expected.display()),
            "copy it there from the package, or install the package again".into(),
        ),
        BackendError::Open { path, what } => (
            format!("{} cannot be opened ({what})", path.display()),
            "the folder libtorch must stand beside it, as in the package: install the package again".into(),
        ),
        BackendError::Version { path, .. } => (
            format!("{} is of another version", path.display()),
            "install all files of one package together".into(),
        ),
        BackendError::Named { path, what } => (
            format!("{}, which {VARIABLE} names, {what}", path.display()),
            "let it name the nn_torch library of this package, or remove it from the environment".into(),
        ),
        BackendError::Start { path, what } => (
            format!("{}: libtorch does not start: {what}", path.display()),
            "install the package again: its files belong together".into(),
        ),
    };
    Libtorch::Broken { what, cure }
}

#[cfg(test)]
mod tests {
    use super::super::check::State;
    use super::*;

    fn paths(names: &[&str]) -> Vec<PathBuf> {
        names.iter().map(PathBuf::from).collect()
    }

    #[test]
    fn its_own_library_comes_first_and_then_what_lies_beside_it() {
        let loaded = paths(&[
            "/usr/lib/libc.so.6",
            "/p/lib/libgomp.so.1",
            "/p/lib/libtorch_cpu.so",
            "/p/lib/libc10.so",
        ]);
        let own = paths(&["/p/lib/libtorch_cpu.so", "/p/lib/libc10.so", "/p/lib/libgomp.so.1"]);
        assert_eq!(of_libtorch(loaded), own);
        for odd in ["/p/lib/libtorch_cpu.nn", "/p/lib/libtorch_cpu.dylib", "/p/lib/torch_cpu.dll"] {
            assert_eq!(of_libtorch(paths(&["/p/libnn_torch.so", odd])), paths(&[odd]));
        }
        assert_eq!(of_libtorch(paths(&["/p/libtorch_cuda.so"])), paths(&[]));
    }

    #[test]
    fn what_was_opened_is_told_with_its_files() {
        let files = paths(&["/p/libtorch/lib/libtorch_cpu.so", "/p/libtorch/lib/libc10.so"]);
        let found = Libtorch::Opened { version: "2.13.0".into(), library: "/p/libnn_torch.so".into(), files };
        let text = "2.13.0: /p/libtorch/lib/libtorch_cpu.so with libc10.so, opened by /p/libnn_torch.so";
        assert_eq!((found.check().state, found.check().text.as_str()), (State::Fine, text));
        let unknown = Libtorch::unknown("it died").check();
        assert_eq!((unknown.state, unknown.text.as_str()), (State::Fault, "it died"));
        assert!(unknown.cure.is_some());
    }

    #[cfg(feature = "torch")]
    #[test]
    fn every_fault_has_a_cure_of_its_own() {
        use nn_torch_client::BackendError;
        let path = || PathBuf::from("/p/libnn_torch.so");
        for (error, what, cure) in [
            (BackendError::Missing { expected: path() }, "/p/libnn_torch.so is missing", "copy it there"),
            (
                BackendError::Open { path: path(), what: "libc10.so: no such file".into() },
                "/p/libnn_torch.so cannot be opened (libc10.so: no such file)",
                "the folder libtorch must stand beside it",
            ),
            (
                BackendError::Version { path: path(), found: 1 },
                "/p/libnn_torch.so is of another version",
                "install all",
            ),
            (
                BackendError::Named { path: path(), what: "is not there".into() },
                "/p/libnn_torch.so, which NN_TORCH_BACKEND names, is not there",
                "let it name",
            ),
        ] {
            let check = broken(&error).check();
            assert_eq!((check.state, check.text.as_str()), (State::Fault, what));
            assert!(check.cure.as_ref().is_some_and(|told| told.starts_with(cure)), "{check:?}");
        }
    }
}
