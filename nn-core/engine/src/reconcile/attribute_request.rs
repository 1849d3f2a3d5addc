//! Messages to a model, checked against its description of its attributes.

use crate::command::Command;
use crate::refusal::Refusal;
use nn_model::{
    array::ArrayFault,
    attribute::check_values,
    midi::TimedMidi,
    spec::{AttributeSpec, ModelSpec},
    value::{SoundBuffer, Value, ValueType},
};

/// The message that carries MIDI.
const MIDI: &str = "midi";
/// Who understands it.
const TAKERS: &str = "scripts do (effect.py), and models with an attribute midi, a tensor";

/// A message to the model.
#[derive(Clone, Debug, PartialEq)]
pub enum AttributeRequest {
    /// Set it to what was typed.
    Set(String, Vec<Typed>),
    /// Read it.
    Get(String),
    /// One message of MIDI.
    Midi(Vec<u8>),
}

/// A value as it was typed, and what the host's array of that name holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    /// The value.
    pub value: Value,
    /// The array, where the value may be the name of one.
    pub array: Option<Result<SoundBuffer, ArrayFault>>,
}

impl Typed {
    /// A value that is no name of an array.
    pub fn plain(value: Value) -> Self {
        Self { value, array: None }
    }

    /// The value for a type: that of the array, where one belongs.
    fn of_type(self, wanted: ValueType) -> Result<Value, ArrayFault> {
        match (wanted, self.array) {
            (ValueType::Tensor, Some(array)) => array.map(|mut sound| {
                sound.samples.truncate(sound.samples.len() / sound.channels.max(1));
                Value::Tensor(sound.samples)
            }),
            (ValueType::Buffer, Some(array)) => array.map(Value::Buffer),
            _ => Ok(self.value),
        }
    }
}

/// Values for an attribute's types, not yet checked. Where it is one tensor, its numbers may be typed too.
fn values(spec: &AttributeSpec, typed: Vec<Typed>) -> Result<Vec<Value>, ArrayFault> {
    if spec.types == [ValueType::Tensor] {
        let number = |typed: &Typed| match typed.value {
            Value::Int(number) => Some(number as f32),
            Value::Float(number) => Some(number as f32),
            _ => None,
        };
        if let Some(numbers) = typed.iter().map(number).collect() {
            return Ok(vec![Value::Tensor(numbers)]);
        }
    }
    let types = spec.types.iter().map(Some).chain(std::iter::repeat(None));
    typed
        .into_iter()
        .zip(types)
        .map(|(typed, wanted)| wanted.map_or(Ok(typed.value.clone()), |&w| typed.of_type(w)))
        .collect()
}

/// The first word among several values of a tensor, which may be numbers.
fn stray_word<'a>(spec: &AttributeSpec, typed: &'a [Typed]) -> Option<&'a str> {
    let words = typed.iter().filter_map(|typed| match &typed.value {
        Value::String(word) => Some(word.as_str()),
        _ => None,
    });
    let several = spec.types == [ValueType::Tensor] && typed.len() > 1;
    words.into_iter().next().filter(|_| several)
}

impl AttributeRequest {
    /// The attribute.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Set(name, _) | Self::Get(name) => name,
            Self::Midi(_) => MIDI,
        }
    }

    /// What the model is told, or why it is not.
    pub(super) fn checked(self, spec: &ModelSpec) -> Result<Command, Refusal> {
        if let Self::Midi(bytes) = self {
            return match spec.takes_midi() {
                true => Ok(Command::Midi(TimedMidi { at_frames: 0, bytes })),
                false => Err(Refusal {
                    kind: MIDI.into(),
                    line: format!("{MIDI}: this model takes no MIDI: {TAKERS}"),
                }),
            };
        }
        let Some(attribute) = spec.attribute(self.name()) else {
            let has: Vec<_> = spec.attributes.iter().map(|a| a.name.as_str()).collect();
            let has = if has.is_empty() { "no attributes".to_owned() } else { has.join(", ") };
            return Err(format!("no attribute '{}': the model has {has}", self.name()).into());
        };
        match self {
            Self::Set(name, typed) => {
                if let Some(word) = stray_word(attribute, &typed) {
                    return Err(format!(
                        "{name}: '{word}' is no number: set {name} takes the name of one array, or numbers alone"
                    )
                    .into());
                }
                let values = values(attribute, typed).map_err(|fault| format!("{name}: {fault}"))?;
                let values = check_values(attribute, &values)?;
                Ok(Command::Set { attribute: attribute.name.clone(), values: values.into() })
            }
            Self::Get(_) | Self::Midi(_) => Ok(Command::Get { attribute: attribute.name.clone() }),
        }
    }
}

/// What is said without a model.
pub fn no_model(what: &str) -> String {
    format!("{what}: there is no model yet: send load MODEL")
}
