//! The messages of the model catalogue, which all boxes take.
//!
//! Thread: any but audio.

use super::{
    arguments::bare,
    atom::Atom,
    error::{MessageError, wrong},
};

/// What a message asks of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CatalogueRequest {
    /// Which models there are.
    List,
    /// Bring one.
    Download {
        /// Its card, as it was typed.
        card: String,
        /// The name of the file, if it was typed.
        name: Option<String>,
        /// Whether a file of that name may be replaced.
        force: bool,
    },
    /// Call off the download of a card, or all of this box.
    Cancel(Option<String>),
    /// Delete a file that was brought.
    Delete(String),
}

/// What a box says of the catalogue's answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// A line on the console.
    Note(String),
    /// An error on the console and the outlet for it.
    Error(String),
    /// A message on the outlet for it.
    Info(&'static str, Vec<Atom>),
}

/// The messages, as an error lists them.
pub const CATALOGUE_MESSAGES: &str =
    "get_available_models, print_available_models, download, cancel, delete, remove";

/// Understands a message about the catalogue; `None` when it is about something else.
pub fn parse_catalogue(selector: &str, atoms: &[Atom]) -> Option<Result<CatalogueRequest, MessageError>> {
    Some(match selector {
        "get_available_models" => bare("get_available_models", atoms, CatalogueRequest::List),
        "print_available_models" => bare("print_available_models", atoms, CatalogueRequest::List),
        "download" => download(atoms),
        "cancel" => match atoms {
            [] => Ok(CatalogueRequest::Cancel(None)),
            [card] if card.name().is_some() => Ok(CatalogueRequest::Cancel(card.name())),
            _ => Err(wrong("cancel", atoms, "cancel or cancel CARD")),
        },
        "delete" => name(atoms).ok_or_else(|| wrong("delete", atoms, "delete NAME")),
        "remove" => name(atoms).ok_or_else(|| wrong("remove", atoms, "remove NAME")),
        _ => return None,
    })
}

fn download(atoms: &[Atom]) -> Result<CatalogueRequest, MessageError> {
    let (words, force) = match atoms {
        [words @ .., Atom::Symbol(last)] if last == "force" && !words.is_empty() => (words, true),
        words => (words, false),
    };
    let names = match words {
        [card] => card.name().map(|card| (card, None)),
        [card, name] => card.name().zip(name.name()).map(|(card, name)| (card, Some(name))),
        _ => None,
    };
    let usage = "download CARD, download CARD NAME, or force after either";
    let (card, name) = names.ok_or_else(|| wrong("download", atoms, usage))?;
    Ok(CatalogueRequest::Download { card, name, force })
}

fn name(atoms: &[Atom]) -> Option<CatalogueRequest> {
    match atoms {
        [name] => name.name().map(CatalogueRequest::Delete),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(message: &str) -> Result<CatalogueRequest, String> {
        let (selector, rest) = message.split_once(' ').unwrap_or((message, ""));
        let atoms: Vec<_> = rest
            .split_whitespace()
            .map(|word| word.parse().map_or_else(|_| Atom::symbol(word), Atom::Float))
            .collect();
        parse_catalogue(selector, &atoms).expect("a message of the catalogue").map_err(|e| e.to_string())
    }

    #[test]
    fn every_message_is_understood() {
        let download = |name: Option<&str>, force| CatalogueRequest::Download {
            card: "s/c".into(),
            name: name.map(str::to_owned),
            force,
        };
        for (message, request) in [
            ("get_available_models", CatalogueRequest::List),
            ("print_available_models", CatalogueRequest::List),
            ("download s/c", download(None, false)),
            ("download s/c voice", download(Some("voice"), false)),
            ("download s/c force", download(None, true)),
            ("download s/c voice force", download(Some("voice"), true)),
            ("cancel", CatalogueRequest::Cancel(None)),
            ("cancel s/c", CatalogueRequest::Cancel(Some("s/c".into()))),
            ("delete voice", CatalogueRequest::Delete("voice".into())),
            ("remove voice", CatalogueRequest::Delete("voice".into())),
        ] {
            assert_eq!(parsed(message), Ok(request), "{message}");
        }
        assert_eq!(parse_catalogue("bang", &[]), None);
        // Models may be called by a number.
        let number = CatalogueRequest::Download { card: "808".into(), name: Some("909".into()), force: true };
        assert_eq!(parsed("download 808 909 force"), Ok(number));
        assert_eq!(parsed("cancel 808"), Ok(CatalogueRequest::Cancel(Some("808".into()))));
        assert_eq!(parsed("delete 808"), Ok(CatalogueRequest::Delete("808".into())));
    }

    #[test]
    fn nonsense_says_what_to_type() {
        for (message, line) in [
            (
                "download",
                "download: nothing after it: type download CARD, download CARD NAME, or force after either",
            ),
            (
                "download 0.5",
                "download: '0.5': type download CARD, download CARD NAME, or force after either",
            ),
            ("cancel a b", "cancel: 'a b': type cancel or cancel CARD"),
            ("delete", "delete: nothing after it: type delete NAME"),
            ("remove -1", "remove: '-1': type remove NAME"),
            ("get_available_models 1", "get_available_models: '1': type get_available_models"),
        ] {
            assert_eq!(parsed(message), Err(line.to_owned()));
        }
    }
}
