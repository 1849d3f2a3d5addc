//! The models folder on disk, and the hidden folder in it where the catalog keeps its own things.
//!
//! Thread: any but audio.

use std::{
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::{entry::CatalogEntry, error::CatalogError, names::ModelName};
use nn_process::user_dirs;

/// Holds the record, locks and what is on its way.
const HIDDEN: &str = ".nn-catalog";

/// A models folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// A folder; nothing is touched yet.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Where downloads go on this machine: the folder that `NN_MODELS` names, else the package's `models` if that
    /// can be written into, else the user's.
    ///
    /// # Errors
    /// When there is none.
    pub fn of_this_machine() -> Result<Self, CatalogError> {
        if let Some(named) = user_dirs::named_models() {
            return Ok(Self::new(named));
        }
        let package = package_models().filter(|folder| folder.is_dir()).map(Self::new);
        package
            .filter(|store| store.prepare().is_ok())
            .or_else(|| user_dirs::user_models().map(Self::new))
            .ok_or(CatalogError::NoFolder)
    }

    /// Every folder of this machine into which downloads may have gone.
    pub fn all_of_this_machine() -> Vec<Self> {
        let folders = [user_dirs::named_models(), package_models(), user_dirs::user_models()];
        folders.into_iter().flatten().map(Self::new).collect()
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes the folders.
    ///
    /// # Errors
    /// When they cannot be made or written into.
    pub fn prepare(&self) -> Result<(), CatalogError> {
        let hidden = self.folder.join(HIDDEN);
        fs::create_dir_all(&hidden).map_err(|error| CatalogError::disk(&hidden, &error))?;
        // There may be folders that cannot be written into; only trying tells. A file of a name that nobody else has, or of
        // none: processes are not in each other's way.
        let tried = tempfile::tempfile_in(&hidden);
        tried.map(drop).map_err(|error| CatalogError::disk(&self.folder, &error))
    }

    /// The path of a model.
    pub fn model(&self, name: &ModelName) -> PathBuf {
        self.folder.join(name.as_str())
    }

    /// The path of a thing of the catalog's own.
    pub fn hidden(&self, name: &str) -> PathBuf {
        self.folder.join(HIDDEN).join(name)
    }

    /// The things of the catalog's own that are there.
    pub fn all_hidden(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.folder.join(HIDDEN)).into_iter().flatten();
        entries.flatten().map(|entry| entry.path()).collect()
    }
}

/// What the files of one download are called, whatever is in its card's name.
pub fn key(entry: &CatalogEntry, name: &ModelName) -> String {
    digest(format!("{}\n{}", entry.id, name).as_bytes())[..24].to_owned()
}

/// The sha256 of some bytes in hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The folder `models` beside the external or the tool. In a package for Max the external is in the folder `support`.
fn package_models() -> Option<PathBuf> {
    Some(nn_dylib::package()?.join("models"))
}
