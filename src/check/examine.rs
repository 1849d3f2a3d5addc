//! Everything that is found out about a file: each method at each rate, and a conclusion.

use std::{path::Path, time::Duration};

use nn_core::{
    effect::ModelKind,
    engine::prints::Kept,
    formats::{FORMATS, Format},
    model::ModelLocation,
    spec::ModelSpec,
    timing::legal_buffer,
};

use super::{
    notes,
    rates::{RATES_HZ, pairs},
    step::Step,
    trial::{self, Trial},
    verdict::Verdict,
};
use crate::failure::Failure;

/// The conclusion about a file that cannot be loaded.
pub const NOT_LOADED: &str = "not fit: it cannot be loaded";

/// The conclusion about a generator that loads.
const GENERATOR: &str = "a generator, and it loads: it makes whole sounds, in a box by render and as files by nn render, and is not played live";

/// How methods are tried.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Samples in a block; the model's ratios may make it larger.
    pub buffer_frames: usize,
    /// How long loading may take.
    pub load_patience: Duration,
    /// How long one block may take.
    pub block_patience: Duration,
}

/// One method at one rate.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The method.
    pub method: String,
    /// The host's rate.
    pub rate_hz: u32,
    /// The buffer in model samples.
    pub buffer_frames: usize,
    /// What is thought of it.
    pub verdict: Verdict,
}

/// What was found about a file.
#[derive(Debug, Default)]
pub struct Examined {
    /// In the order in which they were tried.
    pub rows: Vec<Row>,
    /// What is to be known besides, each once.
    pub notes: Vec<String>,
    /// It makes whole sounds: there is nothing to play block by block, and it was only loaded.
    pub is_generator: bool,
}

/// A file whose description was read.
pub struct Subject<'a> {
    file: &'a Path,
    location: ModelLocation,
    format: &'static dyn Format,
    spec: ModelSpec,
    warning: Option<String>,
}

impl<'a> Subject<'a> {
    /// A file, after a look at every byte.
    ///
    /// # Errors
    /// Why it cannot be loaded.
    pub fn new(file: &'a Path) -> Result<Self, String> {
        let location = ModelLocation::from(file);
        let format = FORMATS.entry(&location).map_err(|error| error.to_string())?.format;
        let verified = if format.is_program() { Ok(()) } else { format.verify(file) };
        verified.map_err(|what| format!("{}: {what}", file.display()))?;
        let spec = format.describe(&location).map_err(|error| error.to_string())?;
        let warning = format.warning(&location);
        Ok(Self { file, location, format, spec, warning })
    }

    /// Tries every method at every rate; `tell` gets each line as soon as it is known.
    ///
    /// # Errors
    /// No such buffer can be.
    pub fn examine(&self, terms: &Terms, tell: &mut dyn FnMut(&str)) -> Result<Examined, Failure> {
        let Self { file, spec, .. } = self;
        if spec.kind == ModelKind::Generator {
            return Ok(self.loaded(terms, tell));
        }
        let wrong =
            |line: &dyn std::fmt::Display| Failure::failed(format_args!("{}: {line}", file.display()));
        let lcm = spec.ratio_lcm().map_err(|error| wrong(&error))?;
        let buffer_frames = legal_buffer(terms.buffer_frames, lcm, 1).map_err(|error| wrong(&error))?;
        let mut examined = Examined::default();
        examined.note(tell, self.warning.clone());
        // The tool itself never loads it, so that whatever a load does happens elsewhere.
        let widest = spec.methods.iter().map(|method| method.name.len()).max().unwrap_or(0);
        let mut printed = None;
        let pairs = pairs(spec, buffer_frames);
        let of_each = |method| pairs.iter().map(move |&(rate_hz, frames)| (method, rate_hz, frames));
        let tells_buffers = spec.native.buffers_frames.len() > 1;
        for (method, rate_hz, buffer_frames) in spec.methods.iter().flat_map(|method| of_each(&method.name)) {
            let patience = (terms.load_patience, terms.block_patience);
            let found = Trial { file, method, rate_hz, buffer_frames, patience }.run();
            let played_frames = notes::buffer(&found.lines).unwrap_or(buffer_frames);
            let verdict = Verdict::of(&found, played_frames, rate_hz);
            let buffer = if tells_buffers { format!("  {buffer_frames} samples") } else { String::new() };
            tell(&format!("{method:widest$}  {rate_hz} Hz{buffer}  {verdict}"));
            examined.rows.push(Row { method: method.clone(), rate_hz, buffer_frames, verdict });
            examined.note(tell, notes::of(method, &found.lines, buffer_frames));
            if let Some(said) = trial::said(&found.lines)
                && printed.replace(method) != Some(method)
            {
                // Once for all rates.
                examined.note(tell, [Kept { file: Some(method.clone()), said }.line(None)]);
            }
            if !found.lines.contains(&Step::Loaded) {
                // What does not load does not load for another method either.
                break;
            }
        }
        let rest = self.of_the_file(&examined.notes);
        examined.note(tell, rest);
        Ok(examined)
    }

    /// Loads a generator, which has no method to be tried. What it makes may take it minutes.
    fn loaded(&self, terms: &Terms, tell: &mut dyn FnMut(&str)) -> Examined {
        let mut examined = Examined { is_generator: true, ..Examined::default() };
        examined.note(tell, self.warning.clone());
        let (rate_hz, buffer_frames) = (RATES_HZ[0], terms.buffer_frames);
        let patience = (terms.load_patience, terms.block_patience);
        let found = Trial { file: self.file, method: "", rate_hz, buffer_frames, patience }.run();
        if !found.lines.contains(&Step::End) {
            let (method, verdict) = ("load".to_owned(), Verdict::of(&found, buffer_frames, rate_hz));
            tell(&format!("{method}  {verdict}"));
            examined.rows.push(Row { method, rate_hz, buffer_frames, verdict });
        }
        if let Some(said) = trial::said(&found.lines) {
            examined.note(tell, [Kept { file: None, said }.line(None)]);
        }
        examined
    }

    /// What the file tells, whatever was measured.
    fn of_the_file(&self, noted: &[String]) -> Vec<String> {
        // Noise may hide it from the measurement; the file tells all the same.
        let state = self.format.inspect(&self.location).state;
        let clicks = state.is_some_and(|state| state.begins_anew)
            && !noted.iter().any(|note| note.contains(notes::CLICKS));
        let rate = self.spec.sample_rate_hz.map(|hz| {
            format!("made for {hz} Hz: at another rate pitch and speed differ unless it is sent resample 1")
        });
        clicks.then(|| notes::CLICKS.to_owned()).into_iter().chain(rate).collect()
    }
}

impl Examined {
    /// Keeps and tells lines that were not told before.
    fn note(&mut self, tell: &mut dyn FnMut(&str), lines: impl IntoIterator<Item = String>) {
        for line in lines {
            if !self.notes.contains(&line) {
                tell(&line);
                self.notes.push(line);
            }
        }
    }

    fn worst(&self) -> Option<&Verdict> {
        self.rows.iter().map(|row| &row.verdict).max_by_key(|verdict| verdict.severity())
    }

    /// Whether it may be played, or, of a generator, rendered.
    pub fn is_fit(&self) -> bool {
        self.worst().map_or(self.is_generator, Verdict::is_fit)
    }

    /// The last line.
    pub fn conclusion(&self) -> &'static str {
        match self.worst() {
            None if self.is_generator => GENERATOR,
            worst => Verdict::of_all(worst),
        }
    }
}
