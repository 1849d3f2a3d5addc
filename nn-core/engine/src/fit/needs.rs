//! Finds the attributes that a method needs before it works, by setting them.
//!
//! Thread: any but audio.

use nn_model::{
    spec::{AttributeSpec, ModelSpec},
    value::{SoundBuffer, Value, ValueType},
};

/// Attributes by their index, with values for a trial.
pub type Settings = Vec<(usize, Vec<Value>)>;

/// How long an array for a trial is, in samples: a second.
const ARRAY_FRAMES: usize = 44_100;

/// The attributes that must be set before a method works, with values; `None` if there are none. `works` tries the
/// method. Arrays are missing most often: they come first, one by one and all together.
pub fn needed_first(spec: &ModelSpec, works: &mut dyn FnMut(&Settings) -> bool) -> Option<Settings> {
    let all = |wanted: &dyn Fn(&AttributeSpec) -> bool| -> Settings {
        let attributes = spec.attributes.iter().enumerate().filter(|(_, attribute)| wanted(attribute));
        attributes.map(|(at, attribute)| (at, attribute.types.iter().map(value).collect())).collect()
    };
    let (arrays, everything) = (all(&takes_array), all(&|_| true));
    let others = everything.iter().filter(|(at, _)| !takes_array(&spec.attributes[*at]));
    let singles = arrays.iter().chain(others).map(|one| vec![one.clone()]);
    let mut tried = singles.collect::<Vec<_>>();
    tried.insert(arrays.len(), arrays);
    tried.push(everything);
    tried.into_iter().find(|settings| !settings.is_empty() && works(settings))
}

/// The messages that set them.
pub fn messages(spec: &ModelSpec, settings: &Settings) -> String {
    let messages = settings.iter().map(|(at, _)| message(&spec.attributes[*at]));
    messages.collect::<Vec<_>>().join(" and ")
}

/// The messages that give a model the arrays that it may need first, if it takes any that were not set.
pub fn arrays_first(spec: &ModelSpec, is_set: impl Fn(&str) -> bool) -> Option<String> {
    let unset = spec.attributes.iter().filter(|attribute| takes_array(attribute) && !is_set(&attribute.name));
    let messages: Vec<_> = unset.map(message).collect();
    (!messages.is_empty()).then(|| messages.join(" or "))
}

fn takes_array(attribute: &AttributeSpec) -> bool {
    attribute.types.iter().any(|kind| matches!(kind, ValueType::Buffer | ValueType::Tensor))
}

fn message(attribute: &AttributeSpec) -> String {
    let values = attribute.types.iter().map(|kind| match kind {
        ValueType::Buffer | ValueType::Tensor => "ARRAY",
        ValueType::Bool => "1",
        ValueType::Int | ValueType::Float => "NUMBER",
        ValueType::String => "TEXT",
    });
    format!("set {} {}", attribute.name, values.collect::<Vec<_>>().join(" "))
}

fn value(kind: &ValueType) -> Value {
    let samples = |frames: usize| (0..frames).map(|n| 0.25 * (n as f32 * 0.05).sin()).collect::<Vec<f32>>();
    match kind {
        ValueType::Bool => Value::Bool(true),
        ValueType::Int => Value::Int(1),
        ValueType::Float => Value::Float(1.0),
        ValueType::String => Value::String(String::new()),
        ValueType::Tensor => Value::Tensor(samples(ARRAY_FRAMES)),
        ValueType::Buffer => {
            Value::Buffer(SoundBuffer { samples: samples(ARRAY_FRAMES), channels: 1, sample_rate_hz: 44_100 })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_is_found_and_nothing_more() {
        let attribute =
            |name: &str, types: &[ValueType]| AttributeSpec { name: name.into(), types: types.into() };
        let spec = ModelSpec {
            attributes: vec![
                attribute("gain", &[ValueType::Float]),
                attribute("buf", &[ValueType::Buffer]),
                attribute("curve", &[ValueType::Tensor, ValueType::Int]),
            ],
            ..ModelSpec::default()
        };
        let needs = |wanted: &[usize]| {
            let mut works =
                |settings: &Settings| wanted.iter().all(|w| settings.iter().any(|(at, _)| at == w));
            needed_first(&spec, &mut works).map(|settings| messages(&spec, &settings))
        };
        assert_eq!(needs(&[1]).as_deref(), Some("set buf ARRAY"));
        assert_eq!(needs(&[1, 2]).as_deref(), Some("set buf ARRAY and set curve ARRAY NUMBER"));
        assert_eq!(needs(&[0]).as_deref(), Some("set gain NUMBER"));
        assert_eq!(needs(&[7]), None);
        assert_eq!(arrays_first(&spec, |name| name == "curve").as_deref(), Some("set buf ARRAY"));
        assert_eq!(arrays_first(&spec, |_| true), None);
    }
}
