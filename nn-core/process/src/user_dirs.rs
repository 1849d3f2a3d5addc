//! Folders of this user and this machine, where they do not come from the host.
//!
//! Thread: any but audio.

use std::path::{Path, PathBuf};

/// Names the models folder: downloads land there, and boxes look there first.
pub const MODELS_VARIABLE: &str = "NN_MODELS";

/// What this project's folders are called.
const NAME: &str = "nn-tilde";

/// The models folders, in which boxes look besides the host's own places: the one that `NN_MODELS` names, the package's,
/// the user's.
pub fn model_folders(package: Option<&Path>) -> Vec<PathBuf> {
    let package = package.map(|package| package.join("models"));
    named_models().into_iter().chain(package).chain(user_models()).collect()
}

/// The folder that `NN_MODELS` names.
pub fn named_models() -> Option<PathBuf> {
    named(MODELS_VARIABLE)
}

/// The user's models, for packages that cannot be written into.
pub fn user_models() -> Option<PathBuf> {
    Some(dirs::data_local_dir()?.join(NAME).join("models"))
}

/// Where the user's own settings are.
pub fn settings() -> Option<PathBuf> {
    Some(dirs::config_dir()?.join(NAME))
}

/// The user's home.
pub fn home() -> Option<PathBuf> {
    dirs::home_dir()
}

/// What can be had again.
pub fn cache() -> Option<PathBuf> {
    Some(dirs::cache_dir()?.join(NAME))
}

/// The path in an environment variable; an empty one counts as unset.
pub fn named(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}
