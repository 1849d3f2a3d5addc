//! Values of attributes on their way.

use nn_model::value::{Value, ValueType};
use serde_json::{Value as Json, json};

/// A value as the process gets it.
pub(crate) fn to_json(value: &Value) -> Json {
    match value {
        Value::Bool(truth) => json!(truth),
        Value::Int(number) => json!(number),
        Value::Float(number) => json!(number),
        Value::String(text) => json!(text),
        Value::Tensor(samples) => json!(samples),
        Value::Buffer(sound) => json!(sound.samples),
    }
}

/// A value of this type, if that is what the process answered.
pub(crate) fn of_json(value: &Json, wanted: ValueType) -> Option<Value> {
    Some(match wanted {
        ValueType::Bool => Value::Bool(value.as_bool()?),
        ValueType::Int => Value::Int(value.as_i64()?),
        ValueType::Float => Value::Float(value.as_f64()?),
        ValueType::String => Value::String(value.as_str()?.to_owned()),
        ValueType::Tensor => {
            let numbers = value.as_array()?.iter().map(|number| number.as_f64().map(|number| number as f32));
            Value::Tensor(numbers.collect::<Option<_>>()?)
        }
        ValueType::Buffer => return None,
    })
}
