//! A model as a listing has it, and how users name it.
//!
//! Thread: any but audio.

use serde::{Deserialize, Serialize};

use crate::{
    error::CatalogError,
    names::{ModelName, NameError},
    told::Told,
};
use nn_model::{Formats, shown::plain};

/// One model in the catalog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogEntry {
    /// What a user types: the source's name, then the model's, with `/` between; nothing that hosts would split.
    pub id: String,
    /// The name of the source.
    pub source: String,
    /// What the source calls it.
    pub remote: String,
    /// Its length, if the source tells.
    pub bytes: Option<u64>,
    /// Its checksum in hexadecimal digits, if the source tells.
    pub sha256: Option<String>,
    /// What the source tells of it beside that.
    #[serde(default)]
    pub told: Told,
}

impl CatalogEntry {
    /// A card of a source.
    pub fn new(source: &str, remote: &str, formats: Formats) -> Self {
        let id = format!("{source}/{}", typed(formats.without_usual_extension(remote)));
        Self {
            id,
            source: source.to_owned(),
            remote: remote.to_owned(),
            bytes: None,
            sha256: None,
            told: Told::default(),
        }
    }

    /// The file that it becomes when no other name is given.
    ///
    /// # Errors
    /// When the last part of what the source calls it is no plain name.
    pub fn file_name(&self, formats: Formats) -> Result<ModelName, NameError> {
        ModelName::new(&typed(self.remote.rsplit('/').next().unwrap_or_default()), formats)
    }
}

/// Whether any listing can have such a card: the last part of every card is a file's name.
///
/// # Errors
/// When it is none.
pub fn check(wanted: &str, formats: Formats) -> Result<(), NameError> {
    let last = wanted.rsplit('/').next().unwrap_or_default();
    ModelName::new(&typed(formats.without_usual_extension(last)), formats).map(drop)
}

/// The card that a user means: its whole id, or enough of its end.
///
/// # Errors
/// When there is none, or more than one.
pub fn find<'a>(
    entries: &'a [CatalogEntry],
    wanted: &str,
    formats: Formats,
) -> Result<&'a CatalogEntry, CatalogError> {
    // A card may itself end like a file.
    let whole = typed(wanted);
    let wanted = typed(formats.without_usual_extension(wanted));
    if let Some(entry) = [&whole, &wanted].iter().find_map(|id| entries.iter().find(|entry| entry.id == **id))
    {
        return Ok(entry);
    }
    let ends =
        |entry: &&CatalogEntry, end: &str| entry.id.strip_suffix(end).is_some_and(|rest| rest.ends_with('/'));
    let found: Vec<_> = entries.iter().filter(|entry| ends(entry, &whole) || ends(entry, &wanted)).collect();
    match found[..] {
        [] => Err(CatalogError::NoModel { model: wanted, hint: String::new() }),
        [entry] => Ok(entry),
        _ => {
            const SHOWN: usize = 4;
            let mut candidates =
                found.iter().take(SHOWN).map(|entry| entry.id.as_str()).collect::<Vec<_>>().join(" or ");
            if found.len() > SHOWN {
                candidates += &format!(" or {} others", found.len() - SHOWN);
            }
            Err(CatalogError::Ambiguous { model: wanted, candidates })
        }
    }
}

/// What can be typed as one word in every host, and is seen.
fn typed(text: &str) -> String {
    let typeable = |c: char| {
        if c.is_whitespace() || c.is_control() || ",;$\\{}\"".contains(c) { '_' } else { c }
    };
    plain(&text.chars().map(typeable).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::{CatalogEntry, CatalogError, find as found, *};
    use crate::stand::FORMATS;

    fn find<'a>(entries: &'a [CatalogEntry], wanted: &str) -> Result<&'a CatalogEntry, CatalogError> {
        found(entries, wanted, FORMATS)
    }

    fn entries() -> Vec<CatalogEntry> {
        ["Forum/Voice/anna", "Forum/Drums/anna", "Forum/Drums/my kit, loud"]
            .map(|remote| CatalogEntry::new("ircam", remote, FORMATS))
            .into()
    }

    #[test]
    fn a_card_is_meant_by_its_id_or_by_an_end_that_is_its_own() {
        let entries = entries();
        for wanted in ["ircam/Forum/Voice/anna", "Forum/Voice/anna", "Voice/anna.ts"] {
            assert_eq!(find(&entries, wanted).expect(wanted), &entries[0], "{wanted}");
        }
        assert_eq!(find(&entries, "my_kit__loud").expect("one word"), &entries[2]);
    }

    #[test]
    fn a_card_can_be_seen_and_typed_whatever_its_source_calls_it() {
        let entry = CatalogEntry::new("s", "a\u{202e}st.ts/two words\n\u{200b}x.ts.ts", FORMATS);
        assert_eq!(entry.id, "s/a[U+202E]st.ts/two_words_[U+200B]x.ts");
        assert_eq!(entry.file_name(FORMATS).expect("a name").as_str(), "two_words_[U+200B]x.ts.ts");
        let entries = [entry];
        for wanted in [entries[0].id.as_str(), "two_words_[U+200B]x.ts", "two_words_[U+200B]x.ts.ts"] {
            assert_eq!(find(&entries, wanted).expect(wanted), &entries[0]);
        }
    }

    #[test]
    fn no_card_and_several_cards_are_said() {
        let entries = entries();
        assert!(matches!(find(&entries, "nna"), Err(CatalogError::NoModel { .. })));
        let error = find(&entries, "anna").expect_err("two");
        assert_eq!(
            error.to_string(),
            "'anna' may be ircam/Forum/Voice/anna or ircam/Forum/Drums/anna: type one of these"
        );
    }

    #[test]
    fn what_no_listing_can_have_is_refused() {
        for wanted in ["", "..", "../..", "s/", "s/.ts", "s/con", "s/.x", "a:b"] {
            assert!(check(wanted, FORMATS).is_err(), "{wanted}");
        }
        for entry in entries() {
            assert_eq!(check(&entry.id, FORMATS), Ok(()));
        }
    }

    #[test]
    fn the_file_is_called_as_the_last_part_and_cannot_leave_the_folder() {
        assert_eq!(entries()[2].file_name(FORMATS).expect("a name").as_str(), "my_kit__loud.ts");
        for remote in ["a/..", "a/", "", "a/con", "a/.x"] {
            assert!(CatalogEntry::new("s", remote, FORMATS).file_name(FORMATS).is_err(), "{remote}");
        }
    }

    #[test]
    fn a_card_of_another_format_than_the_first_keeps_its_ending() {
        let entries = ["a/voice.ts", "a/voice.fake"].map(|remote| CatalogEntry::new("s", remote, FORMATS));
        assert_eq!(entries.each_ref().map(|entry| entry.id.as_str()), ["s/a/voice", "s/a/voice.fake"]);
        assert_eq!(find(&entries, "voice.fake").expect("one"), &entries[1]);
        assert_eq!(find(&entries, "voice").expect("the other"), &entries[0]);
        assert_eq!(entries[1].file_name(FORMATS).expect("a name").as_str(), "voice.fake");
    }
}
