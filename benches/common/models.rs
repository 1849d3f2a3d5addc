//! Which models are measured.

use std::path::{Path, PathBuf};

/// The project's own models.
pub fn own(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("models").join(format!("{name}.ts"))
}

/// The project's codec, then those that `NN_BENCH_MODELS` names, separated as in `PATH`.
pub fn all() -> Vec<PathBuf> {
    std::iter::once(own("codec")).chain(named()).collect()
}

/// The heaviest of those that `NN_BENCH_MODELS` names, by the size of the file; without any the project's codec.
pub fn largest() -> PathBuf {
    let size = |path: &PathBuf| path.metadata().map_or(0, |file| file.len());
    named().into_iter().max_by_key(size).unwrap_or_else(|| own("codec"))
}

fn named() -> Vec<PathBuf> {
    let named = std::env::var_os("NN_BENCH_MODELS").unwrap_or_default();
    std::env::split_paths(&named).filter(|path| !path.as_os_str().is_empty()).collect()
}

/// As tables show it.
pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Megabytes of a file.
pub fn size_mb(path: &Path) -> f64 {
    path.metadata().map_or(0.0, |file| file.len() as f64 * 1e-6)
}
