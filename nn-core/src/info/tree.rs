//! Keys and values in order, for hosts and files.
//!
//! Thread: any but audio.

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_saphyr::DoubleQuoted;

use crate::message::Atom;
use nn_model::shown::{escaped_json, escaped_yaml, is_hidden, plain};

/// A value, or several below keys.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// Any number.
    Real(f64),
    /// A text.
    Text(String),
    /// Several values.
    List(Vec<Self>),
    /// Values by name, in order.
    Map(Vec<(String, Self)>),
}

impl Tree {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A number of something.
    pub fn count(count: u64) -> Self {
        Self::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// Several texts.
    pub fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::List(texts.into_iter().map(Self::text).collect())
    }

    /// The value below these keys.
    pub fn get(&self, keys: &[&str]) -> Option<&Self> {
        let Some((key, rest)) = keys.split_first() else { return Some(self) };
        let Self::Map(entries) = self else { return None };
        entries.iter().find(|(name, _)| name == key)?.1.get(rest)
    }

    /// For hosts without dictionaries: one list for each value, which begins with its keys. Empty lists and maps are
    /// left out.
    pub fn lists(&self) -> Vec<Vec<Atom>> {
        let mut lists = Vec::new();
        self.list_below(&mut Vec::new(), &mut lists);
        lists
    }

    fn list_below(&self, keys: &mut Vec<Atom>, lists: &mut Vec<Vec<Atom>>) {
        match self {
            Self::Map(entries) => {
                for (key, value) in entries {
                    keys.push(Atom::symbol(key.clone()));
                    value.list_below(keys, lists);
                    keys.pop();
                }
            }
            // Each of several maps or lists would have the same keys.
            Self::List(values)
                if values.iter().any(|value| matches!(value, Self::Map(_) | Self::List(_))) =>
            {
                values.iter().for_each(|value| value.list_below(keys, lists));
            }
            Self::List(values) if values.is_empty() => {}
            _ => lists.push(keys.iter().cloned().chain(self.atoms()).collect()),
        }
    }

    /// The values themselves; none of a map.
    pub fn atoms(&self) -> Vec<Atom> {
        match self {
            Self::Flag(truth) => vec![Atom::Int((*truth).into())],
            Self::Number(number) => vec![Atom::Int(*number)],
            Self::Real(number) => vec![Atom::Float(*number)],
            Self::Text(text) => vec![Atom::symbol(text.clone())],
            Self::List(values) => values.iter().flat_map(Self::atoms).collect(),
            Self::Map(_) => Vec::new(),
        }
    }

    /// As a YAML document.
    pub fn to_yaml(&self) -> String {
        let text = serde_saphyr::to_string(&Yaml(self)).unwrap_or_else(|error| unwritable(&error));
        let mut text = escaped_yaml(&text);
        if !text.ends_with('\n') {
            text.push('\n');
        }
        text
    }

    /// As a JSON document.
    pub fn to_json(&self) -> String {
        escaped_json(&serde_json::to_string_pretty(self).unwrap_or_else(|error| unwritable(&error))) + "\n"
    }
}

/// Everything in a tree can be written; if the library still fails, the user reads this.
fn unwritable(error: &dyn std::fmt::Display) -> String {
    format!("# cannot be written: {error}\n")
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Flag(truth) => serializer.serialize_bool(*truth),
            Self::Number(number) => serializer.serialize_i64(*number),
            Self::Real(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(values) => serializer.collect_seq(values),
            Self::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

/// A tree as YAML: a text with invisible characters is in double quotes, where they can be escaped.
struct Yaml<'a>(&'a Tree);

impl Serialize for Yaml<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Tree::Text(text) => yaml_text(text).serialize(serializer),
            Tree::List(values) => serializer.collect_seq(values.iter().map(Yaml)),
            Tree::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    // Keys are never quoted.
                    map.serialize_entry(&plain(key), &Yaml(value))?;
                }
                map.end()
            }
            other => other.serialize(serializer),
        }
    }
}

/// A text, quoted if need be.
enum YamlText<'a> {
    Plain(&'a str),
    Quoted(DoubleQuoted<&'a str>),
}

fn yaml_text(text: &str) -> YamlText<'_> {
    if text.contains(is_hidden) { YamlText::Quoted(DoubleQuoted(text)) } else { YamlText::Plain(text) }
}

impl Serialize for YamlText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(text) => text.serialize(serializer),
            Self::Quoted(text) => text.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> Tree {
        let method = Tree::Map(vec![
            ("channels_in".into(), Tree::Number(2)),
            ("labels".into(), Tree::texts(["l", "r"])),
        ]);
        Tree::Map(vec![
            ("path".into(), Tree::text("/a b: c/ü.ts")),
            ("methods".into(), Tree::Map(vec![("forward".into(), method)])),
            ("streaming".into(), Tree::Flag(true)),
            ("problems".into(), Tree::List(vec![])),
            ("word".into(), Tree::text("no")),
        ])
    }

    #[test]
    fn a_document_keeps_the_order_and_odd_texts() {
        let yaml = tree().to_yaml();
        assert_eq!(
            yaml,
            "path: \"/a b: c/ü.ts\"\nmethods:\n  forward:\n    channels_in: 2\n    labels:\n    - l\n    - r\n\
             streaming: true\nproblems: []\nword: \"no\"\n"
        );
        let json: serde_json::Value = serde_json::from_str(&tree().to_json()).expect("JSON");
        assert_eq!(json["methods"]["forward"]["channels_in"], 2);
        assert_eq!(json["path"], "/a b: c/ü.ts");
    }

    #[test]
    fn what_is_not_seen_is_written_out_in_documents_and_read_back_as_it_is() {
        let odd = "a\u{202e}b\u{200b}\u{e0041} \"c\\d";
        let tree = Tree::Map(vec![
            ("plain".into(), Tree::text("x")),
            (odd.into(), Tree::texts([odd, "two\nlines\u{7f}"])),
        ]);
        let hidden = |document: &str| document.replace('\n', "").contains(is_hidden);
        let (json, yaml) = (tree.to_json(), tree.to_yaml());
        assert!(!hidden(&json) && !hidden(&yaml), "{json}{yaml}");
        let read: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(read[odd][0], odd);
        let read: serde_json::Value = serde_saphyr::from_str(&yaml).unwrap_or_else(|e| panic!("{yaml}{e}"));
        let key = nn_model::shown::plain(odd);
        assert_eq!(read[key], serde_json::json!([odd, "two\nlines\u{7f}"]), "{yaml}");
    }

    #[test]
    fn lists_begin_with_the_keys() {
        let lists: Vec<_> = tree().lists().iter().map(|list| crate::message::text(list)).collect();
        assert_eq!(
            lists,
            [
                "path /a b: c/ü.ts",
                "methods forward channels_in 2",
                "methods forward labels l r",
                "streaming 1",
                "word no"
            ]
        );
    }

    #[test]
    fn values_are_reached_by_their_keys() {
        assert_eq!(tree().get(&["methods", "forward", "channels_in"]), Some(&Tree::Number(2)));
        assert_eq!(tree().get(&["methods", "back"]), None);
        assert_eq!(tree().get(&["streaming", "more"]), None);
    }
}
