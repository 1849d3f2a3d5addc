//! The messages of `nn.info`.
//!
//! Thread: any but audio.

use crate::message::{Atom, CATALOGUE_MESSAGES, CatalogueRequest, MessageError, parse_catalogue, text};

/// What a message asks of the box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Everything, on all outlets.
    Dump,
    /// Look at a model.
    Set(String),
    /// The model's file.
    Path,
    /// The names of its methods.
    Methods,
    /// The names of its attributes.
    Attributes,
    /// The numbers of a method, the types of an attribute; of all without a name.
    Parameters(Option<String>),
    /// Everything, as a dictionary.
    Dictionary,
    /// Everything, into a file.
    Write(String),
    /// Something of the model catalogue.
    Catalogue(CatalogueRequest),
}

/// The messages, as an error lists them.
const MESSAGES: &str = "set, bang, dump, path, methods, attributes, parameters, dump_dict, write";

/// A message that makes no request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// No such message.
    #[error("no message '{selector}': it takes {MESSAGES}, {CATALOGUE_MESSAGES}")]
    Unknown {
        /// What came.
        selector: String,
    },
    /// A message without what it needs, or with something else.
    #[error("{selector}: {found}: type {usage}")]
    Arguments {
        /// The message.
        selector: String,
        /// What is wrong.
        found: String,
        /// How it is typed.
        usage: &'static str,
    },
    /// The same of a message that all boxes take.
    #[error(transparent)]
    Shared(#[from] MessageError),
}

/// Understands a message.
///
/// # Errors
/// What is wrong with it and how it is typed.
pub fn parse(selector: &str, atoms: &[Atom]) -> Result<Request, RequestError> {
    let wrong = |usage| {
        let found =
            if atoms.is_empty() { "nothing after it".to_owned() } else { format!("'{}'", text(atoms)) };
        RequestError::Arguments { selector: selector.to_owned(), found, usage }
    };
    let bare = |request, usage| if atoms.is_empty() { Ok(request) } else { Err(wrong(usage)) };
    let named = |usage| match atoms {
        [Atom::Symbol(name)] => Ok(name.clone()),
        _ => Err(wrong(usage)),
    };
    match selector {
        "bang" => bare(Request::Dump, "bang"),
        "dump" => bare(Request::Dump, "dump"),
        "set" => match atoms {
            [name] if name.name().is_some() => Ok(Request::Set(name.to_string())),
            _ => Err(wrong("set MODEL")),
        },
        "path" => bare(Request::Path, "path"),
        "methods" => bare(Request::Methods, "methods"),
        "attributes" => bare(Request::Attributes, "attributes"),
        "parameters" if atoms.is_empty() => Ok(Request::Parameters(None)),
        "parameters" => named("parameters or parameters NAME").map(|name| Request::Parameters(Some(name))),
        "dump_dict" => bare(Request::Dictionary, "dump_dict"),
        "write" => named("write FILE").map(Request::Write),
        _ => match parse_catalogue(selector, atoms) {
            Some(request) => Ok(Request::Catalogue(request?)),
            None => Err(RequestError::Unknown { selector: selector.to_owned() }),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(message: &str) -> Result<Request, String> {
        let (selector, rest) = message.split_once(' ').unwrap_or((message, ""));
        let word = |word: &str| word.parse().map_or_else(|_| Atom::symbol(word), Atom::Float);
        let atoms: Vec<_> = rest.split_whitespace().map(word).collect();
        parse(selector, &atoms).map_err(|error| error.to_string())
    }

    #[test]
    fn every_message_is_understood() {
        for (message, request) in [
            ("bang", Request::Dump),
            ("dump", Request::Dump),
            ("set rave", Request::Set("rave".into())),
            ("set 808", Request::Set("808".into())),
            ("path", Request::Path),
            ("methods", Request::Methods),
            ("attributes", Request::Attributes),
            ("parameters", Request::Parameters(None)),
            ("parameters forward", Request::Parameters(Some("forward".into()))),
            ("dump_dict", Request::Dictionary),
            ("write model.yaml", Request::Write("model.yaml".into())),
        ] {
            assert_eq!(parsed(message), Ok(request), "{message}");
        }
    }

    #[test]
    fn nonsense_says_what_was_wrong_and_what_to_type() {
        for (message, line) in [
            ("set", "set: nothing after it: type set MODEL"),
            ("set 0.5", "set: '0.5': type set MODEL"),
            ("path here", "path: 'here': type path"),
            ("parameters 1 2", "parameters: '1 2': type parameters or parameters NAME"),
            ("write", "write: nothing after it: type write FILE"),
            (
                "fly",
                "no message 'fly': it takes set, bang, dump, path, methods, attributes, parameters, dump_dict, write, \
                 get_available_models, print_available_models, download, cancel, delete, remove",
            ),
        ] {
            assert_eq!(parsed(message), Err(line.to_owned()), "{message}");
        }
    }
}
