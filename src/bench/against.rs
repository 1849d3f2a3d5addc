//! What has changed since an earlier run.

use std::path::Path;

use serde::Serialize;
use serde_json::json;

use super::{
    bootstrap::Ratio,
    results::{Results, Row},
    table::named,
};
use crate::{failure::Failure, not_a_file::not_a_file};

/// Reads an earlier run.
pub fn read(path: &Path) -> Result<Results, Failure> {
    if let Some(what) = not_a_file(path) {
        return Err(Failure::not_there(format_args!("{}: {what}", path.display())));
    }
    let text =
        std::fs::read(path).map_err(|error| Failure::failed(format_args!("{}: {error}", path.display())))?;
    serde_json::from_slice(&text).map_err(|error| {
        Failure::failed(format_args!("{}: not what nn bench --out or --json writes: {error}", path.display()))
    })
}

/// Two runs side by side.
#[derive(Debug, Serialize)]
pub struct Comparison {
    /// The earlier one's file.
    pub file: String,
    /// In what the runs differ that makes figures of them no more than figures of two things. Then no row is compared.
    pub not_comparable: Vec<String>,
    /// In what else they differ beside their figures.
    pub differences: Vec<String>,
    /// Of rows that both have.
    pub rows: Vec<Compared>,
    /// Rows of this run that the earlier one lacks.
    pub missing: Vec<String>,
}

/// A row of both runs.
#[derive(Debug, Serialize)]
pub struct Compared {
    /// Which.
    pub row: String,
    /// Names of figures, and new by old.
    pub ratios: Vec<(&'static str, Ratio)>,
    /// The least deadline, old and new.
    pub deadline_frames: [Option<usize>; 2],
}

impl Comparison {
    /// Compares what both have.
    pub fn new(path: &Path, before: &Results, now: &Results) -> Self {
        let same = |one: &Row, other: &Row| {
            let key = |row: &Row| (row.asked_frames, row.rate_hz, row.optimise);
            // Of a row that could not be measured no buffer is known.
            let is_known = one.buffer_frames > 0 && other.buffer_frames > 0;
            key(one) == key(other) && (!is_known || one.buffer_frames == other.buffer_frames)
        };
        let (not_comparable, differences) = (not_comparable(before, now), differences(before, now));
        let mut rows = Vec::new();
        let mut missing = Vec::new();
        for row in now.rows.iter().filter(|_| not_comparable.is_empty()) {
            match before.rows.iter().find(|old| same(old, row)) {
                Some(old) => rows.push(Compared {
                    row: named(now, row),
                    ratios: ratios(old, row),
                    deadline_frames: [old, row].map(|row| row.held.map(|held| held.deadline_frames)),
                }),
                None => missing.push(named(now, row)),
            }
        }
        Self { file: path.display().to_string(), not_comparable, differences, rows, missing }
    }

    /// For people.
    pub fn lines(&self) -> Vec<String> {
        if !self.not_comparable.is_empty() {
            return vec![format!("against {}: NOT COMPARED: {}", self.file, self.not_comparable.join("; "))];
        }
        let mut lines = vec![format!("against {}, new by old, with the interval of 95 %:", self.file)];
        if !self.differences.is_empty() {
            lines.push(format!("  NOT THE SAME: {}", self.differences.join("; ")));
        }
        for row in &self.rows {
            let figures = row.ratios.iter().map(|(name, found)| {
                let changed = if found.is_a_change() { " changed" } else { "" };
                let Ratio { ratio, low, high } = found;
                format!("{name} {ratio:.2} ({low:.2} to {high:.2}){changed}")
            });
            let mut parts: Vec<_> = figures.collect();
            if row.deadline_frames[0] != row.deadline_frames[1] {
                let [old, new] = row
                    .deadline_frames
                    .map(|frames| frames.map_or("none".into(), |frames| frames.to_string()));
                parts.push(format!("least deadline {new}, was {old}"));
            }
            lines.push(format!("  {}: {}", row.row, parts.join(", ")));
        }
        if !self.missing.is_empty() {
            lines.push(format!("  not in the earlier run: {}", self.missing.join(", ")));
        }
        let mut ratios = self.rows.iter().flat_map(|row| &row.ratios).peekable();
        if ratios.peek().is_some() && !ratios.any(|(_, ratio)| ratio.is_a_change()) {
            lines.push("  no figure has changed beyond its interval".into());
        }
        lines
    }
}

fn ratios(old: &Row, new: &Row) -> Vec<(&'static str, Ratio)> {
    let pairs = [
        ("p50", [&new.live.wall_ns, &old.live.wall_ns], 0.5),
        ("p99", [&new.live.wall_ns, &old.live.wall_ns], 0.99),
        ("processor time", [&new.live.used_ns, &old.live.used_ns], 0.5),
        ("back to back", [&new.flat.wall_ns, &old.flat.wall_ns], 0.5),
    ];
    let one =
        |(name, [new, old], part): (_, [&Vec<u64>; 2], _)| Some((name, Ratio::of_quantile(new, old, part)?));
    pairs.into_iter().filter_map(one).collect()
}

/// Differences one after the other, each as new and old.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn compare(&mut self, what: &str, old: &str, new: &str) {
        if old != new {
            self.0.push(format!("{what} {new}, was {old}"));
        }
    }
}

/// Of other models, or on another machine, the same figures mean something else.
fn not_comparable(before: &Results, now: &Results) -> Vec<String> {
    let mut found = Differences::default();
    let machine =
        |results: &Results| format!("{}, {} cores", results.machine.processor, results.machine.cores);
    found.compare("the machine", &machine(before), &machine(now));
    let model = |results: &Results| {
        let sha256 = results.model.sha256.get(..8).unwrap_or_default();
        format!("{} (sha256 {sha256}…)", results.model.name)
    };
    if before.model.sha256 != now.model.sha256 {
        found.0.push(format!("the model {}, was {}", model(now), model(before)));
    }
    found.compare("the method", &before.model.method, &now.model.method);
    let block = |results: &Results| results.settings.block_frames.to_string();
    found.compare("the block", &block(before), &block(now));
    found.0
}

/// Whatever else may be the reason.
fn differences(before: &Results, now: &Results) -> Vec<String> {
    let mut found = Differences::default();
    let libtorch = |results: &Results| results.machine.libtorch.clone().unwrap_or_default();
    found.compare("the system", &before.machine.system, &now.machine.system);
    found.compare("nn", &before.version, &now.version);
    found.compare("libtorch", &libtorch(before), &libtorch(now));
    let (old, new) = (json!(before.settings), json!(now.settings));
    // All of them, under their names in the file, the block excepted.
    for (name, new) in new.as_object().into_iter().flatten().filter(|(name, _)| *name != "block_frames") {
        let old = old.get(name).map(ToString::to_string).unwrap_or_default();
        found.compare(name, &old, &new.to_string());
    }
    let priority = |results: &Results| results.machine.real_time_priority.to_string();
    found.compare("the priority of audio threads", &priority(before), &priority(now));
    found.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes a run another one.
    type Change = fn(&mut Results);

    fn results() -> Results {
        let mut row = Row { asked_frames: 512, buffer_frames: 512, ..Row::default() };
        row.live.wall_ns = vec![1000; 40];
        Results { rows: vec![row], ..Results::default() }
    }

    fn compared(before: &Results, now: &Results) -> Vec<String> {
        Comparison::new(Path::new("bench.json"), before, now).lines()
    }

    #[test]
    fn figures_of_another_model_method_block_or_machine_are_not_compared() {
        let now = results();
        let slow = |change: &dyn Fn(&mut Results)| {
            let mut before = results();
            before.rows[0].live.wall_ns = vec![9000; 40];
            change(&mut before);
            compared(&before, &now)
        };
        assert!(slow(&|_| ()).iter().any(|line| line.contains("changed")));
        let changes: [(&str, Change); 4] = [
            ("the model", |before| before.model.sha256 = "00ff".into()),
            ("the method", |before| before.model.method = "encode".into()),
            ("the block", |before| before.settings.block_frames = 1),
            ("the machine", |before| before.machine.cores = 99),
        ];
        for (what, change) in changes {
            let lines = slow(&change);
            assert!(lines.len() == 1 && lines[0].contains(&format!("NOT COMPARED: {what}")), "{lines:?}");
        }
        let lines = slow(&|before| before.rows[0].buffer_frames = 1024);
        assert!(lines.iter().any(|line| line == "  not in the earlier run: 512"), "{lines:?}");
        assert!(!lines.iter().any(|line| line.contains("changed")), "{lines:?}");
    }

    #[test]
    fn every_setting_that_differs_is_told_and_no_change_only_where_a_figure_was_compared() {
        let (mut before, now) = (results(), results());
        let none = "  no figure has changed beyond its interval";
        assert_eq!(compared(&before, &now)[2..], [none]);
        before.settings.seed = 7;
        before.settings.seconds = 2.5;
        before.settings.repeats = 3;
        before.settings.deadline_frames = Some(64);
        let told = compared(&before, &now)[1].clone();
        for what in
            ["seed 0, was 7", "seconds 0.0, was 2.5", "repeats 0, was 3", "deadline_frames null, was 64"]
        {
            assert!(told.starts_with("  NOT THE SAME: ") && told.contains(what), "{what}: {told}");
        }
        before.rows[0].live.wall_ns.clear();
        assert!(!compared(&before, &now).iter().any(|line| line == none));
    }
}
