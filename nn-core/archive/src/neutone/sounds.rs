//! The sounds that a generator takes and makes, and the words that it begins with.

use std::io::{Read, Seek};

use serde_json::Value;

use nn_model::{
    generator::{SoundSpec, Sounds},
    shown::shortened,
};

use super::parameters;
use crate::{ArchiveError, evaluate::Term, extra::Metadata, specification::Module};

/// Sounds on one side.
const MOST_SOUNDS: usize = 64;
/// Characters of a label.
const MOST_LABEL_CHARACTERS: usize = 80;
/// Characters of a text, and numbers of a list, that a parameter begins with.
const MOST_BEGINNING: usize = 1 << 14;

impl<R: Read + Seek> Module<'_, '_, R> {
    /// What the code says, or else the metadata.
    pub(super) fn sounds(&mut self, metadata: &Metadata) -> Result<Sounds, ArchiveError> {
        let inputs = self.side(metadata, "audio_in")?;
        let outputs = self.side(metadata, "audio_out")?;
        let of_type = |wanted: &'static str| {
            let listed = metadata.get(parameters::KEY).and_then(Value::as_object);
            let values = listed.into_iter().flat_map(|listed| listed.values());
            let is_wanted = move |value: &&Value| value.get("type").and_then(Value::as_str) == Some(wanted);
            values.filter(is_wanted).map(|value| value.get("default_value"))
        };
        let text = |value: Option<&Value>| {
            shortened(value.and_then(Value::as_str).unwrap_or_default(), MOST_BEGINNING)
        };
        let numbers = |value: Option<&Value>| {
            let listed = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            listed.iter().take(MOST_BEGINNING).filter_map(Value::as_i64).collect()
        };
        Ok(Sounds {
            inputs,
            outputs,
            texts: of_type("text").map(text).collect(),
            tokens: of_type("tokens").map(numbers).collect(),
        })
    }

    /// The sounds of one side.
    fn side(&mut self, metadata: &Metadata, name: &str) -> Result<Vec<SoundSpec>, ArchiveError> {
        let key = format!("{name}_channels");
        let said = self.answer(&format!("get_{key}"))?.and_then(|term| term.integers());
        let channels = said.or_else(|| metadata.integers(&key)).unwrap_or_default();
        if channels.len() > MOST_SOUNDS {
            let (found, most) = (channels.len() as u64, MOST_SOUNDS as u64);
            return Err(ArchiveError::Limit { what: format!("sounds in {key}"), found, most });
        }
        let labels = match self.answer(&format!("get_{name}_labels"))? {
            Some(Term::List(labels)) => labels.iter().map(text_of).collect(),
            _ => metadata.texts(&format!("{name}_labels")),
        };
        let sound = |(at, &found): (usize, &i64)| match found {
            1 | 2 => {
                let label = labels.get(at).map(|label| shortened(label, MOST_LABEL_CHARACTERS));
                Ok(SoundSpec { label: label.unwrap_or_default(), channels: found as usize })
            }
            _ => Err(ArchiveError::Range { name: "channels of a sound", found, least: 1, most: 2 }),
        };
        channels.iter().enumerate().map(sound).collect()
    }
}

/// A text; nothing where it is something else.
fn text_of(term: &Term) -> String {
    match term {
        Term::Text(text) => text.to_string(),
        _ => String::new(),
    }
}
