//! What a source tells of a model before it is downloaded.
//!
//! Thread: any but audio.

use serde::{Deserialize, Serialize};

use crate::names::shown;
use nn_model::About;

/// Characters of one text, and how many authors and tags.
const MOST_CHARACTERS: usize = 200;
pub(crate) const MOST_MEMBERS: usize = 16;

/// Texts of a source or a file, as they may be shown: in one line each, short, and seen as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    /// The model's name.
    pub name: Option<String>,
    /// Who made it.
    pub authors: Vec<String>,
    /// What it is.
    pub about: Option<String>,
    /// What may be done with it.
    pub licence: Option<String>,
    /// Words under which it is to be found.
    pub tags: Vec<String>,
}

impl Told {
    /// All of it in one line; `None` where nothing is told.
    pub fn line(&self) -> Option<String> {
        let authors = (!self.authors.is_empty()).then(|| format!("by {}", self.authors.join(", ")));
        let parts = [self.about.clone().or_else(|| self.name.clone()), authors, self.licence.clone()];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    /// Whether nothing is told.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl From<About> for Told {
    fn from(about: About) -> Self {
        let members =
            |texts: &[String]| texts.iter().filter_map(|text| text_of(text)).take(MOST_MEMBERS).collect();
        let text = |text: Option<String>| text_of(&text.unwrap_or_default());
        Self {
            authors: members(&about.authors),
            tags: members(&about.tags),
            name: text(about.name),
            about: text(about.short),
            licence: text(about.licence),
        }
    }
}

/// A text as it may be shown; `None` of an empty one.
pub(crate) fn text_of(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| shown(text, MOST_CHARACTERS))
}

/// The members of a text with commas between them.
pub(crate) fn members_of(text: &str) -> Vec<String> {
    text.split(',').filter_map(text_of).take(MOST_MEMBERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_one_line_of_texts_that_are_seen() {
        let about = About {
            name: Some("over\u{202e}drive".into()),
            authors: vec!["Ada".into(), " ".into(), "Bob\nB.".into()],
            licence: Some("MIT".into()),
            short: Some("x".repeat(1000)),
            ..About::default()
        };
        let mut told = Told::from(about);
        assert_eq!(told.about.take().map(|text| text.len()), Some(MOST_CHARACTERS + 3));
        assert_eq!(told.line().as_deref(), Some("over[U+202E]drive; by Ada, Bob B.; MIT"));
        assert!(Told::default().is_empty() && Told::default().line().is_none());
        assert_eq!(members_of(" a, ,b"), ["a", "b"]);
    }
}
