//! Names of model files: one plain path component, on every system.

use std::fmt;

use nn_model::{
    Formats,
    shown::{is_hidden, plain, shortened},
};

/// File systems take 255 bytes; hidden files beside the model have longer names than it has.
const MOST_BYTES: usize = 200;

/// The name of a model's file, with the ending of a format. Whatever folder it is put into, it stays in there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModelName(String);

/// Why a name is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{name}' cannot be a model's name ({what}): type a plain name such as voice or voice.ts")]
pub struct NameError {
    /// What was given, shortened.
    pub name: String,
    /// What is wrong with it.
    pub what: &'static str,
}

impl ModelName {
    /// Takes a name with the ending of a format, or without any: then it gets the usual one.
    ///
    /// # Errors
    /// When it is anything but one plain path component, here or on another system.
    pub fn new(text: &str, formats: Formats) -> Result<Self, NameError> {
        Self::like(text, "", formats)
    }

    /// The same; a name without an ending gets that of another file's name, if it has one of a format.
    ///
    /// # Errors
    /// As [`ModelName::new`].
    pub fn like(text: &str, other: &str, formats: Formats) -> Result<Self, NameError> {
        if let Some(what) = fault(text) {
            return Err(NameError { name: shown(text, 60), what });
        }
        let others =
            other.rsplit_once('.').map(|(_, ending)| ending).filter(|_| formats.of_download(other).is_some());
        Ok(match others.or(formats.usual_extension()) {
            Some(ending) if formats.of_download(text).is_none() => Self(format!("{text}.{ending}")),
            _ => Self(text.to_owned()),
        })
    }

    /// With its ending.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ModelName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn fault(text: &str) -> Option<&'static str> {
    let stem = text.split('.').next().unwrap_or_default();
    if text.is_empty() {
        Some("it is empty")
    } else if text.len() > MOST_BYTES {
        Some("it is too long")
    } else if text.contains(['/', '\\']) {
        Some("it has a separator")
    } else if text.starts_with('.') {
        Some("it begins with a dot")
    } else if text.chars().any(is_hidden) {
        Some("it has characters that are not seen")
    } else if text.contains([':', '*', '?', '"', '<', '>', '|']) {
        Some("it has a character that Windows does not allow")
    } else if text.ends_with(['.', ' ']) || text.starts_with(' ') {
        Some("it begins or ends with a space, or ends with a dot")
    } else if is_device(stem.trim_end()) {
        Some("Windows keeps it for a device")
    } else {
        None
    }
}

/// Names that Windows gives to devices, whatever comes after a dot.
fn is_device(stem: &str) -> bool {
    let stem = stem.to_ascii_uppercase();
    let numbered = ["COM", "LPT"].iter().any(|kind| {
        let number = stem.strip_prefix(kind).map(|rest| rest.chars().collect::<Vec<_>>());
        matches!(number.as_deref(), Some(['0'..='9' | '¹' | '²' | '³']))
    });
    numbered || matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" | "CLOCK$")
}

/// What somebody else wrote, as it may be printed: in one line, of at most so many characters.
pub fn shown(text: &str, most: usize) -> String {
    plain(&shortened(text, most))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stand::FORMATS;

    #[test]
    fn plain_names_get_their_extension() {
        for (text, name) in [
            ("voice", "voice.ts"),
            ("voice.ts", "voice.ts"),
            ("Voice.TS", "Voice.TS"),
            ("rave_v2.1", "rave_v2.1.ts"),
            ("console", "console.ts"),
            ("com10", "com10.ts"),
            ("größe ü", "größe ü.ts"),
        ] {
            assert_eq!(ModelName::new(text, FORMATS).expect(text).as_str(), name);
        }
        for (text, other, name) in [
            ("voice", "a/b.fake", "voice.fake"),
            ("voice.ts", "b.fake", "voice.ts"),
            ("voice.fake", "b", "voice.fake"),
            ("voice", "b.txt", "voice.ts"),
        ] {
            assert_eq!(ModelName::like(text, other, FORMATS).expect(text).as_str(), name);
        }
    }

    #[test]
    fn everything_else_is_refused() {
        let long = "x".repeat(201);
        for text in [
            "",
            ".",
            "..",
            "...",
            "../x",
            "a/b",
            "/etc/passwd",
            "a\\b",
            "..\\x",
            "C:x",
            "C:\\x",
            "x:y",
            ".hidden",
            "a\0b",
            "a\nb",
            "a\u{7f}b",
            "a\u{85}b",
            "a\u{202e}b",
            "a\u{200b}",
            "x.",
            "x ",
            " x",
            "con",
            "CON.ts",
            "nul",
            "NUL.tar.ts",
            "aux ",
            "prn .ts",
            "com1",
            "LPT9.ts",
            "com¹",
            "conin$",
            "a*b",
            "a?b",
            "a\"b",
            "a<b",
            "a|b",
            &long,
        ] {
            let error = ModelName::new(text, FORMATS).expect_err(text);
            assert_eq!(error.to_string().lines().count(), 1, "{error}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_taken_stays_in_its_folder(text in "\\PC*") {
            if let Ok(name) = ModelName::new(&text, FORMATS) {
                let path = std::path::Path::new("folder").join(name.as_str());
                prop_assert_eq!(path.components().count(), 2);
                prop_assert_eq!(path.parent(), Some(std::path::Path::new("folder")));
                prop_assert!(name.as_str().len() <= MOST_BYTES + 3);
            }
        }
    }
}
