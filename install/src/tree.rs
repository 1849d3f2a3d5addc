//! A libtorch on disk, and whether it is the one that is needed.

use std::path::{Path, PathBuf};

use crate::platform::{LIBRARIES, Platform, VERSION};

/// Name of the file whose presence says that the tree is complete; it holds the release.
pub(crate) const VERSION_FILE: &str = "build-version";

/// A complete libtorch of release [`VERSION`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Libtorch {
    /// The folder that holds `include` and `lib`.
    pub root: PathBuf,
    /// Folders for the C++ compiler's `-I`, in order.
    pub include_dirs: Vec<PathBuf>,
    /// Folder for the linker's `-L` and the run path.
    pub lib_dir: PathBuf,
    /// Names to link, without prefix and suffix.
    pub libraries: &'static [&'static str],
    /// The files in `lib_dir` that a program using it loads: what a package for users must hold.
    pub runtime_files: Vec<PathBuf>,
}

/// Why a folder is not the libtorch that is needed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// The folder lacks a file without which nothing can be built.
    #[error("{} is not a libtorch: {} is missing", root.display(), missing.display())]
    Incomplete {
        /// The folder that was looked at.
        root: PathBuf,
        /// The first file that was not there, relative to it.
        missing: PathBuf,
    },
    /// The folder holds another release.
    #[error("{} holds libtorch {found}, this project needs {VERSION}", root.display())]
    WrongVersion {
        /// The folder that was looked at.
        root: PathBuf,
        /// The release found there.
        found: String,
    },
}

impl Libtorch {
    /// Looks at the folder `root` and takes it when it is a libtorch [`VERSION`] for `platform`.
    ///
    /// # Errors
    /// When a needed file is missing or the release is another one.
    pub fn open(root: &Path, platform: &Platform) -> Result<Self, TreeError> {
        let incomplete =
            |missing: &Path| TreeError::Incomplete { root: root.to_owned(), missing: missing.to_owned() };
        let found = version_of(root).ok_or_else(|| incomplete(Path::new(VERSION_FILE)))?;
        // A build's suffix, such as "+cpu", does not change the release.
        if found.split('+').next() != Some(VERSION) {
            return Err(TreeError::WrongVersion { root: root.to_owned(), found });
        }
        let lib_dir = root.join("lib");
        let needed = LIBRARIES.iter().map(|library| Path::new("lib").join(platform.link_file(library)));
        for file in needed.chain([Path::new("include/torch/script.h").to_owned()]) {
            if !root.join(&file).is_file() {
                return Err(incomplete(&file));
            }
        }
        let extra = platform.extra_wheels.iter().flat_map(|wheel| wheel.files.iter().copied());
        let stubs = platform.stubs.iter().map(|stub| stub.file);
        let runtime_files = platform
            .runtime_files
            .iter()
            .copied()
            .chain(extra)
            .chain(stubs)
            .map(|file| lib_dir.join(file))
            .filter(|file| file.is_file())
            .collect();
        Ok(Self {
            include_dirs: vec![root.join("include"), root.join("include/torch/csrc/api/include")],
            libraries: &LIBRARIES,
            root: root.to_owned(),
            lib_dir,
            runtime_files,
        })
    }
}

/// The release in `root`: from `build-version`, else from the header that every build has.
fn version_of(root: &Path) -> Option<String> {
    if let Ok(text) = std::fs::read_to_string(root.join(VERSION_FILE)) {
        return Some(text.trim().to_owned());
    }
    let header = std::fs::read_to_string(root.join("include/torch/headeronly/version.h")).ok()?;
    let number = |part: &str| {
        let (_, rest) = header.split_once(&format!("#define TORCH_VERSION_{part} "))?;
        rest.split_whitespace().next().map(str::to_owned)
    };
    Some([number("MAJOR")?, number("MINOR")?, number("PATCH")?].join("."))
}
