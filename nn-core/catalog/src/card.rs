//! A model as a listing has it, and how users name it.
//!
//! Thread: any but audio.

use serde::{Deserialize, Serialize};

use crate::{
    error::CatalogError,
    names::{ModelName, NameError},
};
use nn_model::{Formats, shown::plain};

/// One model in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
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
}

impl Card {
    /// A card of a source.
    pub fn new(source: &str, remote: &str, formats: Formats) -> Self {
        let id = format!("{source}/{}", typed(formats.without_usual_extension(remote)));
        Self { id, source: source.to_owned(), remote: remote.to_owned(), bytes: None, sha256: None }
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
pub fn find<'a>(cards: &'a [Card], wanted: &str, formats: Formats) -> Result<&'a Card, CatalogError> {
    // A card may itself end like a file.
    let whole = typed(wanted);
    let wanted = typed(formats.without_usual_extension(wanted));
    if let Some(card) = [&whole, &wanted].iter().find_map(|id| cards.iter().find(|card| card.id == **id)) {
        return Ok(card);
    }
    let ends = |card: &&Card, end: &str| card.id.strip_suffix(end).is_some_and(|rest| rest.ends_with('/'));
    let found: Vec<_> = cards.iter().filter(|card| ends(card, &whole) || ends(card, &wanted)).collect();
    match found[..] {
        [] => Err(CatalogError::NoCard { card: wanted, hint: String::new() }),
        [card] => Ok(card),
        _ => {
            const SHOWN: usize = 4;
            let mut candidates =
                found.iter().take(SHOWN).map(|card| card.id.as_str()).collect::<Vec<_>>().join(" or ");
            if found.len() > SHOWN {
                candidates += &format!(" or {} others", found.len() - SHOWN);
            }
            Err(CatalogError::Ambiguous { card: wanted, candidates })
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
    use super::{Card, CatalogError, find as found, *};
    use crate::stand::FORMATS;

    fn find<'a>(cards: &'a [Card], wanted: &str) -> Result<&'a Card, CatalogError> {
        found(cards, wanted, FORMATS)
    }

    fn cards() -> Vec<Card> {
        ["Forum/Voice/anna", "Forum/Drums/anna", "Forum/Drums/my kit, loud"]
            .map(|remote| Card::new("ircam", remote, FORMATS))
            .into()
    }

    #[test]
    fn a_card_is_meant_by_its_id_or_by_an_end_that_is_its_own() {
        let cards = cards();
        for wanted in ["ircam/Forum/Voice/anna", "Forum/Voice/anna", "Voice/anna.ts"] {
            assert_eq!(find(&cards, wanted).expect(wanted), &cards[0], "{wanted}");
        }
        assert_eq!(find(&cards, "my_kit__loud").expect("one word"), &cards[2]);
    }

    #[test]
    fn a_card_can_be_seen_and_typed_whatever_its_source_calls_it() {
        let card = Card::new("s", "a\u{202e}st.ts/two words\n\u{200b}x.ts.ts", FORMATS);
        assert_eq!(card.id, "s/a[U+202E]st.ts/two_words_[U+200B]x.ts");
        assert_eq!(card.file_name(FORMATS).expect("a name").as_str(), "two_words_[U+200B]x.ts.ts");
        let cards = [card];
        for wanted in [cards[0].id.as_str(), "two_words_[U+200B]x.ts", "two_words_[U+200B]x.ts.ts"] {
            assert_eq!(find(&cards, wanted).expect(wanted), &cards[0]);
        }
    }

    #[test]
    fn no_card_and_several_cards_are_said() {
        let cards = cards();
        assert!(matches!(find(&cards, "nna"), Err(CatalogError::NoCard { .. })));
        let error = find(&cards, "anna").expect_err("two");
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
        for card in cards() {
            assert_eq!(check(&card.id, FORMATS), Ok(()));
        }
    }

    #[test]
    fn the_file_is_called_as_the_last_part_and_cannot_leave_the_folder() {
        assert_eq!(cards()[2].file_name(FORMATS).expect("a name").as_str(), "my_kit__loud.ts");
        for remote in ["a/..", "a/", "", "a/con", "a/.x"] {
            assert!(Card::new("s", remote, FORMATS).file_name(FORMATS).is_err(), "{remote}");
        }
    }

    #[test]
    fn a_card_of_another_format_than_the_first_keeps_its_ending() {
        let cards = ["a/voice.ts", "a/voice.fake"].map(|remote| Card::new("s", remote, FORMATS));
        assert_eq!(cards.each_ref().map(|card| card.id.as_str()), ["s/a/voice", "s/a/voice.fake"]);
        assert_eq!(find(&cards, "voice.fake").expect("one"), &cards[1]);
        assert_eq!(find(&cards, "voice").expect("the other"), &cards[0]);
        assert_eq!(cards[1].file_name(FORMATS).expect("a name").as_str(), "voice.fake");
    }
}
