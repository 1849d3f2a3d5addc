//! How fast the model is: a short run of `nn bench`.

use std::{ffi::OsString, path::Path};

use super::{facts::SpeedFacts, short::Shortener};
use crate::{bench, command_line::quoted, pictures::WIDTH};

/// Few, for a page is not to take longer than all else on it.
const OPTIONS: [&str; 4] = ["--buffers", "512,2048", "--boxes", "16"];

/// Between parts of a line on a terminal.
const APART: &str = "     ";

/// Measures the first method, or `forward`; plays each buffer for so many seconds.
pub fn measured(file: &Path, seconds: f64, short: &Shortener) -> SpeedFacts {
    let seconds = ["--seconds".to_owned(), seconds.to_string()];
    let options: Vec<String> = seconds.into_iter().chain(OPTIONS.map(str::to_owned)).collect();
    let command = format!("nn bench {} {}", quoted(short.name()), options.join(" "));
    let words: Vec<OsString> = options.into_iter().map(Into::into).collect();
    let words = [words, vec!["--".into(), file.as_os_str().to_owned()]].concat();
    match bench::shown(&words, WIDTH) {
        Ok(shown) => SpeedFacts {
            command,
            verdict: short.about(&shown.verdict),
            is_good: shown.is_good,
            lines: shown
                .lines
                .iter()
                .flat_map(|line| line.split(APART))
                .map(|line| short.line(line))
                .collect(),
            heads: shown.table.0,
            rows: shown.table.1,
            pictures: shown.pictures,
        },
        Err(failure) => SpeedFacts { command, verdict: short.about(&failure.line), ..SpeedFacts::default() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_measured_is_said_without_folders() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("voice.ts");
        let told = |file: &Path| {
            let speed = measured(file, 3.0, &Shortener::new(file));
            assert!(!speed.is_good && speed.rows.is_empty(), "{speed:?}");
            serde_json::to_string(&speed).expect("JSON")
        };
        let missing = told(&file);
        std::fs::write(&file, "no model").expect("written");
        for text in [missing, told(&file)] {
            assert!(!text.contains(&*folder.path().to_string_lossy()), "{text}");
            assert!(text.contains("nn bench voice.ts "), "{text}");
        }
    }
}
