//! What a benchmark says: lines for people, and the same as lines of JSON for the page that the chore writes.
//!
//! The lines of JSON are appended to the file that `NN_BENCH_RESULTS` names, if it does. Each has a `kind`: `begin`,
//! `note`, `table`, `row`, `target`, `histogram`, `end`, with the fields that are written below.

use std::{fs::File, io::Write};

use serde_json::{Value, json};

use nn_core::machine;

/// A benchmark's words, from its title to its end.
pub struct Report {
    results: Option<File>,
}

impl Report {
    /// Says what is measured, on which machine, how busy it is, and the command line.
    pub fn begin(title: &str, about: &str) -> Self {
        let results = std::env::var_os("NN_BENCH_RESULTS").map(|path| {
            File::options().append(true).create(true).open(&path).unwrap_or_else(|e| panic!("{path:?}: {e}"))
        });
        let mut report = Self { results };
        let (machine, system) = (machine::name(), machine::system());
        let (load, command) = (machine::load(), command());
        println!("\n## {title}\n{about}");
        println!("machine: {machine}, {system}\nload at the start: {load}\ncommand: {command}");
        report.write(json!({
            "kind": "begin", "title": title, "about": about, "machine": machine, "system": system, "load": load,
            "command": command,
        }));
        report
    }

    /// A sentence beside the figures.
    pub fn note(&mut self, text: &str) {
        println!("{text}");
        self.write(json!({ "kind": "note", "text": text }));
    }

    /// Begins a table.
    pub fn table(&mut self, columns: &[&str]) {
        println!("\n| {} |\n|{}", columns.join(" | "), "---|".repeat(columns.len()));
        self.write(json!({ "kind": "table", "columns": columns }));
    }

    /// A row of the table begun last.
    pub fn row(&mut self, cells: &[String]) {
        println!("| {} |", cells.join(" | "));
        self.write(json!({ "kind": "row", "cells": cells }));
    }

    /// Whether a figure is within its target. A benchmark tells, it does not fail: machines and neighbours differ.
    pub fn at_most(&mut self, what: &str, figure: f64, target: f64, unit: &str) {
        self.target(what, figure, target, unit, "at most", figure <= target);
    }

    /// The same for a figure that is the better the larger it is.
    pub fn at_least(&mut self, what: &str, figure: f64, target: f64, unit: &str) {
        self.target(what, figure, target, unit, "at least", figure >= target);
    }

    fn target(&mut self, what: &str, figure: f64, target: f64, unit: &str, bound: &str, met: bool) {
        let word = if met { "yes" } else { "no" };
        let [shown, wanted] = [figure, target].map(short);
        println!("target met: {word}: {what}: {shown} {unit}, {bound} {wanted} {unit}");
        self.write(json!({
            "kind": "target", "what": what, "figure": figure, "target": target, "unit": unit, "bound": bound,
            "met": met,
        }));
    }

    /// Durations in nanoseconds for a picture: how many lie in each bin, `per_decade` bins to a power of ten of
    /// nanoseconds, bin 0 beginning at 1 ns.
    pub fn histogram(&mut self, panel: &str, name: &str, per_decade: u32, durations_ns: &[f64]) {
        let mut bins = std::collections::BTreeMap::<i64, u64>::new();
        for ns in durations_ns {
            *bins.entry((ns.max(1.0).log10() * f64::from(per_decade)).floor() as i64).or_default() += 1;
        }
        let bins: Vec<_> = bins.into_iter().collect();
        self.write(json!({
            "kind": "histogram", "panel": panel, "name": name, "per_decade": per_decade, "bins": bins,
        }));
    }

    /// Tells the load once more: figures of a machine that others used meanwhile are worth less.
    pub fn end(mut self) {
        let load = machine::load();
        println!("load at the end: {load}");
        self.write(json!({ "kind": "end", "load": load }));
    }

    fn write(&mut self, line: Value) {
        if let Some(file) = &mut self.results {
            writeln!(file, "{line}").unwrap_or_else(|error| panic!("NN_BENCH_RESULTS: {error}"));
        }
    }
}

/// What the user typed: the chore hands it on, otherwise it is cargo's.
fn command() -> String {
    let words = std::env::args().skip(1).filter(|word| !word.starts_with("--"));
    std::env::var("NN_BENCH_COMMAND").unwrap_or_else(|_| {
        ["cargo bench -p nn --bench nn --".to_owned()].into_iter().chain(words).collect::<Vec<_>>().join(" ")
    })
}

/// Digits that say something of small figures too.
fn short(figure: f64) -> String {
    if figure != 0.0 && figure.abs() < 0.01 { format!("{figure:.1e}") } else { format!("{figure:.2}") }
}
