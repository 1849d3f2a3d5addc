//! Files from a generator, which makes whole sounds from its parameters and from whole sounds.

mod plan;
mod told;

use std::{
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use indicatif::ProgressBar;
use nn_core::{
    formats::FORMATS,
    generation::{Commission, Generated, Generation, GivenSound, SoundPart},
    generator::{MOST_SAMPLES, SoundSpec},
    machine::Others,
    model::ModelLocation,
    value::SoundBuffer,
};

use super::{
    arguments::Arguments,
    draw::{self, Drawing},
    words::Words,
};
use crate::{
    digest::digest,
    failure::Failure,
    not_a_file::not_a_file,
    out,
    outcome::Outcome,
    sound::{Levels, SoundFormat, SoundReader, SoundShape, SoundWriter, ending},
    unfinished::Unfinished,
    where_and_how::WhereAndHow,
};
use plan::Plan;

/// How often is looked how far it is.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// Frames that are read and written at a time.
const PIECE_FRAMES: usize = 1 << 16;

/// A file that is there.
struct Written {
    path: PathBuf,
    frames: usize,
    levels: Levels,
    sha256: String,
    pictures: Vec<PathBuf>,
}

/// A rendering whose files are all there.
pub struct Done {
    plan: Plan,
    files: Vec<Written>,
    rate_hz: u32,
    /// With loading.
    took_s: f64,
    /// What else is to be known.
    notes: Vec<String>,
}

/// Renders with the one generator among the words.
pub fn run(words: Words, arguments: &Arguments, bar: &ProgressBar, place: &(WhereAndHow, Others)) -> Outcome {
    bar.set_length(1000);
    let done = render(words, arguments, |percent| bar.set_position((percent * 10.0) as u64));
    bar.finish_and_clear();
    let drawn = done.and_then(|mut done| done.draw(arguments, &place.0).map(|()| done));
    match drawn {
        Ok(done) => {
            done.tell(arguments.json.then_some(place));
            Outcome::Done
        }
        Err(failure) => {
            out::error(&failure.line);
            failure.outcome
        }
    }
}

/// Renders; `goes` is called again and again with how much is done, 0 to 100.
///
/// # Errors
/// Nothing was rendered.
pub fn render(words: Words, arguments: &Arguments, goes: impl FnMut(f64)) -> Result<Done, Failure> {
    let plan = plan::plan(words, arguments)?;
    let begin = Instant::now();
    let (sounds, notes) = generated(&plan, arguments, goes)?;
    let took_s = begin.elapsed().as_secs_f64();
    let files = written(&plan, &sounds, arguments)?;
    let rate_hz = sounds.first().map_or(0, |sound| sound.sample_rate_hz);
    Ok(Done { plan, files, rate_hz, took_s, notes })
}

impl Done {
    /// Draws each file below what it was made of, where that is wanted.
    fn draw(&mut self, arguments: &Arguments, place: &WhereAndHow) -> Result<(), Failure> {
        let Some(folder) = &arguments.pictures else { return Ok(()) };
        for file in &mut self.files {
            let places = draw::places(folder, &file.path, arguments.out.as_deref());
            let before = self.plan.inputs.iter().map(PathBuf::as_path).collect();
            let (title, after) = (self.plan.model.name(), file.path.as_path());
            let drawing = Drawing { title, before, between: None, after, against: None };
            drawing.write(&places, place, arguments.force)?;
            file.pictures = places.into();
        }
        Ok(())
    }
}

/// Reads a sound whole.
fn read(path: &Path, wanted: &SoundSpec) -> Result<GivenSound, Failure> {
    if let Some(what) = not_a_file(path) {
        return Err(Failure::not_there(format_args!("{}: {what}", path.display())));
    }
    let failed = |what: &dyn std::fmt::Display| Failure::failed(format_args!("{}: {what}", path.display()));
    let mut reader = SoundReader::open(path).map_err(|fault| failed(&fault))?;
    let mut piece = vec![vec![0.0; PIECE_FRAMES]; reader.channels];
    let mut channels = vec![Vec::new(); reader.channels];
    loop {
        let frames = reader.read(&mut piece).map_err(|fault| failed(&fault))?;
        if frames == 0 {
            break;
        }
        channels.iter_mut().zip(&piece).for_each(|(to, from)| to.extend_from_slice(&from[..frames]));
        if channels.iter().map(Vec::len).sum::<usize>() > MOST_SAMPLES {
            return Err(failed(&format!("too long: a generator takes {MOST_SAMPLES} samples at most")));
        }
    }
    if channels.iter().all(Vec::is_empty) {
        return Err(failed(&"there is no sound in it"));
    }
    let part = SoundPart { channels, sample_rate_hz: reader.sample_rate_hz };
    Ok(GivenSound { name: path.display().to_string(), parts: vec![part], channels: wanted.channels })
}

/// The sounds that it makes, and what else is to be known.
fn generated(
    plan: &Plan,
    arguments: &Arguments,
    mut goes: impl FnMut(f64),
) -> Result<(Vec<SoundBuffer>, Vec<String>), Failure> {
    let inputs = plan.inputs.iter().zip(&plan.model.spec.sounds.inputs);
    let sounds = inputs.map(|(path, wanted)| read(path, wanted)).collect::<Result<_, _>>()?;
    let generation = Generation::begin(Commission {
        source: std::sync::Arc::new(FORMATS),
        location: ModelLocation::from(&plan.model.path),
        settings: plan.settings.clone(),
        sounds,
        seconds: arguments.seconds,
        rates_hz: vec![arguments.rate; plan.outputs.len()].into_iter().flatten().collect(),
        seed: Some(arguments.seed as u64),
    });
    let Generated { sounds, printed } = loop {
        if let Some(generated) = generation.take() {
            break generated;
        }
        goes(generation.percent());
        thread::sleep(LOOK_EVERY);
    };
    let name = plan.model.name();
    let sounds = sounds.map_err(|error| Failure::failed(format_args!("{name}: {error}")))?;
    Ok((sounds, printed.map(|printed| format!("{name} prints: \"{}\"", printed.text)).into_iter().collect()))
}

/// Writes all files, and puts them into their places when all are complete.
fn written(plan: &Plan, sounds: &[SoundBuffer], arguments: &Arguments) -> Result<Vec<Written>, Failure> {
    let mut complete = Vec::new();
    for (path, sound) in plan.outputs.iter().zip(sounds) {
        let named =
            |what: &dyn std::fmt::Display| Failure::failed(format_args!("{}: {what}", path.display()));
        let (part, file) = Unfinished::begin(path, arguments.force)?;
        let format = SoundFormat::of(&ending(path)).unwrap_or(SoundFormat::Wav);
        let usual_bits = if format == SoundFormat::Flac { 24 } else { 32 };
        let bits = arguments.bits.unwrap_or(usual_bits);
        let SoundBuffer { channels, samples, sample_rate_hz } = sound;
        let (channels, sample_rate_hz) = (*channels, *sample_rate_hz);
        let shape = SoundShape { format, sample_rate_hz, channels, bits };
        let mut writer = SoundWriter::new(file, shape).map_err(|fault| named(&fault))?;
        let mut levels = Levels::new(channels, sample_rate_hz);
        let frames = samples.len() / channels.max(1);
        for from in (0..frames).step_by(PIECE_FRAMES) {
            let to = frames.min(from + PIECE_FRAMES);
            let piece: Vec<_> = samples.chunks_exact(frames).map(|channel| &channel[from..to]).collect();
            levels.add(&piece);
            writer.write(&piece).map_err(|fault| named(&fault))?;
        }
        writer.finish().map_err(|fault| named(&fault))?;
        let sha256 = digest(part.path()).map_err(|error| named(&error))?;
        complete.push((part, Written { path: path.clone(), frames, levels, sha256, pictures: Vec::new() }));
    }
    let place = |(part, written): (Unfinished, Written)| part.finish(arguments.force).map(|()| written);
    complete.into_iter().map(place).collect()
}
