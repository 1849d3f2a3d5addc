//! `nn check`: tests in separate processes whether a model is fit for the stage.

pub mod child;
mod clicks;
mod equip;
mod notes;
mod play;
mod rates;
mod step;
mod trial;
mod verdict;

use std::path::Path;

use nn_core::{
    engine::prints::Kept,
    formats::{FORMATS, Format},
    model::ModelLocation,
    spec::ModelSpec,
    timing::legal_buffer,
};

use crate::{cli::Check, not_a_file::not_a_file, out, outcome::Outcome};
use rates::RATES_HZ;
use step::Step;
use trial::Trial;
use verdict::Verdict;

/// Tries every method at every rate.
pub fn run(arguments: &Check) -> Outcome {
    let file = &arguments.file;
    let say = |line: String| out::error(format_args!("{}: {line}", file.display()));
    if let Some(what) = not_a_file(file) {
        say(what);
        return Outcome::NotThere;
    }
    let location = ModelLocation::from(file);
    let (format, spec) = match described(file, &location) {
        Ok(described) => described,
        Err(line) => {
            out::error(line);
            out::line("not fit: it cannot be loaded");
            return Outcome::Failed;
        }
    };
    let buffer = spec
        .ratio_lcm()
        .map_err(|error| error.to_string())
        .and_then(|lcm| legal_buffer(arguments.buffer, lcm, 1).map_err(|error| error.to_string()));
    let buffer_frames = match buffer {
        Ok(frames) => frames,
        Err(line) => {
            say(line);
            return Outcome::Failed;
        }
    };
    // The tool itself never loads it, so that whatever a load does happens elsewhere.
    let widest = spec.methods.iter().map(|method| method.name.len()).max().unwrap_or(0);
    let (mut verdicts, mut noted, mut printed) = (Vec::new(), Vec::new(), None);
    for (method, rate_hz) in spec.methods.iter().flat_map(|method| RATES_HZ.map(|rate_hz| (method, rate_hz)))
    {
        let patience = (arguments.load_patience(), arguments.block_patience());
        let found = Trial { file, method: &method.name, rate_hz, buffer_frames, patience }.run();
        let verdict = Verdict::of(&found, notes::buffer(&found.lines).unwrap_or(buffer_frames), rate_hz);
        out::line(format_args!("{:widest$}  {rate_hz} Hz  {verdict}", method.name));
        verdicts.push(verdict);
        for note in notes::of(&method.name, &found.lines, buffer_frames) {
            if !noted.contains(&note) {
                // Once for all rates.
                out::line(&note);
                noted.push(note);
            }
        }
        if let Some(said) = trial::said(&found.lines)
            && printed.replace(&method.name) != Some(&method.name)
        {
            // Once for all rates.
            out::line(Kept { file: Some(method.name.clone()), said }.line(None));
        }
        if !found.lines.contains(&Step::Loaded) {
            // What does not load does not load for another method either.
            break;
        }
    }
    tell_of_the_file(format, &location, &spec, &noted);
    let worst = verdicts.into_iter().max_by_key(Verdict::severity);
    out::line(Verdict::of_all(worst.as_ref()));
    if worst.is_some_and(|worst| worst.is_fit()) { Outcome::Done } else { Outcome::Failed }
}

/// The file's format and what that reads in it, after a look at every byte; or a line that says why it cannot be loaded.
fn described(file: &Path, location: &ModelLocation) -> Result<(&'static dyn Format, ModelSpec), String> {
    let format = FORMATS.entry(location).map_err(|error| error.to_string())?.format;
    format.verify(file).map_err(|what| format!("{}: {what}", file.display()))?;
    let spec = format.describe(location).map_err(|error| error.to_string())?;
    if let Some(line) = format.warning(location) {
        out::line(line);
    }
    Ok((format, spec))
}

/// What the file tells, whatever was measured.
fn tell_of_the_file(format: &dyn Format, location: &ModelLocation, spec: &ModelSpec, noted: &[String]) {
    // Noise may hide it from the measurement; the file tells all the same.
    let state = format.inspect(location).state;
    if state.is_some_and(|state| state.begins_anew) && !noted.iter().any(|note| note.contains(notes::CLICKS))
    {
        out::line(notes::CLICKS);
    }
    if let Some(hz) = spec.sample_rate_hz {
        out::line(format_args!(
            "made for {hz} Hz: at another rate pitch and speed differ unless it is sent resample 1"
        ));
    }
}
