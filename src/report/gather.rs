//! Finds out everything that a report tells. The model itself runs in processes of their own.

use std::{path::Path, time::Duration};

use nn_core::{
    catalog::sha256,
    effect::ModelKind,
    formats::FORMATS,
    info::Tree,
    machine,
    model::{ModelLocation, ModelSource},
    shown::plain,
    spec::{AttributeSpec, ModelSpec},
};
use serde_json::Value;
use time::OffsetDateTime;

use super::{
    arguments::Arguments,
    facts::{AttributeFacts, CheckFacts, CheckRow, Facts, FileFacts, Made},
    listen::{All, Listener},
    origin::origin,
    short::Shortener,
    takes::{parameter_takes, takes},
};
use crate::{
    check::{Examined, NOT_LOADED, Subject, Terms},
    failure::Failure,
    steps::load_patience,
    unfinished::Passing,
};

/// How long a piece of sound, or one block, may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Everything about a file, without folders; `goes` is called with what is next.
///
/// # Errors
/// The file cannot be read, or there is no room for sounds.
pub fn gather(
    arguments: &Arguments,
    file: &Path,
    short: &Shortener,
    mut goes: impl FnMut(&str),
) -> Result<Facts, Failure> {
    let location = ModelLocation::from(file);
    goes("reading the file");
    let bytes =
        file.metadata().map_err(|error| Failure::failed(format_args!("{}: {error}", file.display())))?.len();
    let digest = sha256(file).map_err(Failure::failed)?;
    let description = FORMATS.inspect(&location);
    let patience =
        (load_patience(arguments.patience), arguments.patience.map_or(PATIENCE, Duration::from_secs));
    let mut problems: Vec<String> = description.problems.iter().map(|line| short.about(line)).collect();
    let (check, all) = match Subject::new(file) {
        Ok(subject) => {
            let terms = Terms {
                buffer_frames: arguments.buffer,
                load_patience: patience.0,
                block_patience: patience.1,
            };
            let examined = subject.examine(&terms, &mut |line| goes(&format!("checking: {line}")))?;
            (checked(&examined, short), heard(arguments, file, &description.spec, patience, &mut goes)?)
        }
        Err(line) => {
            let line = short.about(&line);
            if problems.iter().all(|problem| !line.contains(problem.as_str())) {
                problems.push(line);
            }
            (CheckFacts { conclusion: NOT_LOADED.into(), ..CheckFacts::default() }, All::default())
        }
    };
    let libtorch = description.operators.as_ref().and_then(|operators| operators.checked.as_ref());
    Ok(Facts {
        made: Made {
            date: OffsetDateTime::now_utc().date().to_string(),
            version: env!("CARGO_PKG_VERSION").into(),
            libtorch: libtorch.map(|(version, _)| version.clone()),
            machine: machine::name(),
            system: machine::system(),
            buffer_frames: arguments.buffer,
        },
        file: FileFacts {
            name: short.name().to_owned(),
            format: FORMATS.entry(&location).ok().map(|entry| entry.name.to_owned()),
            bytes,
            sha256: digest,
            origin: origin(file),
            problems,
        },
        model: described(&Tree::of(&description), short),
        check,
        speed: None,
        attributes: attributes(&description.spec, &all, short),
        methods: all.methods,
        sounds: all.sounds,
        generator: all.generator,
    })
}

/// As `nn info --json` has it, without the path: a page may be sent to others.
fn described(tree: &Tree, short: &Shortener) -> Value {
    let mut value: Value = serde_json::to_value(tree).unwrap_or_default();
    if let Some(entries) = value.as_object_mut() {
        entries.remove("path");
    }
    short.document(&mut value);
    value
}

fn attributes(spec: &ModelSpec, all: &All, short: &Shortener) -> Vec<AttributeFacts> {
    let of_one = |attribute: &AttributeSpec| {
        let held = all.attributes.iter().find(|held| held.attribute == attribute.name);
        let held = held.map(|held| held.shown(|text| short.line(text)));
        AttributeFacts {
            name: plain(&attribute.name),
            types: attribute.types.iter().map(|kind| kind.name().to_owned()).collect(),
            takes: match spec.parameters.iter().find(|one| one.attribute == attribute.name) {
                Some(parameter) => short.line(&parameter_takes(parameter)),
                None => takes(&attribute.types, held.as_ref().and_then(|held| held.words.as_deref())),
            },
            held,
        }
    };
    spec.attributes.iter().map(of_one).collect()
}

fn checked(examined: &Examined, short: &Shortener) -> CheckFacts {
    let row = |row: &crate::check::Row| CheckRow {
        method: plain(&row.method),
        rate_hz: row.rate_hz,
        is_fit: row.verdict.is_fit(),
        verdict: short.line(&row.verdict.to_string()),
    };
    CheckFacts {
        is_fit: examined.is_fit(),
        conclusion: examined.conclusion().into(),
        rows: examined.rows.iter().map(row).collect(),
        notes: examined.notes.iter().map(|line| short.line(line)).collect(),
    }
}

fn heard(
    arguments: &Arguments,
    file: &Path,
    spec: &ModelSpec,
    patience: (Duration, Duration),
    goes: &mut impl FnMut(&str),
) -> Result<All, Failure> {
    let folder = Passing::begin()?;
    let listener = Listener { file, spec, buffer_frames: arguments.buffer, folder: folder.path(), patience };
    if spec.kind == ModelKind::Generator {
        let (generator, sounds) = listener.generated(|name| goes(&format!("rendering {name}")))?;
        return Ok(All { generator: Some(generator), sounds, ..All::default() });
    }
    listener.listen(|method| goes(&format!("playing {method}")))
}
