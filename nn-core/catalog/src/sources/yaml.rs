//! YAML that users write, with errors in words that they understand.

use serde::de::DeserializeOwned;

use crate::names::shown;

/// Reads a document.
///
/// # Errors
/// What is wrong with it and where, in one line.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    serde_saphyr::from_str(text).map_err(|error| {
        let plain = error.without_snippet().to_string();
        in_plain_words(plain.lines().next().unwrap_or_default())
    })
}

/// Rewords errors of the YAML parser for users.
fn in_plain_words(line: &str) -> String {
    let (what, place) = match line.rfind(" at line ") {
        Some(at) => line.split_at(at),
        None => (line, ""),
    };
    let what = if let Some(kind) = what.strip_prefix("invalid ").and_then(|kind| kind.split(' ').next())
        && matches!(kind, "u32" | "u64" | "usize")
    {
        "a whole number is wanted".to_owned()
    } else if what.starts_with("multiple YAML documents") {
        "it is more than one document".to_owned()
    } else if let Some(key) = what.strip_prefix("duplicate mapping key: ") {
        format!("{} is there twice", key.split(", set ").next().unwrap_or(key))
    } else if what == "expected mapping start" {
        "keys and values are wanted, as CATALOG.md shows".to_owned()
    } else if what == "expected sequence start" {
        "a list is wanted, as CATALOG.md shows".to_owned()
    } else {
        what.to_owned()
    };
    shown(&format!("{what}{place}"), 160)
}
