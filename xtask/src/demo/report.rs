//! The table at the end of the demo, as plain text and as Markdown.

use super::sound::SAMPLE_RATE_HZ;
use super::verdict::{LEAST_CORRELATION, Measured, Take};
use super::words::Words;
use std::fmt::Write as _;

/// What was run, for the head of the report.
#[derive(Debug, Clone)]
pub struct Setting<'a> {
    /// What the host and its runs are called.
    pub words: &'a Words,
    /// Path of the trained model relative to the project.
    pub model: &'a str,
    /// Path of the untrained one.
    pub untrained_model: &'a str,
    /// The method of the model.
    pub method: &'a str,
    /// The buffer asked for, in samples.
    pub buffer_frames: usize,
    /// The host's block, in samples.
    pub host_block_frames: usize,
    /// Length of the input, in samples.
    pub input_frames: usize,
    /// Files made, relative to the project, each with a word on it.
    pub files: &'a [(String, &'static str)],
}

/// A heading, facts, a table with one column per run, and the files.
#[derive(Debug, Clone)]
pub struct Report {
    host: &'static str,
    facts: Vec<(String, String)>,
    columns: [&'static str; 3],
    rows: Vec<(String, [String; 3])>,
    files: Vec<(String, &'static str)>,
    failures: Vec<String>,
}

impl Report {
    /// Puts the numbers into words.
    #[expect(clippy::too_many_lines, reason = "the report's lines, one after the other as they are printed")]
    pub fn new(setting: &Setting<'_>, measured: &Measured, failures: &[String]) -> Self {
        let takes = [&measured.first, &measured.second, &measured.untrained];
        let each = |say: &dyn Fn(&Take) -> String| takes.map(say);
        let ms = |frames: i64| frames as f64 * 1_000.0 / f64::from(SAMPLE_RATE_HZ);
        let delay = |delay: super::delay::Delay| {
            format!("{} = {:.1} ms ({} r {:.2})", delay.frames, ms(delay.frames), delay.by, delay.correlation)
        };
        let own = |delay: super::delay::Delay, take: &Take| {
            let frames = delay.frames - take.answers.latency_samples as i64;
            format!("{frames} = {:.1} ms", ms(frames))
        };
        let memory = |mb: Option<f64>| mb.map_or("unknown".into(), |mb| format!("{mb:.1} MB"));
        let none = || "-".to_owned();
        let Words { process, takes: [first, second, _], .. } = setting.words;
        let heads = [
            format!("memory of {process}, reported by the box"),
            format!("{process} from start to end"),
            format!("{first} against {second}"),
        ];
        let rows = vec![
            (
                "latency, reported by the box",
                each(&|take| format!("{} = {:.1} ms", take.answers.latency_samples, take.answers.latency_ms)),
            ),
            (
                "latency, measured input to output",
                [delay(measured.delay_first), delay(measured.delay_second), none()],
            ),
            (
                "of which the model's own delay",
                [
                    own(measured.delay_first, &measured.first),
                    own(measured.delay_second, &measured.second),
                    none(),
                ],
            ),
            ("blocks computed", each(&|take| take.answers.blocks.to_string())),
            ("late blocks", each(&|take| take.answers.late.to_string())),
            ("compute time of a block, mean", each(&|take| format!("{:.2} ms", take.answers.mean_ms))),
            ("compute time of a block, worst", each(&|take| format!("{:.2} ms", take.answers.worst_ms))),
            ("compute time / sound time", each(&|take| format!("{:.4}", take.answers.real_time_factor))),
            (&heads[0], each(&|take| memory(take.answers.memory_mb))),
            ("the recording took", each(&|take| format!("{:.2} s", take.answers.elapsed_ms / 1_000.0))),
            (&heads[1], each(&|take| format!("{:.2} s", take.wall_s))),
            ("output peak", each(&|take| format!("{:.1} dBFS", 20.0 * take.peak().max(1e-9).log10()))),
            ("log-mel correlation with the input", measured.correlations.map(|value| format!("{value:.3}"))),
        ];
        let difference = measured.difference;
        let facts = vec![
            ("model", setting.model.to_owned()),
            ("control", format!("{}: the same network without training", setting.untrained_model)),
            ("method", setting.method.to_owned()),
            ("buffer", format!("{} samples", setting.buffer_frames)),
            ("host block", format!("{} samples at {SAMPLE_RATE_HZ} Hz", setting.host_block_frames)),
            (
                "input",
                format!(
                    "{:.2} s: speech, drums, tones",
                    setting.input_frames as f64 / f64::from(SAMPLE_RATE_HZ)
                ),
            ),
            (
                &heads[2],
                format!(
                    "{} of {} samples differ, by up to {:e}, after a shift of {} samples",
                    difference.unequal, difference.frames, difference.largest, difference.shift_frames
                ),
            ),
            ("wanted", format!("log-mel correlation of the trained model at least {LEAST_CORRELATION}")),
            (
                "console",
                match takes.iter().flat_map(|take| &take.complaints).next() {
                    None => "no complaints".to_owned(),
                    Some(first) => first.clone(),
                },
            ),
        ];
        Self {
            host: setting.words.host,
            facts: facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            columns: setting.words.columns,
            rows: rows.into_iter().map(|(name, cells)| (name.to_owned(), cells)).collect(),
            files: setting.files.to_vec(),
            failures: failures.to_vec(),
        }
    }

    /// For the terminal.
    pub fn text(&self) -> String {
        let mut text = format!("Speech, drums and tones through a neural network in {}\n\n", self.host);
        let label = self.rows.iter().map(|row| row.0.len()).max().unwrap_or(0);
        for (name, value) in &self.facts {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{name:<label$}  {value}");
        }
        let width = |column: usize| {
            self.rows.iter().map(|row| row.1[column].len()).max().unwrap_or(0).max(self.columns[column].len())
        };
        let widths = [width(0), width(1), width(2)];
        let mut line = |name: &str, cells: [&str; 3]| {
            let _ = write!(text, "{name:<label$}");
            for (cell, width) in cells.into_iter().zip(widths) {
                let _ = write!(text, "  {cell:>width$}");
            }
            text.push('\n');
        };
        line("", [""; 3]);
        line("", self.columns);
        for (name, cells) in &self.rows {
            line(name, [&cells[0], &cells[1], &cells[2]]);
        }
        text.push('\n');
        for (file, what) in &self.files {
            let _ = writeln!(text, "{what:<label$}  {file}");
        }
        text.push_str(&self.verdict(""));
        // Padding leaves no blanks at the ends of lines.
        text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
    }

    /// For a document.
    pub fn markdown(&self) -> String {
        let mut text = format!("# Speech, drums and tones through a neural network in {}\n\n", self.host);
        text.push_str("| | |\n|---|---|\n");
        for (name, value) in &self.facts {
            let _ = writeln!(text, "| {name} | {value} |");
        }
        let _ = writeln!(text, "\n| | {} |\n|---|---:|---:|---:|", self.columns.join(" | "));
        for (name, cells) in &self.rows {
            let _ = writeln!(text, "| {name} | {} |", cells.join(" | "));
        }
        text.push_str("\n| file | |\n|---|---|\n");
        for (file, what) in &self.files {
            let _ = writeln!(text, "| `{file}` | {what} |");
        }
        text + &self.verdict("- ")
    }

    fn verdict(&self, bullet: &str) -> String {
        if self.failures.is_empty() {
            return "\nEverything is as it must be.\n".into();
        }
        let lines: String = self.failures.iter().map(|failure| format!("{bullet}{failure}\n")).collect();
        format!("\nThe demo has failed:\n\n{lines}")
    }
}
