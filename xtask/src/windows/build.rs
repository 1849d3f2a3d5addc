//! Links everything that users get, and the tests.

use std::path::{Path, PathBuf};

use super::tools::{self, PROFILE, TARGET};
use crate::run::{self, Failure};

/// All that is Rust, but for the library with libtorch.
pub const CRATES: [&str; 9] = [
    "nn",
    "nn-pd",
    "nn-pd-double",
    "nn-pd-stub",
    "nn-max",
    "nn-max-stub",
    "nn-supercollider",
    "nn-supercollider-scsynth",
    "nn-supercollider-supernova",
];

/// Boxes play models made of a few lines of Rust.
pub const FEATURES: &str = "nn-pd/fake,nn-core/fake";

/// Builds all of [`CRATES`].
///
/// # Errors
/// When something cannot be built or linked.
pub fn everything(folder: &Path) -> Result<(), Failure> {
    let mut command = tools::cargo("build", folder)?;
    command.args(CRATES.iter().flat_map(|name| ["-p", name])).args(["--features", FEATURES]);
    run::run(&mut command)
}

/// Where it lies.
pub fn built(folder: &Path) -> PathBuf {
    folder.join(TARGET).join(PROFILE)
}
