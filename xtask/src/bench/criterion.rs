//! The benchmarks of criterion: run, and their estimates put into words as the other benchmarks do.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use nn_core::machine;
use serde_json::{Value, json};

use crate::run::{self, Failure, cargo, target_dir};

/// Packages and their `[[bench]]`.
const PROGRAMS: [(&str, &str); 2] = [("nn-core", "audio_path"), ("nn-kernels", "shapes")];

/// The other side of a layer of so many frames: the same weights, read once. Names are those of
/// `nn-core/torch/kernels/benches/shapes.rs`.
const READING: &str = "reading the weights once";
/// A layer of a few frames may take so many times as long.
const MOST_TIMES_READING: f64 = 1.25;
const FEW_FRAMES: std::ops::RangeInclusive<u64> = 1..=6;

/// Runs all and appends their results to `results`.
///
/// # Errors
/// When one does not run, or leaves nothing.
pub fn run(results: &Path, command: &str) -> Result<(), Failure> {
    let begin = SystemTime::now();
    let load_before = machine::load();
    for (package, bench) in PROGRAMS {
        run::run(&mut cargo(&format!("bench --quiet -p {package} --bench {bench}")))?;
    }
    let mut found = Vec::new();
    collect(&target_dir().join("criterion"), begin, &mut found);
    if found.is_empty() {
        return Err(Failure::new("criterion left no estimates in the build folder"));
    }
    found.sort_by(|a, b| a.order.cmp(&b.order));
    let mut lines = vec![
        json!({
            "kind": "begin", "title": "Parts: ring, layout, kernels", "load": load_before, "command": command,
            "machine": machine::name(), "system": machine::system(),
            "about": "Medians of criterion with their 95 % confidence intervals. Kernels have weights enough that none \
                      of them is in a cache; the other side is the time that reading the weights once takes.",
        }),
        json!({ "kind": "table", "columns": ["what", "median", "from", "to", "throughput"] }),
    ];
    lines.extend(found.iter().map(|estimate| json!({ "kind": "row", "cells": estimate.cells() })));
    lines.extend(targets(&found));
    lines.push(json!({ "kind": "end", "load": machine::load() }));
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let file = fs::File::options().append(true).open(results);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|e| Failure::new(format!("{}: {e}", results.display())))
}

/// Every layer of a few frames against reading its weights.
fn targets(found: &[Estimate]) -> Vec<Value> {
    let against = |layer: &Estimate| {
        let (group, frames) = layer.name.split_once("/frames/")?;
        frames.parse().ok().filter(|frames| FEW_FRAMES.contains(frames))?;
        let reading = found.iter().find(|other| other.name == format!("{group}/{READING}"))?;
        let figure = layer.median_ns / reading.median_ns;
        Some(json!({
            "kind": "target", "what": layer.name, "figure": figure, "target": MOST_TIMES_READING,
            "unit": "times reading the weights once", "bound": "at most", "met": figure <= MOST_TIMES_READING,
        }))
    };
    found.iter().filter_map(against).collect()
}

struct Estimate {
    name: String,
    order: (String, u64, String),
    median_ns: f64,
    from_ns: f64,
    to_ns: f64,
    throughput: Option<(f64, &'static str)>,
}

impl Estimate {
    /// From the two files that criterion leaves for each.
    fn read(folder: &Path) -> Option<Self> {
        let json = |name: &str| -> Option<Value> {
            serde_json::from_str(&fs::read_to_string(folder.join(name)).ok()?).ok()
        };
        let (about, estimates) = (json("benchmark.json")?, json("estimates.json")?);
        let median = estimates.get("median")?;
        let bound = |name: &str| median.get("confidence_interval")?.get(name)?.as_f64();
        let median_ns = median.get("point_estimate")?.as_f64()?;
        let amount = |name: &str| about.get("throughput")?.get(name)?.as_f64();
        let throughput = amount("Bytes")
            .map(|bytes| (bytes / median_ns, "GB/s"))
            .or_else(|| Some((amount("Elements")? / median_ns * 1e3, "million samples/s")));
        let name = about.get("full_id")?.as_str()?.to_owned();
        let group = about.get("group_id")?.as_str()?.to_owned();
        let value: u64 =
            about.get("value_str").and_then(Value::as_str).and_then(|v| v.parse().ok()).unwrap_or(0);
        Some(Self {
            order: (group, value, name.clone()),
            name,
            median_ns,
            from_ns: bound("lower_bound")?,
            to_ns: bound("upper_bound")?,
            throughput,
        })
    }

    fn cells(&self) -> [String; 5] {
        let throughput = self.throughput.map_or_else(String::new, |(rate, unit)| format!("{rate:.1} {unit}"));
        [self.name.clone(), time(self.median_ns), time(self.from_ns), time(self.to_ns), throughput]
    }
}

fn time(ns: f64) -> String {
    if ns < 1e4 { format!("{ns:.1} ns") } else { format!("{:.1} us", ns * 1e-3) }
}

/// Folders `new` with estimates made since `begin`.
fn collect(folder: &Path, begin: SystemTime, found: &mut Vec<Estimate>) {
    let folders = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    for inner in folders.filter(|path: &PathBuf| path.is_dir()) {
        let made = inner.join("estimates.json").metadata().and_then(|file| file.modified());
        if inner.file_name().is_some_and(|name| name == "new") && made.is_ok_and(|made| made >= begin) {
            found.extend(Estimate::read(&inner));
        } else {
            collect(&inner, begin, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(name: &str, median_ns: f64) -> Estimate {
        let order = (String::new(), 0, String::new());
        Estimate { name: name.into(), order, median_ns, from_ns: 0.0, to_ns: 0.0, throughput: None }
    }

    #[test]
    fn layers_of_a_few_frames_are_held_against_reading_their_own_weights() {
        let found = [
            estimate("a/reading the weights once", 100.0),
            estimate("b/reading the weights once", 200.0),
            estimate("a/frames/1", 120.0),
            estimate("a/frames/16", 500.0),
            estimate("b/frames/6", 260.0),
            estimate("ring: there and back", 7.0),
        ];
        let told = targets(&found);
        let told: Vec<_> = told.iter().map(|t| (&t["what"], t["figure"].as_f64(), &t["met"])).collect();
        assert_eq!(
            told,
            [
                (&json!("a/frames/1"), Some(1.2), &json!(true)),
                (&json!("b/frames/6"), Some(1.3), &json!(false))
            ]
        );
    }
}
