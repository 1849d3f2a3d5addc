//! What a report tells of a generator: what it takes and makes, its parameters, and sounds that it made by itself.

use std::path::{Path, PathBuf};

use nn_core::{
    effect::{Parameter, ParameterKind},
    generator::{Settings, SoundSpec},
    shown::{plain, shortened},
    spec::ModelSpec,
    value::Value,
};
use serde_json::json;

use super::{
    facts::{GeneratorFacts, MadeSound, ParameterFacts, SoundFacts, WholeSound},
    feed::written,
    hear::{Found, Hearing},
    listen::Listener,
    media,
    short::Shortener,
    sounds,
    takes::parameter_takes,
};
use crate::{command_line::quoted, failure::Failure};

/// Of a long sound, so much is on the page.
pub const MOST_SECONDS: usize = 10;
/// How much of a value is shown.
const MOST_SHOWN: usize = 60;

/// What its file says.
fn described(spec: &ModelSpec, short: &Shortener) -> GeneratorFacts {
    let settings = Settings::new(spec);
    let parameter = |parameter: &Parameter| ParameterFacts {
        name: plain(&parameter.attribute),
        kind: kind(&parameter.kind),
        takes: short.line(&parameter_takes(parameter)),
        default: default(parameter, &settings),
    };
    let sounds = |specs: &[SoundSpec], word: &str| -> Vec<WholeSound> {
        let sound = |(at, spec): (usize, &SoundSpec)| {
            let name = if spec.label.is_empty() { format!("{word}{}", at + 1) } else { plain(&spec.label) };
            WholeSound { name, channels: spec.channels }
        };
        specs.iter().enumerate().map(sound).collect()
    };
    GeneratorFacts {
        takes: sounds(&spec.sounds.inputs, "in"),
        makes: sounds(&spec.sounds.outputs, "out"),
        parameters: spec.parameters.iter().map(parameter).collect(),
        made: Vec::new(),
        notes: Vec::new(),
        command: None,
        fault: None,
    }
}

fn kind(kind: &ParameterKind) -> &'static str {
    match kind {
        ParameterKind::Continuous { .. } => "number",
        ParameterKind::Choice { .. } => "choice",
        ParameterKind::Text { .. } => "words",
        ParameterKind::Tokens { .. } => "whole numbers",
    }
}

/// What a parameter is set to before anybody sets it.
fn default(parameter: &Parameter, settings: &Settings) -> String {
    let values = settings.get(&parameter.key).unwrap_or_default();
    let shown = |value: &Value| match value {
        Value::Float(number) => rounded(*number),
        Value::Int(number) => number.to_string(),
        Value::String(text) => plain(text),
        _ => String::new(),
    };
    let text = values.iter().map(shown).collect::<Vec<_>>().join(" ");
    let text = shortened(&text, MOST_SHOWN);
    match parameter.kind {
        ParameterKind::Continuous { min, max } if (min, max) != (0.0, 1.0) => {
            let stands_for = min + parameter.default_value * (max - min);
            format!("{text}, which stands for {}", rounded(stands_for))
        }
        _ => text,
    }
}

/// With no more digits than a file's single precision has.
fn rounded(number: f64) -> String {
    ((number * 1e4).round() / 1e4).to_string()
}

impl Listener<'_> {
    /// Has it make its sounds once, from the test sounds where it takes any, and tells all of it with what it was given.
    ///
    /// # Errors
    /// The sounds cannot be written.
    pub fn generated(&self, goes: impl FnOnce(&str)) -> Result<(GeneratorFacts, Vec<SoundFacts>), Failure> {
        let &Self { file, spec, buffer_frames, folder, patience } = self;
        let short = Shortener::new(file).without(folder);
        let mut facts = described(spec, &short);
        let (mut inputs, mut given) = (Vec::new(), Vec::new());
        let all = sounds::all();
        for sound in all.iter().cycle().take(facts.takes.len()) {
            let path = written(sound, folder)?;
            if !inputs.contains(&path) {
                given.push(SoundFacts {
                    name: sound.name.into(),
                    title: sound.title.into(),
                    what: sound.what.into(),
                    media: media::sound(&path, &format!("{} before", sound.name), folder, None)?,
                });
            }
            inputs.push(path);
        }
        goes(short.name());
        let found = Hearing { file, method: "", buffer_frames, folder, inputs: &inputs, patience }.run();
        facts.command = Some(command(&facts, &inputs, &short));
        tell(&mut facts, found, folder, &short);
        Ok((facts, given))
    }
}

/// The words that make the same again.
fn command(facts: &GeneratorFacts, inputs: &[PathBuf], short: &Shortener) -> String {
    let input = inputs.iter().filter_map(|path| path.file_name()).map(|name| name.to_string_lossy());
    let output = facts.makes.iter().map(|sound| format!("{}.flac", sound.name));
    let words: Vec<_> =
        input.map(|name| name.into_owned()).chain(output).map(|word| quoted(&word).into_owned()).collect();
    format!("nn render {} {} --bits 16", quoted(short.name()), words.join(" "))
}

/// What was made, or why nothing was.
fn tell(facts: &mut GeneratorFacts, found: Found, folder: &Path, short: &Shortener) {
    facts.fault = found.fault.map(|line| short.about(&line));
    for object in &found.rendered {
        let files = object["files"].as_array().into_iter().flatten();
        for (sound, file) in facts.makes.iter().zip(files) {
            let path = PathBuf::from(file["output"].as_str().unwrap_or_default());
            let mut figures = file.clone();
            figures["output"] = json!(format!("{}.wav", sound.name));
            match media::sound(&path, &sound.name, folder, Some(MOST_SECONDS)) {
                Ok(media) => facts.made.push(MadeSound { sound: sound.name.clone(), figures, media }),
                Err(failure) => facts.fault = Some(short.line(&failure.line)),
            }
        }
        let notes = object["remarks"].as_array().into_iter().flatten().filter_map(|line| line.as_str());
        facts.notes.extend(notes.map(|line| short.about(line)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_default_is_as_it_would_be_typed_with_what_it_stands_for() {
        let parameter = |key: &str, default_value: f64, kind: ParameterKind| Parameter {
            key: key.into(),
            name: key.into(),
            attribute: key.into(),
            description: String::new(),
            default_value,
            kind,
        };
        let labels = vec!["steady".to_owned(), "fading".to_owned()];
        let parameters = vec![
            parameter("p1", 0.015, ParameterKind::Continuous { min: 0.1, max: 60.1 }),
            parameter("p2", 1.0, ParameterKind::Choice { labels }),
            parameter("p3", 0.0, ParameterKind::Text { most_characters: 9 }),
            parameter("p4", 0.0, ParameterKind::Tokens { most_tokens: 9 }),
            parameter("p5", 0.25, ParameterKind::Continuous { min: 0.0, max: 1.0 }),
        ];
        let mut spec = ModelSpec { parameters, ..ModelSpec::default() };
        spec.sounds.texts = vec!["a\u{202e}c".into()];
        spec.sounds.tokens = vec![vec![60, 64]];
        let told = described(&spec, &Shortener::new(Path::new("chord.nm")));
        let defaults: Vec<_> = told.parameters.iter().map(|one| one.default.as_str()).collect();
        assert_eq!(defaults, ["0.015, which stands for 1", "fading", "a[U+202E]c", "60 64", "0.25"]);
    }
}
