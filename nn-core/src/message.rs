//! Host atoms in, requests out: the one parser of every host. And the other way: events that hosts print and send.

use std::fmt;

use crate::{engine::status::Wait, layout::BoxKind};

/// One element of a message, as every host has it.
#[derive(Clone, Debug, PartialEq)]
pub enum Atom {
    /// A whole number (Max).
    Int(i64),
    /// A number.
    Float(f64),
    /// A word.
    Symbol(String),
}

impl Atom {
    /// A word.
    pub fn symbol(text: impl Into<String>) -> Self {
        Self::Symbol(text.into())
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Int(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            Self::Symbol(_) => None,
        }
    }
}

impl fmt::Display for Atom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(number) => write!(f, "{number}"),
            Self::Float(number) => write!(f, "{number}"),
            Self::Symbol(word) => f.write_str(word),
        }
    }
}

/// What a box has to say. Emitted on the host's main thread.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A line on the console.
    Note(String),
    /// An error on the console.
    Error(String),
    /// A message on the information outlet.
    Info {
        /// The message's name.
        selector: String,
        /// Its values.
        atoms: Vec<Atom>,
    },
}

/// What a message asks of a box.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Stop or resume computation and sound.
    Enable(bool),
    /// Set an attribute.
    Set(String, Vec<Atom>),
    /// Read an attribute.
    Get(String),
    /// Everything about the box.
    Dump,
    /// The state of the box, in the order of nn~ 1.6.
    Bang,
    /// Latency through buffering.
    Latency,
    /// Counters and times.
    Stats,
    /// What to do when a result is not there in time.
    Wait(Wait),
}

/// A message that makes no request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// No such message.
    #[error("no message '{selector}': it takes enable, set, get, dump, bang, latency, stats, wait")]
    Unknown {
        /// What came.
        selector: String,
    },
    /// A message without what it needs, or with something else.
    #[error("{selector}: {found}: type {usage}")]
    Arguments {
        /// The message.
        selector: &'static str,
        /// What is wrong.
        found: String,
        /// How it is typed.
        usage: &'static str,
    },
}

/// Understands a message.
pub fn parse(selector: &str, atoms: &[Atom]) -> Result<Request, MessageError> {
    match selector {
        "enable" => {
            switch(atoms).map(Request::Enable).ok_or_else(|| wrong("enable", atoms, "enable 0 or enable 1"))
        }
        "set" => match atoms {
            [Atom::Symbol(name), values @ ..] if !values.is_empty() => {
                Ok(Request::Set(name.clone(), values.to_vec()))
            }
            _ => Err(wrong("set", atoms, "set ATTRIBUTE VALUE...")),
        },
        "get" => match atoms {
            [Atom::Symbol(name)] => Ok(Request::Get(name.clone())),
            _ => Err(wrong("get", atoms, "get ATTRIBUTE")),
        },
        "dump" => Ok(Request::Dump),
        "bang" => Ok(Request::Bang),
        "latency" => match atoms {
            [] => Ok(Request::Latency),
            _ => Err(wrong("latency", atoms, "latency")),
        },
        "stats" => Ok(Request::Stats),
        "wait" => match atoms {
            [Atom::Symbol(word)] if word == "auto" => Ok(Request::Wait(Wait::Auto)),
            _ => match switch(atoms) {
                Some(true) => Ok(Request::Wait(Wait::Always)),
                Some(false) => Ok(Request::Wait(Wait::Never)),
                None => Err(wrong("wait", atoms, "wait 0, wait 1 or wait auto")),
            },
        },
        _ => Err(MessageError::Unknown { selector: selector.to_owned() }),
    }
}

fn switch(atoms: &[Atom]) -> Option<bool> {
    match atoms {
        [atom] => atom.number().filter(|n| n.is_finite()).map(|n| n != 0.0),
        _ => None,
    }
}

fn wrong(selector: &'static str, atoms: &[Atom], usage: &'static str) -> MessageError {
    let found = if atoms.is_empty() { "nothing after it".to_owned() } else { format!("'{}'", text(atoms)) };
    MessageError::Arguments { selector, found, usage }
}

/// Atoms as the user would type them.
pub fn text(atoms: &[Atom]) -> String {
    atoms.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// What a box was created with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Creation {
    /// No arguments: a box without a model, one inlet, one outlet.
    Empty,
    /// `void INLETS OUTLETS [BUFFER]`: no model yet, fixed counts.
    Void {
        /// Signal inlets.
        inlets: usize,
        /// Signal outlets.
        outlets: usize,
        /// Wished buffer in samples.
        buffer_frames: Option<usize>,
    },
    /// `MODEL [METHOD] [BUFFER]`.
    Model {
        /// The name that was typed.
        model: String,
        /// The method.
        method: String,
        /// Wished buffer in samples.
        buffer_frames: Option<usize>,
    },
}

/// Arguments that make no box as it was meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("argument '{found}' is {what}: type {usage}")]
pub struct CreationError {
    /// The argument.
    pub found: String,
    /// What is wrong with it.
    pub what: &'static str,
    /// How the box is typed.
    pub usage: &'static str,
}

/// Largest number of inlets or outlets of a `void` box.
pub const MAX_PORTS: usize = 1024;

/// Understands creation arguments of `nn~`.
pub fn parse_creation(kind: BoxKind, atoms: &[Atom]) -> Result<Creation, CreationError> {
    const MODEL: &str = "[nn~ MODEL METHOD BUFFER]";
    const VOID: &str = "[nn~ void INLETS OUTLETS BUFFER]";
    debug_assert_eq!(kind, BoxKind::Nn, "the other boxes have other arguments");
    let error = |atom: &Atom, what, usage| CreationError { found: atom.to_string(), what, usage };
    let count = |atom: &Atom, usage| match atom.number() {
        Some(n) if n >= 0.0 && n.fract() == 0.0 && n <= MAX_PORTS as f64 => Ok(n as usize),
        _ => Err(error(atom, "no number of inlets or outlets from 0 to 1024", usage)),
    };
    let buffer = |atom: Option<&Atom>, usage| match atom {
        None => Ok(None),
        Some(atom) => match atom.number() {
            Some(n) if n >= 0.0 && n.fract() == 0.0 && n <= u32::MAX.into() => Ok(Some(n as usize)),
            _ => Err(error(atom, "no buffer in samples (0 or more)", usage)),
        },
    };
    let extra = |rest: &[Atom], usage| match rest.first() {
        Some(atom) => Err(error(atom, "one too many", usage)),
        None => Ok(()),
    };
    match atoms {
        [] => Ok(Creation::Empty),
        [Atom::Symbol(word), rest @ ..] if word == "void" => {
            extra(rest.get(3..).unwrap_or_default(), VOID)?;
            Ok(Creation::Void {
                inlets: rest.first().map_or(Ok(1), |atom| count(atom, VOID))?,
                outlets: rest.get(1).map_or(Ok(1), |atom| count(atom, VOID))?,
                buffer_frames: buffer(rest.get(2), VOID)?,
            })
        }
        [Atom::Symbol(model), rest @ ..] => {
            // A number where the method could stand is the buffer: `[nn~ model 2048]`.
            let (method, rest) = match rest {
                [Atom::Symbol(method), rest @ ..] => (method.as_str(), rest),
                _ => ("forward", rest),
            };
            extra(rest.get(1..).unwrap_or_default(), MODEL)?;
            Ok(Creation::Model {
                model: model.clone(),
                method: method.to_owned(),
                buffer_frames: buffer(rest.first(), MODEL)?,
            })
        }
        [first, ..] => Err(error(first, "a number where the model's name should be", MODEL)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn atoms(text: &str) -> Vec<Atom> {
        text.split_whitespace()
            .map(|word| word.parse().map_or_else(|_| Atom::symbol(word), Atom::Float))
            .collect()
    }

    #[test]
    fn every_message_is_understood() {
        for (message, request) in [
            ("enable 0", Request::Enable(false)),
            ("enable 1", Request::Enable(true)),
            ("set gain 0.5", Request::Set("gain".into(), atoms("0.5"))),
            ("set range -1 1", Request::Set("range".into(), atoms("-1 1"))),
            ("get gain", Request::Get("gain".into())),
            ("dump", Request::Dump),
            ("bang", Request::Bang),
            ("latency", Request::Latency),
            ("stats", Request::Stats),
            ("wait 1", Request::Wait(Wait::Always)),
            ("wait 0", Request::Wait(Wait::Never)),
            ("wait auto", Request::Wait(Wait::Auto)),
        ] {
            let (selector, rest) = message.split_once(' ').unwrap_or((message, ""));
            assert_eq!(parse(selector, &atoms(rest)), Ok(request), "{message}");
        }
    }

    #[test]
    fn nonsense_says_what_was_wrong_and_what_to_type() {
        for (message, line) in [
            ("enable", "enable: nothing after it: type enable 0 or enable 1"),
            ("enable yes", "enable: 'yes': type enable 0 or enable 1"),
            ("set 3 4", "set: '3 4': type set ATTRIBUTE VALUE..."),
            ("set gain", "set: 'gain': type set ATTRIBUTE VALUE..."),
            ("get", "get: nothing after it: type get ATTRIBUTE"),
            ("get 5", "get: '5': type get ATTRIBUTE"),
            ("wait maybe", "wait: 'maybe': type wait 0, wait 1 or wait auto"),
            ("fly 3", "no message 'fly': it takes enable, set, get, dump, bang, latency, stats, wait"),
        ] {
            let (selector, rest) = message.split_once(' ').unwrap_or((message, ""));
            assert_eq!(parse(selector, &atoms(rest)).expect_err(message).to_string(), line);
        }
    }

    #[test]
    fn creation_arguments_are_those_of_existing_patches() {
        let model = |method: &str, buffer_frames| Creation::Model {
            model: "m".into(),
            method: method.into(),
            buffer_frames,
        };
        let void = |inlets, outlets, buffer_frames| Creation::Void { inlets, outlets, buffer_frames };
        for (typed, creation) in [
            ("", Creation::Empty),
            ("m", model("forward", None)),
            ("m encode", model("encode", None)),
            ("m encode 2048", model("encode", Some(2048))),
            ("m 2048", model("forward", Some(2048))),
            ("m forward 0", model("forward", Some(0))),
            ("void", void(1, 1, None)),
            ("void 2 3", void(2, 3, None)),
            ("void 2 3 4096", void(2, 3, Some(4096))),
        ] {
            assert_eq!(parse_creation(BoxKind::Nn, &atoms(typed)), Ok(creation), "{typed}");
        }
    }

    #[test]
    fn wrong_creation_arguments_are_named() {
        for typed in [
            "3",
            "m forward -1",
            "m forward 0.5",
            "m forward 64 9",
            "void x",
            "void 1 -2",
            "void 1 1 1 1",
            "void 2000 1",
            "m forward 1e99",
        ] {
            let error = parse_creation(BoxKind::Nn, &atoms(typed)).expect_err(typed).to_string();
            assert!(error.contains(": type [nn~ "), "{error}");
        }
    }
}
