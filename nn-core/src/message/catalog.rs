//! The messages of the model catalog, which all boxes take.
//!
//! Thread: any but audio.

use super::{
    arguments::{bare, name},
    atom::Atom,
    error::MessageError,
    table::{self, AS_USAGE, Form, Message, Parsed, names},
};

/// A request to the model catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CatalogMessage {
    /// List the models of all sources.
    List,
    /// Download a model.
    Download {
        /// Its name in the catalog (card), as typed.
        model: String,
        /// Another name for the file, if typed.
        name: Option<String>,
        /// Whether a file of that name may be replaced.
        force: bool,
    },
    /// Cancel the download of a card, or all of this box.
    Cancel(Option<String>),
    /// Delete a file that the catalog downloaded.
    Delete(String),
}

/// What a box reports of the catalog's answers.
#[derive(Clone, Debug, PartialEq)]
pub enum CatalogEvent {
    /// A line on the console.
    Note(String),
    /// An error on the console and the outlet for it.
    Error(String),
    /// A message on the outlet for it.
    Info(&'static str, Vec<Atom>),
}

/// The messages of the catalog.
#[rustfmt::skip] // One row of the document is one line.
pub const CATALOG_MESSAGES: &[Message<CatalogMessage>] = &[
    Message {
        selector: "get_available_models",
        section: "Downloading models",
        usage: "get_available_models",
        forms: &[
            Form { typed: &["get_available_models"], effect: "asks all sources; `available CARD BYTES` for each model (-1 if the source does not state the size), then `available_models COUNT`. The console also shows what a source tells of a model (what it is, by whom, its licence). Sources that do not answer are named, and listed as they were last" },
        ],
        help: &[
            ("get_available_models", "lists: available CARD BYTES"),
        ],
        attribute: None,
        parse: |atoms| bare(atoms, CatalogMessage::List),
    },
    Message {
        selector: "print_available_models",
        section: "Downloading models",
        usage: "print_available_models",
        forms: &[
            Form { typed: &["print_available_models"], effect: "the same" },
        ],
        help: &[
            ("print_available_models", "the same"),
        ],
        attribute: None,
        parse: |atoms| bare(atoms, CatalogMessage::List),
    },
    Message {
        selector: "download",
        section: "Downloading models",
        usage: "download CARD, download CARD NAME, or force after either",
        forms: &[
            Form { typed: &["download CARD"], effect: "downloads a model into the models folder, where `load` finds it. CARD is its name in the list, or enough of its end to be unique. `progress CARD PERCENT BYTES` at most four times a second (-1 per cent if the size is unknown), then `downloaded CARD PATH`" },
            Form { typed: &["download CARD NAME"], effect: "under another name" },
            Form { typed: &["download CARD force", "download CARD NAME force"], effect: "replaces a file of that name" },
        ],
        help: &[
            ("download CARD", "CARD as listed, or its end"),
        ],
        attribute: None,
        parse: download,
    },
    Message {
        selector: "cancel",
        section: "Downloading models",
        usage: "cancel or cancel CARD",
        forms: &[
            Form { typed: &["cancel"], effect: "cancels the downloads that this box started, even if another box waits for them too; `cancelled CARD` for each" },
            Form { typed: &["cancel CARD"], effect: "cancels that download, whichever box started it" },
        ],
        help: &[
            ("cancel", "calls off this box's downloads"),
        ],
        attribute: None,
        parse: cancel,
    },
    Message {
        selector: "delete",
        section: "Downloading models",
        usage: "delete NAME",
        forms: &[
            Form { typed: &["delete NAME"], effect: "deletes a model that the catalog downloaded, and nothing else; `deleted NAME`. A box that plays it plays on" },
        ],
        help: &[
            ("delete NAME", "one that was downloaded"),
        ],
        attribute: None,
        parse: delete,
    },
    Message {
        selector: "remove",
        section: "Downloading models",
        usage: "remove NAME",
        forms: &[
            Form { typed: &["remove NAME"], effect: "the same" },
        ],
        help: &[
            ("remove NAME", "the same"),
        ],
        attribute: None,
        parse: delete,
    },
];

/// Parses a message to the catalog; `None` if it is another message.
pub fn parse_catalog(selector: &str, atoms: &[Atom]) -> Option<Result<CatalogMessage, MessageError>> {
    table::parse(CATALOG_MESSAGES, selector, atoms)
}

/// Understands a message of a table, or one of the catalog, which `shared` makes a request of the same kind.
pub(crate) fn understand<R>(
    table: &[Message<R>],
    selector: &str,
    atoms: &[Atom],
    shared: fn(CatalogMessage) -> R,
) -> Result<R, MessageError> {
    if let Some(request) = table::parse(table, selector, atoms) {
        return request;
    }
    match parse_catalog(selector, atoms) {
        Some(request) => request.map(shared),
        None => {
            let own = |message: &&Message<CatalogMessage>| {
                table.iter().all(|other| other.selector != message.selector)
            };
            let others = CATALOG_MESSAGES.iter().filter(own);
            Err(MessageError::unknown(selector, [names(table.iter()), names(others)]))
        }
    }
}

fn download(atoms: &[Atom]) -> Parsed<CatalogMessage> {
    let (words, force) = match atoms {
        [words @ .., Atom::Symbol(last)] if last == "force" && !words.is_empty() => (words, true),
        words => (words, false),
    };
    let names = match words {
        [model] => model.name().map(|model| (model, None)),
        [model, name] => model.name().zip(name.name()).map(|(model, name)| (model, Some(name))),
        _ => None,
    };
    let (model, name) = names.ok_or(AS_USAGE)?;
    Ok(CatalogMessage::Download { model, name, force })
}

pub(super) fn cancel(atoms: &[Atom]) -> Parsed<CatalogMessage> {
    match (atoms, name(atoms)) {
        ([], _) => Ok(CatalogMessage::Cancel(None)),
        (_, Some(model)) => Ok(CatalogMessage::Cancel(Some(model))),
        _ => Err(AS_USAGE),
    }
}

fn delete(atoms: &[Atom]) -> Parsed<CatalogMessage> {
    name(atoms).map(CatalogMessage::Delete).ok_or(AS_USAGE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::typed;

    fn parsed(message: &str) -> Result<CatalogMessage, String> {
        let (selector, rest) = message.split_once(' ').unwrap_or((message, ""));
        parse_catalog(selector, &typed(rest)).expect("a message of the catalog").map_err(|e| e.to_string())
    }

    #[test]
    fn every_message_is_understood() {
        let download = |name: Option<&str>, force| CatalogMessage::Download {
            model: "s/c".into(),
            name: name.map(str::to_owned),
            force,
        };
        for (message, request) in [
            ("get_available_models", CatalogMessage::List),
            ("print_available_models", CatalogMessage::List),
            ("download s/c", download(None, false)),
            ("download s/c voice", download(Some("voice"), false)),
            ("download s/c force", download(None, true)),
            ("download s/c voice force", download(Some("voice"), true)),
            ("cancel", CatalogMessage::Cancel(None)),
            ("cancel s/c", CatalogMessage::Cancel(Some("s/c".into()))),
            ("delete voice", CatalogMessage::Delete("voice".into())),
            ("remove voice", CatalogMessage::Delete("voice".into())),
        ] {
            assert_eq!(parsed(message), Ok(request), "{message}");
        }
        assert_eq!(parse_catalog("bang", &[]), None);
        // A model's name may be a number.
        let number = CatalogMessage::Download { model: "808".into(), name: Some("909".into()), force: true };
        assert_eq!(parsed("download 808 909 force"), Ok(number));
        assert_eq!(parsed("cancel 808"), Ok(CatalogMessage::Cancel(Some("808".into()))));
        assert_eq!(parsed("delete 808"), Ok(CatalogMessage::Delete("808".into())));
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
