//! `nn render`: plays files through models, as boxes would play them.

mod arguments;
mod automation;
mod draw;
mod feed;
mod generate;
mod job;
mod jobs;
mod moves;
mod play;
mod product;
mod rack;
mod report;
mod source;
mod tail;
mod takers;
mod task;
mod whole;
mod words;

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use nn_core::{
    machine::Others,
    shown::{escaped_json, plain},
};
use serde_json::json;

use crate::{
    boxes::Settings, failure::Failure, out, outcome::Outcome, sound::ending, unfinished,
    where_and_how::WhereAndHow,
};
pub use arguments::Arguments;
use draw::Drawing;
use job::Rendered;
use jobs::Job;
use moves::Moves;
use task::Task;
use words::Words;

/// Renders all files.
pub fn run(arguments: Arguments) -> Outcome {
    unfinished::watch();
    let (place, others) = (WhereAndHow::now(), Others::begin());
    let is_json = arguments.json;
    let sorted = match words::sort(&arguments.words, arguments.method.as_deref()) {
        Ok(sorted) => sorted,
        Err(failure) => {
            out::error(&failure.line);
            return failure.outcome;
        }
    };
    if let Some(generator) = sorted.generators.first() {
        let bar = bar(&generator.name());
        return generate::run(sorted, &arguments, &bar, &(place, others));
    }
    let (task, jobs) = match plan(sorted, arguments) {
        Ok(planned) => planned,
        Err(failure) => {
            out::error(&failure.line);
            return failure.outcome;
        }
    };
    let (mut objects, mut worst, mut done, mut kept) = (Vec::new(), Outcome::Done, 0, None);
    for (number, job) in jobs.iter().enumerate() {
        let bar = bar(&label(job, number, jobs.len()));
        let rendered = job::render(&task, job, &mut kept, |at, total| {
            if let Some(total) = total {
                bar.set_length(total);
            }
            bar.set_position(at);
        });
        bar.finish_and_clear();
        done += usize::from(rendered.is_ok());
        let (outcome, object) = ended(&task, job, &rendered, &place);
        if worst == Outcome::Done {
            worst = outcome;
        }
        objects.push(object);
    }
    if is_json {
        let mut object = json!({ "files": objects });
        place.tell_own(&mut object, &others);
        let text = serde_json::to_string_pretty(&object).unwrap_or_default();
        out::exact(escaped_json(&text));
    } else {
        let trouble = if worst == Outcome::Done { "" } else { ", not all of it well: see above" };
        match &jobs[..] {
            [job] if done == 1 => out::line(format_args!("rendered: {}{trouble}", job.output.display())),
            all => out::line(format_args!("rendered: {done} of {}{trouble}", all.len())),
        }
    }
    worst
}

/// Renders for a program: `goes` is called on the way, `told` with each file as `--json` has it.
pub fn told(
    arguments: Arguments,
    mut goes: impl FnMut(),
    mut told: impl FnMut(serde_json::Value),
) -> Result<(), Failure> {
    let sorted = words::sort(&arguments.words, arguments.method.as_deref())?;
    if !sorted.generators.is_empty() {
        // While it does not get on, it says nothing either.
        let mut last = -1.0;
        let goes = |percent: f64| {
            if percent > last {
                last = percent;
                goes();
            }
        };
        told(generate::render(sorted, &arguments, goes)?.object());
        return Ok(());
    }
    let (task, jobs) = plan(sorted, arguments)?;
    let mut kept = None;
    for job in &jobs {
        let rendered = job::render(&task, job, &mut kept, |_, _| goes());
        told(report::object(&task, job, &rendered));
    }
    Ok(())
}

/// Everything that can be known before the first model is loaded.
fn plan(words: Words, arguments: Arguments) -> Result<(Task, Vec<Job>), Failure> {
    let jobs = jobs::jobs(&words, &arguments)?;
    if let Some(path) = &arguments.latents {
        if ending(path) != words::NPZ {
            return Err(Failure::unclear("--latents: the name ends in .npz"));
        }
        unfinished::check(path, arguments.force)?;
    }
    for job in &jobs {
        unfinished::check(&job.output, arguments.force)?;
        if let Some(folder) = &arguments.pictures {
            draw::check(&draw::places(folder, &job.output, arguments.out.as_deref()), arguments.force)?;
        }
        let inputs = [job.input.as_deref(), arguments.against.as_deref()];
        for path in inputs.into_iter().flatten() {
            if let Some(what) = crate::not_a_file::not_a_file(path) {
                return Err(Failure::not_there(format_args!("{}: {what}", path.display())));
            }
        }
    }
    let settings = Settings {
        buffer_frames: arguments.buffer,
        resample: !arguments.no_resample,
        seed: arguments.seed,
        optimise: arguments.optimise == 1,
        threads: arguments.threads,
        set: Settings::attributes(&arguments.set, &words.models)?,
    };
    let moves = match &arguments.automation {
        Some(path) => Moves::read(path, &words.models)?,
        None => Moves::default(),
    };
    Ok((Task { models: words.models, arguments, settings, moves }, jobs))
}

/// Says what has become of one, and draws it; what is to be said to programs.
fn ended(
    task: &Task,
    job: &Job,
    rendered: &Result<Rendered, Failure>,
    place: &WhereAndHow,
) -> (Outcome, serde_json::Value) {
    let is_json = task.arguments.json;
    let outcome = tell(task, job, rendered, is_json);
    let mut object = report::object(task, job, rendered);
    match rendered.as_ref().ok().and_then(|rendered| drawn(task, job, rendered, place)) {
        Some(Ok(pictures)) => {
            if !is_json {
                out::line(format_args!("pictures: {}", pictures.join(", ")));
            }
            object["pictures"] = json!(pictures);
            (outcome, object)
        }
        Some(Err(failure)) => {
            out::error(&failure.line);
            (failure.outcome, object)
        }
        None => (outcome, object),
    }
}

/// The pictures of one, where they are wanted; their paths.
fn drawn(
    task: &Task,
    job: &Job,
    rendered: &Rendered,
    place: &WhereAndHow,
) -> Option<Result<Vec<String>, Failure>> {
    let arguments = &task.arguments;
    let places = draw::places(arguments.pictures.as_deref()?, &job.output, arguments.out.as_deref());
    let names: Vec<_> = task.models.iter().map(|model| model.with_method()).collect();
    let is_alike = matches!(rendered.product.against, Some(Ok(_)));
    let drawing = Drawing {
        title: names.join(" -> "),
        before: job.input.as_deref().into_iter().collect(),
        between: arguments.latents.as_deref(),
        after: &job.output,
        against: arguments.against.as_deref().filter(|_| is_alike),
    };
    let written = drawing.write(&places, place, arguments.force);
    Some(written.map(|()| places.iter().map(|path| path.display().to_string()).collect()))
}

/// What one is called while it is on its way.
fn label(job: &Job, number: usize, of: usize) -> String {
    let name = plain(&job.output.display().to_string());
    if of > 1 { format!("{} of {of}  {name}", number + 1) } else { name }
}

/// How far one is; nothing where there is no terminal.
fn bar(label: &str) -> ProgressBar {
    let bar = ProgressBar::new(0).with_message(label.to_owned());
    if let Ok(style) = ProgressStyle::with_template("{msg}  {bar:30}  {percent} %  {eta} left") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(250));
    bar
}

/// Says what has become of one. In JSON, errors are said here too.
fn tell(task: &Task, job: &Job, rendered: &Result<Rendered, Failure>, is_json: bool) -> Outcome {
    let rendered = match rendered {
        Ok(rendered) => rendered,
        Err(failure) => {
            out::error(&failure.line);
            return failure.outcome;
        }
    };
    if !is_json {
        report::lines(task, job, rendered).iter().for_each(out::line);
        for remark in &rendered.remarks {
            out::line(remark);
        }
    }
    let played = &rendered.played;
    for error in &played.errors {
        out::error(format_args!("{}: {error}", job.output.display()));
    }
    let mut outcome = Outcome::Done;
    if let Some(Err(failure)) = &rendered.product.against {
        out::error(&failure.line);
        outcome = failure.outcome;
    }
    let is_whole = played.errors.is_empty() && played.non_finite == 0 && played.faults == 0;
    if is_whole { outcome } else { Outcome::Failed }
}
