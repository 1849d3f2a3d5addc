//! Files from a generator, which makes whole sounds from its parameters and from whole sounds.

use std::{
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use indicatif::ProgressBar;
use nn_core::{
    formats::FORMATS,
    generation::{Commission, Generated, Generation, GivenSound, SoundPart},
    generator::{MOST_SAMPLES, Settings, SoundSpec},
    model::ModelLocation,
    shown::escaped_json,
    value::{SoundBuffer, Value},
};
use serde_json::json;

use super::{arguments::Arguments, words::Words};
use crate::{
    boxes::Chosen,
    digest::digest,
    failure::Failure,
    not_a_file::not_a_file,
    out,
    outcome::Outcome,
    sound::{Levels, SoundFormat, SoundReader, SoundShape, SoundWriter, ending},
    unfinished::{self, Unfinished},
};

/// How often is looked how far it is.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// Frames that are read and written at a time.
const PIECE_FRAMES: usize = 1 << 16;

/// Everything that is known before it begins.
struct Plan {
    model: Chosen,
    settings: Settings,
    inputs: Vec<PathBuf>,
    outputs: Vec<PathBuf>,
}

/// A file that is there.
struct Written {
    path: PathBuf,
    frames: usize,
    levels: Levels,
    sha256: String,
}

/// Renders with the one generator among the words.
pub fn run(words: Words, arguments: &Arguments, bar: &ProgressBar) -> Outcome {
    let rendered = plan(words, arguments).and_then(|plan| {
        let begin = Instant::now();
        let (sounds, notes) = generated(&plan, arguments, bar)?;
        let took_s = begin.elapsed().as_secs_f64();
        let written = written(&plan, &sounds, arguments)?;
        tell(&plan, &sounds, &written, (took_s, &notes), arguments.json);
        Ok(())
    });
    bar.finish_and_clear();
    match rendered {
        Ok(()) => Outcome::Done,
        Err(failure) => {
            out::error(&failure.line);
            failure.outcome
        }
    }
}

/// Refuses what has no meaning here, and tells inputs from outputs.
fn plan(words: Words, arguments: &Arguments) -> Result<Plan, Failure> {
    let Words { models, mut generators, files } = words;
    let Some(model) = generators.pop().filter(|_| models.is_empty() && generators.is_empty()) else {
        return Err(Failure::unclear(
            "a generator renders alone: play what it made through other models later",
        ));
    };
    for (given, option) in [
        (arguments.automation.is_some(), "--automation"),
        (arguments.latents.is_some(), "--latents"),
        (arguments.against.is_some(), "--against"),
        (arguments.tail.is_some(), "--tail"),
        (arguments.method.is_some(), "--method"),
        (arguments.whole, "--whole"),
        (arguments.keep_delay, "--keep-delay"),
    ] {
        if given {
            return Err(Failure::unclear(format_args!(
                "{option}: {} makes whole sounds, without it",
                model.name()
            )));
        }
    }
    let (inputs, outputs) = split(&model, files, arguments)?;
    if !inputs.is_empty() && arguments.seconds.is_some() {
        return Err(Failure::unclear("--seconds is for models without input: sound says how long it is"));
    }
    for output in &outputs {
        if SoundFormat::of(&ending(output)).is_none() {
            let line = format!("{}: no format that can be written: .wav or .flac", output.display());
            return Err(Failure::unclear(line));
        }
        unfinished::check(output, arguments.force)?;
    }
    let mut settings = Settings::new(&model.spec);
    for text in &arguments.set {
        set(&mut settings, text)?;
    }
    Ok(Plan { model, settings, inputs, outputs })
}

/// The files that go in, and those that come out.
fn split(
    model: &Chosen,
    mut files: Vec<PathBuf>,
    arguments: &Arguments,
) -> Result<(Vec<PathBuf>, Vec<PathBuf>), Failure> {
    let sounds = &model.spec.sounds;
    let (takes, makes) = (sounds.inputs.len(), sounds.outputs.len());
    let count = |number: usize| if number == 1 { "1 sound".to_owned() } else { format!("{number} sounds") };
    let wrong = || {
        let named = |specs: &[SoundSpec], what: &str| {
            let name = |(at, spec): (usize, &SoundSpec)| {
                if spec.label.is_empty() {
                    format!("{what}{}.wav", at + 1)
                } else {
                    format!("{}.wav", spec.label)
                }
            };
            specs.iter().enumerate().map(name).collect::<Vec<_>>()
        };
        let words = [named(&sounds.inputs, "in"), named(&sounds.outputs, "out")].concat().join(" ");
        let name = model.name();
        Failure::unclear(format_args!(
            "{name} takes {} and makes {}: nn render {name} {words}",
            if takes == 0 { "no sound".into() } else { count(takes) },
            count(makes)
        ))
    };
    let outputs = match &arguments.out {
        Some(out) if makes == 1 && SoundFormat::of(&ending(out)).is_some() => vec![out.clone()],
        Some(folder) if ending(folder).is_empty() || folder.is_dir() => {
            let stem = model.path.file_stem().unwrap_or_default().to_string_lossy();
            let name = |at: usize| if makes == 1 { format!("{stem}") } else { format!("{stem}-{}", at + 1) };
            let ending = arguments.format.ending();
            (0..makes).map(|at| folder.join(name(at)).with_extension(ending)).collect()
        }
        Some(_) => return Err(wrong()),
        None if files.len() == takes + makes => files.split_off(takes),
        None => return Err(wrong()),
    };
    if files.len() == takes { Ok((files, outputs)) } else { Err(wrong()) }
}

/// One `--set`: a text as it is, else numbers and words.
fn set(settings: &mut Settings, text: &str) -> Result<(), Failure> {
    let Some((name, value)) = text.split_once('=') else {
        return Err(Failure::unclear(format_args!("--set {text}: write NAME=VALUE")));
    };
    if settings.set(name, &[Value::String(value.into())]).is_ok() {
        return Ok(());
    }
    let word = |word: &str| match (word.parse::<i64>(), word.parse::<f64>()) {
        (Ok(whole), _) => Value::Int(whole),
        (_, Ok(number)) => Value::Float(number),
        _ => Value::String(word.into()),
    };
    let values: Vec<_> = value.split_whitespace().map(word).collect();
    settings.set(name, &values).map_err(|error| Failure::failed(format_args!("--set {text}: {error}")))
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
    bar: &ProgressBar,
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
    bar.set_length(1000);
    let Generated { sounds, printed } = loop {
        if let Some(generated) = generation.take() {
            break generated;
        }
        bar.set_position((generation.percent() * 10.0) as u64);
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
        complete.push((part, Written { path: path.clone(), frames, levels, sha256 }));
    }
    let place = |(part, written): (Unfinished, Written)| part.finish(arguments.force).map(|()| written);
    complete.into_iter().map(place).collect()
}

/// Says what has been rendered.
fn tell(
    plan: &Plan,
    sounds: &[SoundBuffer],
    written: &[Written],
    (took_s, notes): (f64, &[String]),
    is_json: bool,
) {
    let rate_hz = sounds.first().map_or(0, |sound| sound.sample_rate_hz);
    let seconds = |file: &Written| file.frames as f64 / f64::from(rate_hz.max(1));
    if is_json {
        let file = |file: &Written| {
            json!({
                "output": file.path.display().to_string(),
                "rate_hz": rate_hz,
                "frames": file.frames,
                "peak_dbfs": file.levels.peak_dbfs(),
                "loudness_lufs": file.levels.loudness_lufs(),
                "clipped_samples": file.levels.clipped(),
                "sha256": file.sha256,
            })
        };
        let object = json!({
            "model": plan.model.path.display().to_string(),
            "inputs": plan.inputs.iter().map(|path| path.display().to_string()).collect::<Vec<_>>(),
            "took_s": took_s,
            "files": written.iter().map(file).collect::<Vec<_>>(),
            "remarks": notes,
        });
        out::exact(escaped_json(&serde_json::to_string_pretty(&object).unwrap_or_default()));
        return;
    }
    out::line(format_args!("{}, {rate_hz} Hz     {took_s:.1} s", plan.model.name()));
    for file in written {
        let peak = file.levels.peak_dbfs().map_or("silent".into(), |db| format!("peak {db:.1} dBFS"));
        let (clipped, sha256) = (file.levels.clipped(), file.sha256.get(..8).unwrap_or_default());
        let length = seconds(file);
        out::line(format_args!(
            "rendered: {}     {length:.1} s     {peak}     clipped {clipped}     sha256 {sha256}…",
            file.path.display()
        ));
    }
    notes.iter().for_each(out::line);
}
