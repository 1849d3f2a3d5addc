//! Host atoms in, requests out: the one parser of every host. And the other way: events that hosts print and send.

mod catalogue;

use std::fmt;

use crate::{
    creation::MAX_PORTS,
    engine::{status::Wait, workshop::Deadline},
};

pub use catalogue::{CATALOGUE_MESSAGES, CatalogueRequest, Said, parse_catalogue};

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

    /// A name where nothing else is taken: a word, or a whole number that hosts show with all its digits, since models
    /// may be called 808.
    pub fn name(&self) -> Option<String> {
        const EXACT: f64 = 1e6;
        match self {
            Self::Symbol(word) => Some(word.clone()),
            Self::Int(number) => Some(number.to_string()),
            Self::Float(number) => {
                (number.fract() == 0.0 && (0.0..EXACT).contains(number)).then(|| number.to_string())
            }
        }
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
            // A host's number of 32 bits looks as it was typed: 0.3.
            Self::Float(number) if f64::from(*number as f32) == *number => write!(f, "{}", *number as f32),
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
    /// Outlets carry other numbers of channels than the host was told: it is to build its audio anew.
    Channels,
}

/// What a message asks of a box.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Stop or resume computation and sound.
    Enable(bool),
    /// Set an attribute.
    Set(String, Vec<Atom>),
    /// Whether attributes follow the arrays by whose names they were set.
    Track(bool),
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
    /// Another model, and perhaps which method of it.
    Load {
        /// The name that was typed.
        model: String,
        /// The method, if it was typed.
        method: Option<String>,
    },
    /// The same file again.
    Reload,
    /// Another method of the model.
    Method(String),
    /// Another buffer, in samples; 0 is none.
    Bufsize(usize),
    /// The GPU or the CPU.
    Gpu(bool),
    /// The project's own kernels or libtorch's.
    Optimise(bool),
    /// The model at its own sample rate, or at the host's.
    Resample(bool),
    /// The state as it was after the load.
    Reset,
    /// Seed the generator of random numbers.
    Seed(u64),
    /// Threads inside one call of the model.
    Threads(u32),
    /// How long the model may take after its buffer is full.
    Deadline(Deadline),
    /// Latency through buffering and the model's own delay.
    MeasureLatency,
    /// Channels of each outlet whatever the model; 0 lets them follow it.
    Channels(usize),
    /// Names of the attributes.
    GetAttributes,
    /// Names of the methods.
    GetMethods,
    /// Something of the model catalogue.
    Catalogue(CatalogueRequest),
}

/// Largest number that `threads` takes.
pub const MAX_THREADS: u32 = 64;

/// The messages, as an error lists them.
const MESSAGES: &str = "load, reload, method, bufsize, deadline, enable, set, get, track, get_attributes, get_methods, \
                        bang, dump, latency, stats, reset, wait, seed, threads, optimise, resample, gpu, chans, \
                        get_available_models, print_available_models, download, cancel, delete, remove";

/// A message that makes no request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// No such message.
    #[error("no message '{selector}': it takes {MESSAGES}")]
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

impl MessageError {
    /// The same for all messages that are wrong in the same way and differ in their values.
    pub fn kind(&self) -> Option<String> {
        let Self::Arguments { selector, found, .. } = self else { return None };
        let shape: String = found
            .split_whitespace()
            .map(|word| if word.trim_matches('\'').parse::<f64>().is_ok() { 'n' } else { 'w' })
            .collect();
        Some(format!("{selector} {shape}"))
    }
}

/// Understands a message.
pub fn parse(selector: &str, atoms: &[Atom]) -> Result<Request, MessageError> {
    match selector {
        "enable" => {
            switch(atoms).map(Request::Enable).ok_or_else(|| wrong("enable", atoms, "enable 0 or enable 1"))
        }
        "set" => match atoms {
            // Without values it says what it takes, or calls a setter that takes none.
            [Atom::Symbol(name), values @ ..] => Ok(Request::Set(name.clone(), values.to_vec())),
            _ => Err(wrong("set", atoms, "set ATTRIBUTE VALUE...")),
        },
        "track" => {
            switch(atoms).map(Request::Track).ok_or_else(|| wrong("track", atoms, "track 0 or track 1"))
        }
        "get" => match atoms {
            [Atom::Symbol(name)] => Ok(Request::Get(name.clone())),
            _ => Err(wrong("get", atoms, "get ATTRIBUTE")),
        },
        "dump" => bare("dump", atoms, Request::Dump),
        "bang" => bare("bang", atoms, Request::Bang),
        "latency" => match atoms {
            [Atom::Symbol(word)] if word == "measure" => Ok(Request::MeasureLatency),
            [] => Ok(Request::Latency),
            // A box's answer that came back: taken as a question it would be answered for ever.
            _ => Err(wrong("latency", atoms, "latency or latency measure")),
        },
        "stats" => bare("stats", atoms, Request::Stats),
        "wait" => match atoms {
            [Atom::Symbol(word)] if word == "auto" => Ok(Request::Wait(Wait::Auto)),
            _ => match switch(atoms) {
                Some(true) => Ok(Request::Wait(Wait::Always)),
                Some(false) => Ok(Request::Wait(Wait::Never)),
                None => Err(wrong("wait", atoms, "wait 0, wait 1 or wait auto")),
            },
        },
        "load" => load(atoms).ok_or_else(|| {
            let usage = match atoms {
                [Atom::Symbol(_), ..] | [] => "load MODEL or load MODEL METHOD",
                _ => "load MODEL or load MODEL METHOD (a model whose name is such a number: with .ts)",
            };
            wrong("load", atoms, usage)
        }),
        "reload" => bare("reload", atoms, Request::Reload),
        "method" => match atoms {
            [Atom::Symbol(name)] => Ok(Request::Method(name.clone())),
            _ => Err(wrong("method", atoms, "method NAME")),
        },
        "bufsize" => whole(atoms, u64::from(u32::MAX))
            .map(|n| Request::Bufsize(n as usize))
            .ok_or_else(|| wrong("bufsize", atoms, "bufsize SAMPLES (0 or more)")),
        "deadline" => match atoms {
            [Atom::Symbol(word)] if word == "auto" => Ok(Request::Deadline(Deadline::Auto)),
            [Atom::Symbol(word)] if word == "buffer" => Ok(Request::Deadline(Deadline::Buffer)),
            _ => whole(atoms, u64::from(u32::MAX))
                .map(|n| Request::Deadline(Deadline::Frames(n as usize)))
                .ok_or_else(|| {
                    wrong("deadline", atoms, "deadline SAMPLES (0 or more), deadline auto or deadline buffer")
                }),
        },
        "gpu" => switch(atoms).map(Request::Gpu).ok_or_else(|| wrong("gpu", atoms, "gpu 0 or gpu 1")),
        "optimise" => switch(atoms)
            .map(Request::Optimise)
            .ok_or_else(|| wrong("optimise", atoms, "optimise 0 or optimise 1")),
        "resample" => switch(atoms)
            .map(Request::Resample)
            .ok_or_else(|| wrong("resample", atoms, "resample 0 or resample 1")),
        "reset" => bare("reset", atoms, Request::Reset),
        "seed" => whole(atoms, 1 << 53)
            .map(Request::Seed)
            .ok_or_else(|| wrong("seed", atoms, "seed NUMBER (whole, 0 or more)")),
        "threads" => whole(atoms, u64::from(MAX_THREADS))
            .filter(|&n| n >= 1)
            .map(|n| Request::Threads(n as u32))
            .ok_or_else(|| wrong("threads", atoms, "threads NUMBER (from 1 to 64)")),
        "chans" => whole(atoms, MAX_PORTS as u64)
            .map(|n| Request::Channels(n as usize))
            .ok_or_else(|| wrong("chans", atoms, "chans NUMBER (to 1024; 0 follows the model)")),
        "get_attributes" => bare("get_attributes", atoms, Request::GetAttributes),
        "get_methods" => bare("get_methods", atoms, Request::GetMethods),
        _ => match parse_catalogue(selector, atoms) {
            Some(request) => request.map(Request::Catalogue),
            None => Err(MessageError::Unknown { selector: selector.to_owned() }),
        },
    }
}

/// A message without arguments. With some it is a box's answer that came back: taken as a question it would be
/// answered for ever.
fn bare<T>(selector: &'static str, atoms: &[Atom], request: T) -> Result<T, MessageError> {
    if atoms.is_empty() { Ok(request) } else { Err(wrong(selector, atoms, selector)) }
}

fn switch(atoms: &[Atom]) -> Option<bool> {
    match atoms {
        [atom] => atom.number().filter(|n| n.is_finite()).map(|n| n != 0.0),
        _ => None,
    }
}

fn load(atoms: &[Atom]) -> Option<Request> {
    let (model, method) = match atoms {
        [model] => (model, None),
        [model, Atom::Symbol(method)] => (model, Some(method.clone())),
        // What hosts put where $2 is not given.
        [model, method] if method.number() == Some(0.0) => (model, None),
        _ => return None,
    };
    Some(Request::Load { model: model.name()?, method })
}

/// One whole number from 0 to `largest`.
fn whole(atoms: &[Atom], largest: u64) -> Option<u64> {
    match atoms {
        [atom] => {
            atom.number().filter(|n| n.fract() == 0.0 && *n >= 0.0 && *n <= largest as f64).map(|n| n as u64)
        }
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
    fn numbers_look_as_they_were_typed_in_hosts_of_either_precision() {
        for (number, text) in [
            (f64::from(0.3_f32), "0.3"),
            (0.3, "0.3"),
            (-1.5, "-1.5"),
            (16_777_217.0, "16777217"),
            (1.0 / 3.0, "0.3333333333333333"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(Atom::Float(number).to_string(), text);
        }
    }

    #[test]
    fn every_message_is_understood() {
        for (message, request) in [
            ("enable 0", Request::Enable(false)),
            ("enable 1", Request::Enable(true)),
            ("set gain 0.5", Request::Set("gain".into(), atoms("0.5"))),
            ("set range -1 1", Request::Set("range".into(), atoms("-1 1"))),
            ("get gain", Request::Get("gain".into())),
            ("track 1", Request::Track(true)),
            ("dump", Request::Dump),
            ("bang", Request::Bang),
            ("latency", Request::Latency),
            ("stats", Request::Stats),
            ("wait 1", Request::Wait(Wait::Always)),
            ("wait 0", Request::Wait(Wait::Never)),
            ("wait auto", Request::Wait(Wait::Auto)),
            ("load rave", Request::Load { model: "rave".into(), method: None }),
            ("load rave 0", Request::Load { model: "rave".into(), method: None }),
            ("load 808", Request::Load { model: "808".into(), method: None }),
            ("load 808 encode", Request::Load { model: "808".into(), method: Some("encode".into()) }),
            ("load rave encode", Request::Load { model: "rave".into(), method: Some("encode".into()) }),
            ("reload", Request::Reload),
            ("method decode", Request::Method("decode".into())),
            ("bufsize 2048", Request::Bufsize(2048)),
            ("bufsize 0", Request::Bufsize(0)),
            ("deadline 512", Request::Deadline(Deadline::Frames(512))),
            ("deadline auto", Request::Deadline(Deadline::Auto)),
            ("deadline buffer", Request::Deadline(Deadline::Buffer)),
            ("latency measure", Request::MeasureLatency),
            ("gpu 1", Request::Gpu(true)),
            ("reset", Request::Reset),
            ("optimise 0", Request::Optimise(false)),
            ("resample 1", Request::Resample(true)),
            ("seed 7", Request::Seed(7)),
            ("threads 2", Request::Threads(2)),
            ("chans 4", Request::Channels(4)),
            ("get_attributes", Request::GetAttributes),
            ("get_methods", Request::GetMethods),
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
            ("get", "get: nothing after it: type get ATTRIBUTE"),
            ("get 5", "get: '5': type get ATTRIBUTE"),
            ("wait maybe", "wait: 'maybe': type wait 0, wait 1 or wait auto"),
            ("load", "load: nothing after it: type load MODEL or load MODEL METHOD"),
            (
                "load 0.5",
                "load: '0.5': type load MODEL or load MODEL METHOD (a model whose name is such a number: with .ts)",
            ),
            ("load a b c", "load: 'a b c': type load MODEL or load MODEL METHOD"),
            ("method 1", "method: '1': type method NAME"),
            ("bufsize -1", "bufsize: '-1': type bufsize SAMPLES (0 or more)"),
            ("bufsize 0.5", "bufsize: '0.5': type bufsize SAMPLES (0 or more)"),
            ("bufsize 1e30", "bufsize: '1000000000000000000000000000000': type bufsize SAMPLES (0 or more)"),
            (
                "deadline soon",
                "deadline: 'soon': type deadline SAMPLES (0 or more), deadline auto or deadline buffer",
            ),
            ("seed -1", "seed: '-1': type seed NUMBER (whole, 0 or more)"),
            ("threads 0", "threads: '0': type threads NUMBER (from 1 to 64)"),
            ("chans 1025", "chans: '1025': type chans NUMBER (to 1024; 0 follows the model)"),
            ("resample", "resample: nothing after it: type resample 0 or resample 1"),
            ("reset 1", "reset: '1': type reset"),
            (
                "fly 3",
                "no message 'fly': it takes load, reload, method, bufsize, deadline, enable, set, get, track, \
                 get_attributes, get_methods, bang, dump, latency, stats, reset, wait, seed, threads, optimise, resample, gpu, \
                 chans, get_available_models, print_available_models, download, cancel, delete, remove",
            ),
        ] {
            let (selector, rest) = message.split_once(' ').unwrap_or((message, ""));
            assert_eq!(parse(selector, &atoms(rest)).expect_err(message).to_string(), line);
        }
    }
}
