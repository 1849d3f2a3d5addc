//! The program that holds the benchmarks of `benches/`.

use std::path::PathBuf;
use std::process::Stdio;

use serde_json::Value;

use crate::run::{Failure, cargo};

/// Builds it and says where it is.
///
/// # Errors
/// When it does not compile.
pub fn build() -> Result<PathBuf, Failure> {
    let output = cargo("bench --no-run -p nn --bench nn --message-format=json-render-diagnostics")
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Failure::new(format!("cargo cannot be started: {error}")))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let executable = text.lines().rev().find_map(|line| {
        let message: Value = serde_json::from_str(line).ok()?;
        // The tool, which is built too, has the same name.
        let kinds = message.get("target")?.get("kind")?.as_array()?;
        kinds.iter().find(|kind| *kind == "bench")?;
        Some(PathBuf::from(message.get("executable")?.as_str()?))
    });
    executable
        .filter(|_| output.status.success())
        .ok_or_else(|| Failure::new("the benchmarks do not compile: see above"))
}
