//! Folders for models, settings and caches that do not come from the host.
//!
//! Thread: any but audio.

use std::path::{Path, PathBuf};

/// The environment variable that names the models folder, for downloads and searches.
pub const MODELS_VARIABLE: &str = "NN_MODELS";

/// Name of this project's folders.
const NAME: &str = "nn-tilde";

/// The models folders that boxes search besides the host's own places: that of `NN_MODELS`, the package's, the
/// user's.
pub fn model_folders(package: Option<&Path>) -> Vec<PathBuf> {
    let package = package.map(|package| package.join("models"));
    named_models().into_iter().chain(package).chain(user_models()).collect()
}

/// The folder that `NN_MODELS` names.
pub fn named_models() -> Option<PathBuf> {
    named(MODELS_VARIABLE)
}

/// The user's models folder, for packages that are read-only.
pub fn user_models() -> Option<PathBuf> {
    Some(dirs::data_local_dir()?.join(NAME).join("models"))
}

/// The user's settings folder.
pub fn settings() -> Option<PathBuf> {
    Some(dirs::config_dir()?.join(NAME))
}

/// The user's home.
pub fn home() -> Option<PathBuf> {
    dirs::home_dir()
}

/// The user's documents, which Windows may keep elsewhere than in the home.
pub fn documents() -> Option<PathBuf> {
    dirs::document_dir()
}

/// The user's cache folder.
pub fn cache() -> Option<PathBuf> {
    Some(dirs::cache_dir()?.join(NAME))
}

/// The path in an environment variable; an empty one counts as unset.
pub fn named(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}
