//! What attributes take, in words.

use nn_core::{
    effect::{Parameter, ParameterKind},
    shown::plain,
    value::ValueType,
};

/// Of a parameter, with what its numbers stand for and what it does.
pub fn parameter_takes(parameter: &Parameter) -> String {
    let takes = match &parameter.kind {
        ParameterKind::Continuous { min, max } if (*min, *max) == (0.0, 1.0) => "0 to 1".to_owned(),
        ParameterKind::Continuous { min, max } => format!("0 to 1, which stand for {min} to {max}"),
        ParameterKind::Choice { labels } => {
            labels.iter().map(|label| plain(label)).collect::<Vec<_>>().join(", ")
        }
        ParameterKind::Text { .. } => "words".into(),
        ParameterKind::Tokens { .. } => "whole numbers".into(),
    };
    match parameter.description.as_str() {
        "" => takes,
        description => format!("{takes}: {}", plain(description)),
    }
}

/// Of an attribute with one value of each of these types, whose setter knows these words. Files state no ranges.
pub fn takes(types: &[ValueType], words: Option<&str>) -> String {
    let of_one = |kind: &ValueType| match kind {
        ValueType::Bool => "0 or 1".to_owned(),
        ValueType::Int => "any whole number".into(),
        ValueType::Float => "any number".into(),
        ValueType::String => {
            words.map_or_else(|| "any word".into(), |words| format!("a word: its code names {words}"))
        }
        ValueType::Tensor => "numbers, or an array's name".into(),
        ValueType::Buffer => "an array's name".into(),
    };
    types.iter().map(of_one).collect::<Vec<_>>().join(", then ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_has_its_words() {
        use ValueType::{Bool, Float, Int, String};
        for (types, words, told) in [
            (&[Bool][..], None, "0 or 1"),
            (&[Float, Int], None, "any number, then any whole number"),
            (&[String], None, "any word"),
            (&[String], Some("low, high"), "a word: its code names low, high"),
        ] {
            assert_eq!(takes(types, words), told);
        }
    }

    #[test]
    fn a_parameter_has_its_range_and_what_it_does() {
        let told = |min, max, description: &str| {
            let (key, name, attribute) = Default::default();
            let kind = ParameterKind::Continuous { min, max };
            let description = description.into();
            parameter_takes(&Parameter { key, name, attribute, description, default_value: 0.0, kind })
        };
        assert_eq!(told(0.0, 1.0, ""), "0 to 1");
        assert_eq!(
            told(-12.0, 36.5, "how\u{202e} much"),
            "0 to 1, which stand for -12 to 36.5: how[U+202E] much"
        );
    }
}
