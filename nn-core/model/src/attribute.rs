//! Checks values against the types of an attribute, in the same way for every host and every kind of model.

use crate::{
    AttributeError,
    shown::shortened,
    spec::AttributeSpec,
    value::{Value, ValueType},
};

/// 2^63, the first number above every `i64`.
const INT_END: f64 = 9_223_372_036_854_775_808.0;

/// Converts the values of a message to the types of the attribute.
///
/// Hosts have fewer types than models, and old patches have sliders: as in nn~ 1.6 a float becomes an int without its
/// fraction. Any number but 0 is true (a MIDI switch sends 127), and so are the words true, on and yes; false are 0
/// and the words false, off and no. A number where a text is expected becomes its shortest text. Anything else is an
/// error.
///
/// Pure; any thread.
///
/// # Errors
/// [`AttributeError::Count`] or [`AttributeError::Type`], about the first value that does not fit.
pub fn check_values(spec: &AttributeSpec, values: &[Value]) -> Result<Vec<Value>, AttributeError> {
    if values.len() != spec.types.len() {
        return Err(AttributeError::Count {
            attribute: spec.name.clone(),
            types: spec.types.clone(),
            found: values.len(),
            given: if values.is_empty() { String::new() } else { format!(" ({})", given(values)) },
        });
    }
    let fit = |(at, (value, &wanted)): (usize, (&Value, &ValueType))| {
        fitted(value, wanted).ok_or_else(|| AttributeError::Type {
            attribute: spec.name.clone(),
            position: at + 1,
            wanted: wanted_text(wanted),
            found: found_text(value),
        })
    };
    values.iter().zip(&spec.types).enumerate().map(fit).collect()
}

fn fitted(value: &Value, wanted: ValueType) -> Option<Value> {
    match wanted {
        ValueType::Bool => truth(value).map(Value::Bool),
        ValueType::Int => whole(value).map(Value::Int),
        ValueType::Float => match *value {
            Value::Float(number) => Some(Value::Float(number)),
            Value::Int(number) => Some(Value::Float(number as f64)),
            _ => None,
        },
        ValueType::String => match value {
            Value::String(_) => Some(value.clone()),
            Value::Int(number) => Some(Value::String(number.to_string())),
            &Value::Float(number) => Some(Value::String(number_text(number))),
            _ => None,
        },
        ValueType::Tensor => matches!(value, Value::Tensor(_)).then(|| value.clone()),
        ValueType::Buffer => match value {
            Value::Buffer(sound) if is_rectangle(sound.samples.len(), sound.channels) => Some(value.clone()),
            _ => None,
        },
    }
}

fn is_rectangle(samples: usize, channels: usize) -> bool {
    samples.checked_rem(channels).unwrap_or(samples) == 0
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        Value::Int(number) => Some(*number != 0),
        Value::Float(number) => (!number.is_nan()).then_some(*number != 0.0),
        Value::String(text) => match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "on" | "yes" => Some(true),
            "false" | "0" | "off" | "no" => Some(false),
            _ => None,
        },
        Value::Tensor(_) | Value::Buffer(_) => None,
    }
}

fn whole(value: &Value) -> Option<i64> {
    match *value {
        Value::Int(number) => Some(number),
        Value::Float(number) => {
            let cut = number.trunc();
            (-INT_END..INT_END).contains(&cut).then_some(cut as i64)
        }
        _ => None,
    }
}

/// The shortest text of a number; of a single-precision one (all numbers of a host are) without the digits that
/// widening added.
fn number_text(number: f64) -> String {
    let narrow = number as f32;
    if f64::from(narrow) == number { narrow.to_string() } else { number.to_string() }
}

fn wanted_text(wanted: ValueType) -> &'static str {
    match wanted {
        ValueType::Bool => "a bool (0 or another number, true or false, on or off, yes or no)",
        ValueType::Int => "an int (a number below 2^63, cut to a whole one)",
        ValueType::Float => "a float (a number)",
        ValueType::String => "a string (a word)",
        ValueType::Tensor => "a tensor (the name of an array or buffer)",
        ValueType::Buffer => "a buffer (the name of an array or buffer)",
    }
}

/// The error for a setter that refused these values. `allowed` says which it accepts, if known.
pub fn refused(spec: &AttributeSpec, values: &[Value], code: i64, allowed: String) -> AttributeError {
    let wanted = match &spec.types[..] {
        [one] => wanted_text(*one).to_owned(),
        types => types.iter().map(|t| t.name()).collect::<Vec<_>>().join(" "),
    };
    let allowed = if allowed.is_empty() { "but not every one".into() } else { allowed };
    AttributeError::Refused { attribute: spec.name.clone(), code, given: given(values), wanted, allowed }
}

/// How many characters of the values an error repeats.
const MOST_GIVEN: usize = 60;

/// Values as an error names them.
pub fn given(values: &[Value]) -> String {
    // Long lists are cut anyway.
    let texts: Vec<_> = values.iter().take(MOST_GIVEN).map(found_text).collect();
    if texts.is_empty() { "nothing".into() } else { shortened(&texts.join(", "), MOST_GIVEN) }
}

fn found_text(value: &Value) -> String {
    match value {
        Value::Bool(truth) => truth.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) if number.is_finite() && number.abs() >= 1e16 => {
            // All digits of such a one would say less.
            let narrow = *number as f32;
            if f64::from(narrow) == *number { format!("{narrow:e}") } else { format!("{number:e}") }
        }
        Value::Float(number) => number_text(*number),
        Value::String(text) => format!("the word {text}"),
        Value::Tensor(samples) if samples.len() == 1 => "a tensor of 1 sample".into(),
        Value::Tensor(samples) => format!("a tensor of {} samples", samples.len()),
        Value::Buffer(sound) => {
            format!("a buffer of {} channels and {} samples", sound.channels, sound.samples.len())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::SoundBuffer;

    fn check(types: &[ValueType], values: &[Value]) -> Result<Vec<Value>, AttributeError> {
        check_values(&AttributeSpec { name: "a".into(), types: types.into() }, values)
    }

    fn one(wanted: ValueType, value: Value) -> Option<Value> {
        check(&[wanted], &[value]).ok().map(|mut values| values.remove(0))
    }

    fn word(text: &str) -> Value {
        Value::String(text.into())
    }

    #[test]
    fn floats_are_ints_without_what_is_behind_their_point() {
        for (number, int) in
            [(-3.0, -3), (2.7, 2), (-2.7, -2), (0.99, 0), (-0.5, 0), (1e9 + 0.5, 1_000_000_000)]
        {
            assert_eq!(one(ValueType::Int, Value::Float(number)), Some(Value::Int(int)), "{number}");
        }
        assert_eq!(one(ValueType::Int, Value::Float(-INT_END)), Some(Value::Int(i64::MIN)));
        for wrong in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, INT_END, -2.0 * INT_END, 1e300] {
            assert_eq!(one(ValueType::Int, Value::Float(wrong)), None, "{wrong}");
        }
    }

    #[test]
    fn ints_keep_all_their_digits() {
        let exact = 9_007_199_254_740_993; // 2^53 + 1, which no double holds.
        assert_eq!(one(ValueType::Int, Value::Int(exact)), Some(Value::Int(exact)));
    }

    #[test]
    fn an_int_is_a_float_where_a_float_belongs() {
        assert_eq!(one(ValueType::Float, Value::Int(2)), Some(Value::Float(2.0)));
        assert_eq!(one(ValueType::Float, Value::Float(0.1)), Some(Value::Float(0.1)));
        assert_eq!(one(ValueType::Float, word("2")), None);
        assert_eq!(one(ValueType::Float, Value::Bool(true)), None);
    }

    #[test]
    fn bools_are_eight_words_and_all_numbers() {
        for (text, truth) in [("TRUE", true), ("1", true), ("on", true), ("Yes", true)] {
            assert_eq!(one(ValueType::Bool, word(text)), Some(Value::Bool(truth)), "{text}");
        }
        for text in ["false", "0", "OFF", "no"] {
            assert_eq!(one(ValueType::Bool, word(text)), Some(Value::Bool(false)), "{text}");
        }
        assert_eq!(one(ValueType::Bool, Value::Float(1.0)), Some(Value::Bool(true)));
        assert_eq!(one(ValueType::Bool, Value::Int(0)), Some(Value::Bool(false)));
        for number in [2.0, 0.5, 127.0, -1.0, 1e-30, f64::INFINITY] {
            assert_eq!(one(ValueType::Bool, Value::Float(number)), Some(Value::Bool(true)), "{number}");
        }
        assert_eq!(one(ValueType::Bool, Value::Int(127)), Some(Value::Bool(true)));
        assert_eq!(one(ValueType::Bool, Value::Float(-0.0)), Some(Value::Bool(false)));
        for wrong in [word("maybe"), word(""), Value::Float(f64::NAN)] {
            assert_eq!(one(ValueType::Bool, wrong.clone()), None, "{wrong:?}");
        }
    }

    #[test]
    fn numbers_become_their_shortest_text_where_a_text_belongs() {
        for (number, text) in [(3.0, "3"), (f64::from(0.1f32), "0.1"), (0.1, "0.1"), (-2.5, "-2.5")] {
            assert_eq!(one(ValueType::String, Value::Float(number)), Some(word(text)));
        }
        assert_eq!(one(ValueType::String, Value::Int(7)), Some(word("7")));
    }

    #[test]
    fn a_buffer_whose_samples_do_not_fill_its_channels_is_refused() {
        let sound = |channels, samples| {
            Value::Buffer(SoundBuffer { channels, samples: vec![0.0; samples], sample_rate_hz: 44_100 })
        };
        assert!(one(ValueType::Buffer, sound(2, 6)).is_some());
        assert!(one(ValueType::Buffer, sound(0, 0)).is_some());
        assert!(one(ValueType::Buffer, sound(2, 5)).is_none());
        assert!(one(ValueType::Buffer, sound(0, 5)).is_none());
        assert!(one(ValueType::Tensor, sound(1, 5)).is_none());
    }

    #[test]
    fn errors_name_the_attribute_the_position_and_what_came() {
        let types = [ValueType::Float, ValueType::Int];
        let count = check(&types, &[Value::Int(1)]).unwrap_err();
        assert_eq!(count.to_string(), "a takes float int (2 values), not 1 (1): set a float int");
        let wrong = check(&types, &[Value::Int(1), Value::Float(1e20)]).unwrap_err();
        assert_eq!(
            wrong.to_string(),
            "a: value 2 must be an int (a number below 2^63, cut to a whole one), not 1e20"
        );
        let many = check(&types, &vec![word("abcdefgh"); 1_000]).unwrap_err().to_string();
        assert!(many.contains("(the word abcdefgh, the word ") && many.len() < 160, "{many}");
    }
}
