//! Where declarations and headers are.
#![allow(dead_code, reason = "each test file uses a part")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// The project's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The text of one of its files.
pub fn read(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// libpd with Pure Data's sources, as the crate `libpd-sys` carries them, which was fetched for `tests/pd-host`.
pub fn libpd() -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo answers in JSON");
    let packages = tree["packages"].as_array().expect("cargo lists packages");
    let package = packages.iter().find(|package| package["name"] == "libpd-sys").expect("libpd-sys");
    let manifest = package["manifest_path"].as_str().expect("its path");
    Path::new(manifest).parent().expect("a folder").join("libpd")
}
