//! The script's commands.

use crate::libpd::Atom;
use crate::words::{self, Word};
use std::path::PathBuf;
use std::time::Duration;

/// One line of the script; what each does is said in the crate's documentation.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    SampleRate(u32),
    Channels { inputs: usize, outputs: usize },
    Path(String),
    Open(PathBuf),
    Close(usize),
    Dsp(bool),
    Input(PathBuf),
    Impulse { frame: u64 },
    Noise { seed: u64 },
    Ramp,
    Silence,
    Output(Option<PathBuf>),
    Run { ticks: u64 },
    Realtime { ticks: u64, burst: u64 },
    Until { patience: Duration, text: String },
    Sleep(Duration),
    Poll,
    Message { receiver: String, selector: String, atoms: Vec<Atom> },
    Listen(String),
    Watch(Watch),
    Report,
    Times,
    TimesReset,
    TimesSplit(usize),
    Externals(bool),
    Stat,
    Echo(String),
    Quit,
    PdQuit,
}

/// How calls inside the audio callback are watched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Watch {
    Off,
    On,
    Trace,
}

/// Why a line is not a command.
#[derive(Debug, PartialEq, thiserror::Error)]
pub enum SyntaxError {
    #[error("a quote is left open, or the line ends in a backslash")]
    Open,
    #[error("there is no command '{0}'")]
    Unknown(String),
    #[error("'{0}' wants other words after it; the commands are listed in the documentation of pd-host")]
    Arguments(String),
}

/// `Ok(None)` for an empty line and for a comment.
pub fn parse(line: &str) -> Result<Option<Command>, SyntaxError> {
    let line = line.trim();
    if line.is_empty() || line == "#" || line.starts_with("# ") {
        return Ok(None);
    }
    let words = words::split(line).ok_or(SyntaxError::Open)?;
    let (name, rest) = words.split_first().ok_or(SyntaxError::Open)?;
    let texts: Vec<&str> = rest.iter().map(|word| word.text.as_str()).collect();
    if !NAMES.contains(&name.text.as_str()) {
        return Err(SyntaxError::Unknown(name.text.clone()));
    }
    let found = simple(&name.text, &texts).or_else(|| message(&name.text, rest));
    found.map(Some).ok_or_else(|| SyntaxError::Arguments(name.text.clone()))
}

const NAMES: [&str; 28] = [
    "samplerate",
    "channels",
    "path",
    "open",
    "close",
    "dsp",
    "input",
    "impulse",
    "noise",
    "ramp",
    "silence",
    "output",
    "run",
    "realtime",
    "until",
    "sleep",
    "poll",
    "send",
    "message",
    "listen",
    "watch",
    "report",
    "times",
    "externals",
    "stat",
    "echo",
    "quit",
    "pdquit",
];

fn simple(name: &str, words: &[&str]) -> Option<Command> {
    Some(match (name, words) {
        ("samplerate", [hz]) => Command::SampleRate(hz.parse().ok().filter(|hz| *hz > 0)?),
        ("channels", [inputs, outputs]) => {
            Command::Channels { inputs: inputs.parse().ok()?, outputs: outputs.parse().ok()? }
        }
        ("path", [folder]) => Command::Path((*folder).into()),
        ("open", [patch]) => Command::Open(patch.into()),
        ("close", [handle]) => Command::Close(handle.parse().ok()?),
        ("dsp", ["0"]) => Command::Dsp(false),
        ("dsp", ["1"]) => Command::Dsp(true),
        ("input", [path]) => Command::Input(path.into()),
        ("impulse", [frame]) => Command::Impulse { frame: frame.parse().ok()? },
        ("noise", [seed]) => Command::Noise { seed: seed.parse().ok()? },
        ("ramp", []) => Command::Ramp,
        ("silence", []) => Command::Silence,
        ("output", []) => Command::Output(None),
        ("output", [path]) => Command::Output(Some(path.into())),
        ("run", [ticks]) => Command::Run { ticks: ticks.parse().ok()? },
        ("realtime", [ticks]) => Command::Realtime { ticks: ticks.parse().ok()?, burst: 1 },
        ("realtime", [ticks, burst]) => Command::Realtime {
            ticks: ticks.parse().ok()?,
            burst: burst.parse().ok().filter(|burst| *burst > 0)?,
        },
        ("until", [seconds, text @ ..]) if !text.is_empty() => Command::Until {
            patience: Duration::try_from_secs_f64(seconds.parse().ok()?).ok()?,
            text: text.join(" "),
        },
        ("sleep", [ms]) => Command::Sleep(Duration::from_millis(ms.parse().ok()?)),
        ("poll", []) => Command::Poll,
        ("listen", [name]) => Command::Listen((*name).into()),
        ("watch", ["off"]) => Command::Watch(Watch::Off),
        ("watch", ["on"]) => Command::Watch(Watch::On),
        ("watch", ["trace"]) => Command::Watch(Watch::Trace),
        ("report", []) => Command::Report,
        ("times", []) => Command::Times,
        ("times", ["reset"]) => Command::TimesReset,
        ("times", ["split", k]) => Command::TimesSplit(k.parse().ok().filter(|k| *k > 0)?),
        ("externals", ["off"]) => Command::Externals(false),
        ("externals", ["on"]) => Command::Externals(true),
        ("stat", []) => Command::Stat,
        ("echo", text) => Command::Echo(text.join(" ")),
        ("quit", []) => Command::Quit,
        ("pdquit", []) => Command::PdQuit,
        _ => return None,
    })
}

fn message(name: &str, words: &[Word]) -> Option<Command> {
    let (receiver, rest) = words.split_first()?;
    let receiver = receiver.text.clone();
    let atoms: Vec<Atom> = rest.iter().map(Word::atom).collect();
    let (selector, atoms) = match (name, atoms.as_slice()) {
        ("send", []) => ("bang".into(), Vec::new()),
        ("send", [Atom::Float(_)]) => ("float".into(), atoms),
        ("send", [Atom::Float(_), ..]) => ("list".into(), atoms),
        ("send" | "message", [Atom::Symbol(selector), atoms @ ..]) => (selector.clone(), atoms.to_vec()),
        _ => return None,
    };
    Some(Command::Message { receiver, selector, atoms })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(line: &str) -> (String, Vec<Atom>) {
        match parse(line) {
            Ok(Some(Command::Message { selector, atoms, .. })) => (selector, atoms),
            other => panic!("{line}: {other:?}"),
        }
    }

    #[test]
    fn send_means_what_a_message_box_means() {
        assert_eq!(sent("send r"), ("bang".into(), vec![]));
        assert_eq!(sent("send r 1"), ("float".into(), vec![Atom::Float(1.0)]));
        assert_eq!(sent("send r 1 a"), ("list".into(), vec![Atom::Float(1.0), Atom::Symbol("a".into())]));
        assert_eq!(sent("send r load x.ts"), ("load".into(), vec![Atom::Symbol("x.ts".into())]));
        assert_eq!(sent("message r symbol x"), ("symbol".into(), vec![Atom::Symbol("x".into())]));
    }

    #[test]
    fn nonsense_is_refused_by_name() {
        assert_eq!(parse("rnu 3"), Err(SyntaxError::Unknown("rnu".into())));
        assert_eq!(parse("run three"), Err(SyntaxError::Arguments("run".into())));
        assert_eq!(parse("message r"), Err(SyntaxError::Arguments("message".into())));
        assert_eq!(parse("times split 0"), Err(SyntaxError::Arguments("times".into())));
        assert_eq!(parse("  # a comment"), Ok(None));
    }
}
