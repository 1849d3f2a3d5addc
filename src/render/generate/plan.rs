//! What a generator is to render: what the words on the command line mean to it.

use std::path::PathBuf;

use nn_core::{
    generator::{Settings, SoundSpec},
    value::Value,
};

use crate::{
    boxes::Chosen,
    failure::Failure,
    render::{arguments::Arguments, draw, words::Words},
    sound::{SoundFormat, ending},
    unfinished,
};

/// Everything that is known before it begins.
pub struct Plan {
    /// The generator.
    pub model: Chosen,
    /// Its parameters.
    pub settings: Settings,
    /// Sounds that go in.
    pub inputs: Vec<PathBuf>,
    /// Files for those that come out.
    pub outputs: Vec<PathBuf>,
}

/// Refuses what has no meaning here, and tells inputs from outputs.
pub fn plan(words: Words, arguments: &Arguments) -> Result<Plan, Failure> {
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
        if let Some(folder) = &arguments.pictures {
            draw::check(&draw::places(folder, output, arguments.out.as_deref()), arguments.force)?;
        }
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
