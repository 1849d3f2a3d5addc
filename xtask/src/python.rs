//! A Python with NumPy and torch: in it models are exported, and tests play scripts.

use std::path::PathBuf;

use crate::{progress::Display, run::Failure};

/// Where it is; it is made when it is not there.
///
/// # Errors
/// When it cannot be made.
pub fn with_numpy() -> Result<PathBuf, Failure> {
    let mut display = Display::of("torch for Python");
    let python = nn_install::ensure_models_python(|progress| display.show(progress));
    python.map_err(|error| Failure::new(error.to_string()))
}
