//! The parameters that a file lists.

use serde_json::{Map, Value};

use nn_model::{
    effect::{MOST_PARAMETERS, Parameter, ParameterKind, attribute_name},
    shown::shortened,
};

use crate::{
    ArchiveError,
    extra::{Metadata, flag, number},
};

/// The key without which inlets are not known.
pub(super) const KEY: &str = "neutone_parameters";
/// Of a generator: four numbers, one text and one list of tokens are what the SDK allows.
const MOST_OF_GENERATORS: usize = 16;
/// Labels of one choice.
const MOST_LABELS: usize = 256;
/// Characters of a name or label, and of a description.
const MOST_NAME_CHARACTERS: usize = 80;
const MOST_DESCRIPTION_CHARACTERS: usize = 1000;
/// The letters of an attribute: what is longer is typed by its key.
const MOST_ATTRIBUTE_BYTES: usize = 60;

/// The parameters that are used, in the order of their rows. Of an effect that lists none all rows are taken to be used, as
/// its code takes them.
pub(super) fn of(metadata: &Metadata, is_effect: bool) -> Result<Vec<Parameter>, ArchiveError> {
    let mut parameters = match metadata.get(KEY).and_then(Value::as_object) {
        Some(listed) => listed.iter().filter_map(|(key, value)| parameter(key, value, is_effect)).collect(),
        None if is_effect => (1..=MOST_PARAMETERS)
            .filter_map(|number| parameter(&format!("p{number}"), &Value::Object(Map::new()), true))
            .collect(),
        None => Vec::new(),
    };
    if parameters.len() > MOST_OF_GENERATORS {
        return Err(ArchiveError::Limit {
            what: format!("parameters in {KEY}"),
            found: parameters.len() as u64,
            most: MOST_OF_GENERATORS as u64,
        });
    }
    name_attributes(&mut parameters);
    Ok(parameters)
}

/// What a parameter is called where it has a place of its own.
pub(super) fn label(parameter: &Parameter) -> String {
    if parameter.name.is_empty() { parameter.key.clone() } else { parameter.name.clone() }
}

/// A parameter, if it is used and has a row. The code of a generator counts those that are not used too.
fn parameter(key: &str, value: &Value, is_effect: bool) -> Option<Parameter> {
    if is_effect && !value.get("used").and_then(flag).unwrap_or(true) {
        return None;
    }
    let text = |name: &str, most| {
        let text = value.get(name).and_then(Value::as_str).unwrap_or_default();
        shortened(text.trim(), most)
    };
    let kind = if is_effect { continuous(value) } else { kind(value) };
    let begins = value.get("default_value");
    let default_value = match &kind {
        // Files say it in the range of the parameter.
        ParameterKind::Continuous { min, max } => {
            let begins = begins.and_then(number).unwrap_or(*min);
            ((begins - min) / (max - min)).clamp(0.0, 1.0)
        }
        ParameterKind::Choice { labels } => choice(begins, labels),
        ParameterKind::Text { .. } | ParameterKind::Tokens { .. } => 0.0,
    };
    let parameter = Parameter {
        key: shortened(key, MOST_NAME_CHARACTERS),
        name: text("name", MOST_NAME_CHARACTERS),
        attribute: String::new(),
        description: text("description", MOST_DESCRIPTION_CHARACTERS),
        default_value,
        kind,
    };
    (!is_effect || parameter.row().is_some()).then_some(parameter)
}

/// What a parameter of a generator takes.
fn kind(value: &Value) -> ParameterKind {
    let most = |key: &str| value.get(key).and_then(number).map_or(0, |number| number.max(0.0) as usize);
    match value.get("type").and_then(Value::as_str) {
        Some("categorical") => ParameterKind::Choice { labels: labels(value) },
        Some("text") => ParameterKind::Text { most_characters: most("max_n_chars") },
        Some("tokens") => ParameterKind::Tokens { most_tokens: most("max_n_tokens") },
        _ => continuous(value),
    }
}

/// A number with the range that it stands for.
fn continuous(value: &Value) -> ParameterKind {
    let end = |key: &str| value.get(key).and_then(number);
    let (min, max) = match (end("min_value"), end("max_value")) {
        (Some(min), Some(max)) if min < max && (max - min).is_finite() => (min, max),
        _ => (0.0, 1.0),
    };
    ParameterKind::Continuous { min, max }
}

/// The names of a choice, or their numbers where it has none.
fn labels(value: &Value) -> Vec<String> {
    let listed = value.get("labels").and_then(Value::as_array);
    let listed = listed.map(Vec::as_slice).unwrap_or_default().iter().filter_map(Value::as_str);
    let labels: Vec<_> =
        listed.take(MOST_LABELS).map(|label| shortened(label, MOST_NAME_CHARACTERS)).collect();
    if !labels.is_empty() {
        return labels;
    }
    let count = value.get("n_values").and_then(number).unwrap_or(0.0).clamp(0.0, MOST_LABELS as f64);
    (0..count as usize).map(|number| number.to_string()).collect()
}

/// The place of a choice to begin with, which is given as a number or a name.
fn choice(begins: Option<&Value>, labels: &[String]) -> f64 {
    let named = begins.and_then(Value::as_str).and_then(|name| labels.iter().position(|label| label == name));
    let place = named.map(|place| place as f64).or_else(|| begins.and_then(number)).unwrap_or(0.0);
    place.trunc().clamp(0.0, labels.len().saturating_sub(1) as f64)
}

/// Gives each the name by which it is set: its own where it can be typed and nobody else has it, else its key.
fn name_attributes(parameters: &mut [Parameter]) {
    let names: Vec<_> = parameters.iter().map(|parameter| attribute_name(&parameter.name)).collect();
    let keys: Vec<_> = parameters.iter().map(|parameter| parameter.key.clone()).collect();
    for (place, parameter) in parameters.iter_mut().enumerate() {
        let name = &names[place];
        // A number would be one where it is typed.
        let can_be_typed =
            !name.is_empty() && name.len() <= MOST_ATTRIBUTE_BYTES && name.parse::<f64>().is_err();
        let is_its_own = names.iter().filter(|other| *other == name).count() == 1
            && keys.iter().enumerate().all(|(other, key)| other == place || key != name);
        parameter.attribute = if can_be_typed && is_its_own { name.clone() } else { parameter.key.clone() };
    }
}
