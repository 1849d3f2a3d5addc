//! The one parser of every host.
//!
//! Thread: any but audio.

use super::{
    arguments::{bare, switch, whole},
    atom::Atom,
    catalogue::parse_catalogue,
    error::{MessageError, wrong},
    request::{MAX_THREADS, Request},
};
use nn_engine::{layout::MAX_PORTS, status::Wait, workshop::Deadline};

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
