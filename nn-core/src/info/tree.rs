//! Keys and values in order, for hosts and files.

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::message::Atom;

/// A value with what lies below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree {
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
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

    /// For hosts without dictionaries: a list for each value, which begins with its keys. Empty lists and maps say
    /// nothing.
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
            Self::Text(text) => vec![Atom::symbol(text.clone())],
            Self::List(values) => values.iter().flat_map(Self::atoms).collect(),
            Self::Map(_) => Vec::new(),
        }
    }

    /// As a YAML document.
    pub fn to_yaml(&self) -> String {
        let mut text = serde_saphyr::to_string(self).unwrap_or_else(|error| unwritable(&error));
        if !text.ends_with('\n') {
            text.push('\n');
        }
        text
    }

    /// As a JSON document.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_else(|error| unwritable(&error)) + "\n"
    }
}

/// Nothing in a tree is unwritable; should a library think otherwise, this is what a user reads.
fn unwritable(error: &dyn std::fmt::Display) -> String {
    format!("# cannot be written: {error}\n")
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Flag(truth) => serializer.serialize_bool(*truth),
            Self::Number(number) => serializer.serialize_i64(*number),
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
