//! `nn bench`: what a model takes as a box plays it, with how little latency it plays, and how often.

mod against;
mod alive;
mod arguments;
mod begin;
mod bootstrap;
mod case;
pub mod child;
mod crowd;
mod end;
mod gather;
mod judge;
mod pictures;
mod plan;
mod play;
mod progress;
mod results;
mod side;
mod step;
mod stretch;
mod table;

use std::path::Path;

use nn_core::{machine, shown::escaped_json};
use serde_json::json;

use crate::{command_line, failure::Failure, out, outcome::Outcome, steps, unfinished};
pub use arguments::{Arguments, seconds};
use case::Case;
use plan::Plan;
use progress::Progress;
use results::Results;
use step::Step;

/// The file in the folder of `--out`.
const JSON: &str = "bench.json";

/// Measures everything.
pub fn run(arguments: &Arguments) -> Outcome {
    unfinished::watch();
    match measured(arguments) {
        Ok(outcome) => outcome,
        Err(failure) => {
            out::error(&failure.line);
            failure.outcome
        }
    }
}

fn measured(arguments: &Arguments) -> Result<Outcome, Failure> {
    let before = arguments.against.as_deref().map(|path| Ok((path, against::read(path)?))).transpose()?;
    let plan = Plan::new(arguments)?;
    if let Some(folder) = &arguments.out {
        for name in pictures::names().chain([JSON.to_owned()]) {
            unfinished::check(&folder.join(name), arguments.force)?;
        }
    }
    let (results, is_good) = run_of(&plan);
    let compared = before.map(|(path, before)| against::Comparison::new(path, &before, &results));
    if arguments.json {
        let mut object = json!(results);
        if let Some(compared) = &compared {
            object["against"] = json!(compared);
        }
        out::exact(escaped_json(&serde_json::to_string(&object).unwrap_or_default()));
    } else {
        table::lines(&results).iter().for_each(out::line);
        compared.iter().flat_map(against::Comparison::lines).for_each(out::line);
    }
    if let Some(folder) = &arguments.out {
        write(folder, &results, arguments.force)?;
    }
    if !arguments.json {
        out::line(&results.verdict);
    }
    Ok(if is_good { Outcome::Done } else { Outcome::Failed })
}

/// What was measured, and whether the model keeps its time.
fn run_of(plan: &Plan) -> (Results, bool) {
    let mut results = plan.results();
    measure(plan, &mut results);
    results.machine.load_after = machine::load();
    results.machine.others_cores = gather::others(&results.rows);
    let (verdict, is_good) = judge::of_all(&results);
    results.verdict = verdict;
    (results, is_good)
}

/// A run as it is shown in another place than a terminal.
#[derive(Debug)]
pub struct Shown {
    /// Lines beside the table.
    pub lines: Vec<String>,
    /// The heads of the table, and a row for each buffer.
    pub table: (Vec<&'static str>, Vec<Vec<String>>),
    /// The last line.
    pub verdict: String,
    /// Whether the model keeps its time.
    pub is_good: bool,
    /// Pictures as SVG.
    pub pictures: Vec<String>,
}

/// Measures what these words ask for, as if they were typed behind `nn bench`, and prints nothing. Pictures have this width.
pub fn shown(words: &[std::ffi::OsString], width: u32) -> Result<Shown, Failure> {
    let plan = Plan::new(&command_line::parsed("bench", words)?)?;
    let (results, is_good) = run_of(&plan);
    Ok(Shown {
        lines: table::beside(&results),
        table: table::cut(&results),
        verdict: results.verdict.clone(),
        is_good,
        pictures: pictures::svgs(&results, width),
    })
}

/// Runs every process, and takes what it has found.
fn measure(plan: &Plan, results: &mut Results) {
    let progress = Progress::new(plan);
    let found = child(plan, &plan.begin, &progress);
    gather::begin(results, &found);
    let of_begin = gather::trouble(&found, 0);
    if of_begin.is_some() {
        // What does not load or run does not do so with another buffer either; but one may suit it.
        results.begin = None;
    }
    for _ in 0..plan.repeats {
        for (at, case) in plan.plays.iter().enumerate() {
            let rows = at * case.sides.len()..(at + 1) * case.sides.len();
            let rows = &mut results.rows[rows];
            if rows.iter().all(|row| row.trouble.is_some()) {
                continue;
            }
            let found = child(plan, case, &progress);
            gather::play(rows, &mut results.machine, plan.hold_s, &found);
            for (side, row) in rows.iter_mut().enumerate() {
                row.trouble = row.trouble.take().or_else(|| gather::trouble(&found, side));
            }
        }
    }
    // Where a row says the same it need not be said twice.
    if let Some(trouble) = of_begin
        && results.rows.iter().all(|row| row.trouble.as_ref() != Some(&trouble))
    {
        results.errors.push(format!("load and first call: {}", judge::word(&trouble)));
    }
    for (row, case) in results.rows.iter_mut().zip(&plan.boxes) {
        if row.trouble.is_none() && row.held.is_some() {
            let found = child(plan, case, &progress);
            gather::play(std::slice::from_mut(row), &mut results.machine, plan.hold_s, &found);
            if let Some(trouble) = gather::trouble(&found, 0) {
                let what = format!("{} with several boxes: {}", row.asked_frames, judge::word(&trouble));
                results.errors.push(what);
            }
        }
    }
    progress.end();
}

/// One process from its beginning to its end.
fn child(plan: &Plan, case: &Case, progress: &Progress) -> nn_core::child::Report<Step> {
    let text = serde_json::to_string(case).unwrap_or_default();
    progress.begin(case);
    let bar = progress.bar();
    let found = steps::run_watched(
        |command| _ = command.arg("measure").arg("--").arg(&plan.model.path).arg(text),
        // Loads have a limit of their own, and say meanwhile that they go on.
        |_| case.patience() * 2,
        case.most_steps(),
        move |_: &Step| bar.tick(),
    );
    progress.done(case);
    found
}

/// The files of a run. Pictures of an earlier one that this one doesn't draw are not left beside it.
fn write(folder: &Path, results: &Results, force: bool) -> Result<(), Failure> {
    let json = serde_json::to_string(results).map_err(Failure::failed)?;
    unfinished::write(&folder.join(JSON), escaped_json(&json).as_bytes(), force)?;
    let drawn = pictures::drawn(results)?;
    let is_stale = |name: &String| force && drawn.iter().all(|(other, _)| other != name);
    for path in pictures::names().filter(is_stale).map(|name| folder.join(name)) {
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Failure::failed(format_args!("{}: {error}", path.display())));
            }
            _ => {}
        }
    }
    for (name, bytes) in drawn {
        unfinished::write(&folder.join(name), &bytes, force)?;
    }
    Ok(())
}
