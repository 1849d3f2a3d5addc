//! JSON of a stranger, with no more values kept than allowed, and without the sounds in it.

use std::{cell::Cell, fmt};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// Values and bytes of text that are kept of one document. Those of real models have some hundred.
pub(super) const MOST_KEPT: usize = 1 << 18;
/// What one value counts for beside its text.
const VALUE: usize = 16;
/// The key of the sounds: megabytes of text.
const SOUNDS: &str = "sample_sound_files";

/// What was read of a document.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// The values by key; the first of a key counts.
    pub(super) fields: Map<String, Value>,
    /// Why it was not read to its end.
    pub(super) stop: Option<Stop>,
}

/// Why a document was not read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// It goes on.
    End,
    /// It is none.
    NoJson,
    /// It holds more values than are kept.
    TooMany,
}

/// Reads an object as far as it goes.
pub(super) fn read(text: &[u8]) -> Read {
    let mut fields = Map::new();
    let left = Cell::new(Some(MOST_KEPT));
    let mut document = serde_json::Deserializer::from_slice(text);
    let done =
        Object { fields: &mut fields, left: &left }.deserialize(&mut document).and_then(|()| document.end());
    let stop = done.err().map(|error| match left.get() {
        None => Stop::TooMany,
        Some(_) if error.is_eof() => Stop::End,
        Some(_) => Stop::NoJson,
    });
    Read { fields, stop }
}

/// Pays for a value of so many bytes; `None` is what is left after more than there was.
fn pay<E: Error>(left: &Cell<Option<usize>>, bytes: usize) -> Result<(), E> {
    left.set(left.get().and_then(|left| left.checked_sub(bytes.saturating_add(VALUE))));
    left.get().map(drop).ok_or_else(|| E::custom("more values than are kept"))
}

/// The whole document.
struct Object<'f> {
    fields: &'f mut Map<String, Value>,
    left: &'f Cell<Option<usize>>,
}

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, document: D) -> Result<(), D::Error> {
        document.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<(), A::Error> {
        while let Some(key) = pairs.next_key::<String>()? {
            if key == SOUNDS || self.fields.contains_key(&key) {
                pairs.next_value::<IgnoredAny>()?;
                continue;
            }
            pay(self.left, key.len())?;
            let value = pairs.next_value_seed(Kept(self.left))?;
            self.fields.insert(key, value);
        }
        Ok(())
    }
}

/// One value with all in it.
struct Kept<'l>(&'l Cell<Option<usize>>);

impl<'de> DeserializeSeed<'de> for Kept<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<Value, D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Kept<'_> {
    type Value = Value;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        pay(self.0, 0).map(|()| Value::Null)
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Value, E> {
        pay(self.0, 0).map(|()| truth.into())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        pay(self.0, 0).map(|()| number.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        pay(self.0, 0).map(|()| number.into())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        pay(self.0, 0).map(|()| number.into())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        pay(self.0, text.len()).map(|()| text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        pay(self.0, 0)?;
        let mut list = Vec::new();
        while let Some(member) = members.next_element_seed(Kept(self.0))? {
            list.push(member);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Value, A::Error> {
        pay(self.0, 0)?;
        let mut map = Map::new();
        while let Some(key) = pairs.next_key::<String>()? {
            pay(self.0, key.len())?;
            let value = pairs.next_value_seed(Kept(self.0))?;
            map.entry(key).or_insert(value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_the_end_of_a_part_is_kept() {
        let text = br#"{"a": [1, "x", null], "a": 2, "sample_sound_files": [{"in": "AAAA", "out": "BB"}], "b": true}"#;
        let whole = read(text);
        assert_eq!((whole.fields.len(), whole.stop), (2, None));
        assert_eq!(whole.fields["a"][1], "x");
        let part = read(&text[..60]);
        assert_eq!((part.fields.len(), part.stop), (1, Some(Stop::End)));
    }

    #[test]
    fn what_is_no_object_or_holds_too_much_is_told_apart() {
        for text in [&b"[1]"[..], b"7", b"{\"a\": NaN}", b"{} more", b"{\"a\": \"\xff\"}", b"{1: 2}"] {
            assert_eq!(read(text).stop, Some(Stop::NoJson), "{text:?}");
        }
        assert_eq!(read(b"").stop, Some(Stop::End));
        let deep = [b"{\"a\":".to_vec(), b"[".repeat(100_000)].concat();
        assert_eq!(read(&deep).stop, Some(Stop::NoJson));
        let many = format!("{{\"a\": [{}0]}}", "0,".repeat(MOST_KEPT / VALUE));
        assert_eq!(read(many.as_bytes()).stop, Some(Stop::TooMany));
    }
}
