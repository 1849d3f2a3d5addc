//! How fast the model is: a short run of `nn bench`.

use std::{ffi::OsString, path::Path};

use nn_core::shown::plain;

use super::{facts::SpeedFacts, pictures::WIDTH};
use crate::bench;

/// A page is not to take longer than all else on it.
const OPTIONS: [&str; 6] = ["--seconds", "3", "--buffers", "512,2048", "--boxes", "16"];

/// Between parts of a line on a terminal.
const APART: &str = "     ";

/// Measures the first method, or `forward`.
pub fn measured(file: &Path) -> SpeedFacts {
    let words: Vec<OsString> =
        OPTIONS.iter().map(Into::into).chain(["--".into(), file.as_os_str().to_owned()]).collect();
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    let command = plain(&format!("nn bench {name} {}", OPTIONS.join(" ")));
    match bench::shown(&words, WIDTH) {
        Ok(shown) => SpeedFacts {
            command,
            verdict: plain(&shown.verdict),
            is_good: shown.is_good,
            lines: shown.lines.iter().flat_map(|line| line.split(APART)).map(plain).collect(),
            heads: shown.table.0,
            rows: shown.table.1,
            pictures: shown.pictures,
        },
        Err(failure) => SpeedFacts { command, verdict: plain(&failure.line), ..SpeedFacts::default() },
    }
}
