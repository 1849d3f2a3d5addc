//! The metadata of a file, found and read tolerantly: a key of the wrong type is as good as none.

use std::io::{Read, Seek};

use serde_json::{Map, Value};

use super::{
    json::{self, MOST_KEPT, Stop},
    names::ENTRY,
};
use crate::{ArchiveError, budget, container::Archive};

/// How much is looked at first. Sounds, which are much longer, come last.
const BEGINNING_BYTES: u64 = 1 << 16;
/// How much is read where something that counts is not in the beginning.
const MOST_BYTES: u64 = 1 << 25;

/// What a file says of itself, by key.
#[derive(Debug, Default)]
pub(crate) struct Metadata {
    fields: Map<String, Value>,
}

impl Metadata {
    /// Reads the entry, as much of it as says `wanted`; `None` where the file has none.
    pub(crate) fn find<R: Read + Seek>(
        archive: &mut Archive<R>,
        wanted: &str,
    ) -> Result<Option<Self>, ArchiveError> {
        let Some(entry) = archive.find(ENTRY) else { return Ok(None) };
        if entry.bytes > BEGINNING_BYTES
            && let Some(beginning) = archive.beginning(ENTRY, BEGINNING_BYTES)?
        {
            let fields = fields(archive, &beginning, true)?;
            if fields.contains_key(wanted) {
                return Ok(Some(Self { fields }));
            }
        }
        let text = archive.read(ENTRY, MOST_BYTES)?;
        Ok(Some(Self { fields: fields(archive, &text, false)? }))
    }

    /// The same from a text that stands elsewhere.
    pub(crate) fn of_text<R: Read + Seek>(archive: &Archive<R>, text: &str) -> Result<Self, ArchiveError> {
        Ok(Self { fields: fields(archive, text.as_bytes(), false)? })
    }

    /// What stands under a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        self.fields.get(key)
    }

    /// A truth value.
    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        flag(self.get(key)?)
    }

    /// A number.
    pub(crate) fn number(&self, key: &str) -> Option<f64> {
        number(self.get(key)?)
    }

    /// A list of texts; what is none is left empty.
    pub(crate) fn texts(&self, key: &str) -> Vec<String> {
        let listed = self.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        listed.iter().map(|member| member.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// A whole number.
    pub(crate) fn integer(&self, key: &str) -> Option<i64> {
        integer(self.number(key)?)
    }

    /// A list of whole numbers.
    pub(crate) fn integers(&self, key: &str) -> Option<Vec<i64>> {
        self.get(key)?.as_array()?.iter().map(|member| integer(number(member)?)).collect()
    }
}

/// The values of a text, or of the beginning of one.
fn fields<R: Read + Seek>(
    archive: &Archive<R>,
    text: &[u8],
    goes_on: bool,
) -> Result<Map<String, Value>, ArchiveError> {
    // Understanding costs twice as much as reading.
    archive.budget.spend(2 * budget::bytes(text.len() as u64))?;
    let json::Read { fields, stop } = json::read(text);
    match stop {
        None => Ok(fields),
        Some(Stop::End) if goes_on => Ok(fields),
        Some(Stop::TooMany) => Err(ArchiveError::Limit {
            what: format!("bytes of text and values in {ENTRY}"),
            found: text.len() as u64,
            most: MOST_KEPT as u64,
        }),
        Some(Stop::End | Stop::NoJson) => {
            Err(ArchiveError::Damaged { entry: ENTRY.into(), what: "it is no JSON object" })
        }
    }
}

/// A truth value; older files write it as a text.
pub(crate) fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        Value::Number(number) => Some(number.as_f64()? != 0.0),
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// A finite number; older files write it as a text.
pub(crate) fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.filter(|number| number.is_finite())
}

/// A number without its fraction, if it has none.
fn integer(number: f64) -> Option<i64> {
    (number.fract() == 0.0).then_some(number as i64)
}
