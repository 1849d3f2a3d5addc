//! What has changed since an earlier run.

use std::path::Path;

use serde::Serialize;

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
    /// In what the runs differ beside their figures.
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
            key(one) == key(other)
        };
        let mut rows = Vec::new();
        let mut missing = Vec::new();
        for row in &now.rows {
            match before.rows.iter().find(|old| same(old, row)) {
                Some(old) => rows.push(Compared {
                    row: named(now, row),
                    ratios: ratios(old, row),
                    deadline_frames: [old, row].map(|row| row.held.map(|held| held.deadline_frames)),
                }),
                None => missing.push(named(now, row)),
            }
        }
        Self { file: path.display().to_string(), differences: differences(before, now), rows, missing }
    }

    /// For people.
    pub fn lines(&self) -> Vec<String> {
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
        let is_changed = self.rows.iter().flat_map(|row| &row.ratios).any(|(_, ratio)| ratio.is_a_change());
        if !is_changed && !self.rows.is_empty() {
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

/// Whatever else may be the reason.
fn differences(before: &Results, now: &Results) -> Vec<String> {
    let mut found = Vec::new();
    let mut compare = |what: &str, old: String, new: String| {
        if old != new {
            found.push(format!("{what} {new}, was {old}"));
        }
    };
    let machine =
        |results: &Results| format!("{}, {} cores", results.machine.processor, results.machine.cores);
    let libtorch = |results: &Results| results.machine.libtorch.clone().unwrap_or_default();
    let how = |results: &Results| results.settings.clone();
    compare("the machine", machine(before), machine(now));
    compare("the system", before.machine.system.clone(), now.machine.system.clone());
    compare("nn", before.version.clone(), now.version.clone());
    compare("libtorch", libtorch(before), libtorch(now));
    let model = |results: &Results| {
        let sha256 = results.model.sha256.get(..8).unwrap_or_default();
        format!("{} (sha256 {sha256}…)", results.model.name)
    };
    if before.model.sha256 != now.model.sha256 {
        compare("the model", model(before), model(now));
    }
    compare("the method", before.model.method.clone(), now.model.method.clone());
    let (old, new) = (how(before), how(now));
    compare("the block", old.block_frames.to_string(), new.block_frames.to_string());
    compare("threads", old.threads.to_string(), new.threads.to_string());
    compare("attributes", format!("{:?}", old.set), format!("{:?}", new.set));
    compare("busy threads beside it", old.load.to_string(), new.load.to_string());
    compare("resampling", old.resample.to_string(), new.resample.to_string());
    let priority = |results: &Results| results.machine.real_time_priority.to_string();
    compare("the priority of audio threads", priority(before), priority(now));
    found
}
