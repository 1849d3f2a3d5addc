//! `nn report`: a page about a model that needs nothing else.

mod arguments;
pub mod child;
mod facts;
mod feed;
mod flow;
mod gather;
mod generator;
mod hear;
mod listen;
mod media;
mod origin;
mod page;
mod short;
mod sounds;
mod speed;
mod takes;
mod told;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};
use nn_core::shown::{escaped_json, plain};

pub use arguments::{Arguments, Hear};
use facts::Facts;
use short::Shortener;

use crate::{boxes::located, failure::Failure, out, outcome::Outcome, unfinished};

/// Reports on a model.
pub fn run(arguments: &Arguments) -> Outcome {
    unfinished::watch();
    match report(arguments) {
        Ok(outcome) => outcome,
        Err(failure) => {
            out::error(&failure.line);
            failure.outcome
        }
    }
}

fn report(arguments: &Arguments) -> Result<Outcome, Failure> {
    let file = located(&arguments.model.to_string_lossy())?;
    let place = place(arguments, &file);
    if let Some(place) = &place {
        unfinished::check(place, arguments.force)?;
    }
    let short = Shortener::new(&file);
    let bar = spinner();
    let mut facts = gather::gather(arguments, &file, &short, |what| bar.set_message(plain(what)))?;
    bar.finish_and_clear();
    if facts.check.is_fit && facts.generator.is_none() && !arguments.no_bench {
        facts.speed = Some(speed::measured(&file, arguments.bench_seconds, &short));
    }
    for problem in &facts.file.problems {
        out::error(format_args!("{}: {problem}", facts.file.name));
    }
    if let Some(place) = &place {
        unfinished::write(place, page::page(&facts).as_bytes(), arguments.force)?;
    }
    tell(arguments, &facts, place.as_deref());
    Ok(if facts.is_good() { Outcome::Done } else { Outcome::Failed })
}

/// Where the page goes; `None` where only data are wanted.
fn place(arguments: &Arguments, file: &Path) -> Option<PathBuf> {
    let usual = || Path::new(file.file_stem().unwrap_or(file.as_os_str())).with_extension("html");
    arguments.out.clone().or_else(|| (!arguments.json).then(usual))
}

fn tell(arguments: &Arguments, facts: &Facts, place: Option<&Path>) {
    if arguments.json {
        let text = serde_json::to_string_pretty(facts).unwrap_or_default();
        out::exact(escaped_json(&text));
    } else if let Some(place) = place {
        out::line(facts.verdict().1);
        out::line(format_args!("report: {}", place.display()));
    }
}

/// What is going on; nothing where there is no terminal.
fn spinner() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed}  {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(250));
    bar
}
