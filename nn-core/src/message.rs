//! Host atoms in, requests out: the one parser of every host. And the other way: events that hosts print and send.

use std::fmt;

use crate::engine::status::Wait;

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
        "dump" => bare("dump", atoms, Request::Dump),
        "bang" => bare("bang", atoms, Request::Bang),
        "latency" => bare("latency", atoms, Request::Latency),
        "stats" => bare("stats", atoms, Request::Stats),
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

/// A message without arguments. With some it is a box's answer that came back: taken as a question it would be
/// answered for ever.
fn bare(selector: &'static str, atoms: &[Atom], request: Request) -> Result<Request, MessageError> {
    if atoms.is_empty() { Ok(request) } else { Err(wrong(selector, atoms, selector)) }
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
}
