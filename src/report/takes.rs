//! What attributes take, in words.

use nn_core::value::ValueType;

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
}
