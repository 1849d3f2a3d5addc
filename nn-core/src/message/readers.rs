//! How the arguments of single messages are read, where that takes more than one of the common readers.

use nn_engine::{layout::MAX_PORTS, reconcile::Deadline, status::Wait};

use nn_model::{TransportChange, effect::MixSetting};

use super::{
    arguments::{bare, frames, switch, whole, word},
    atom::Atom,
    catalog,
    request::{MAX_THREADS, Request, SelfTest},
    table::{AS_USAGE, Parsed},
};

pub(super) fn load(atoms: &[Atom]) -> Parsed<Request> {
    let named = match atoms {
        [model] => model.name().map(|model| (model, None)),
        [model, Atom::Symbol(method)] => model.name().map(|model| (model, Some(method.clone()))),
        // What hosts put where $2 is not given.
        [model, method] if method.number() == Some(0.0) => model.name().map(|model| (model, None)),
        _ => None,
    };
    match (named, atoms) {
        (Some((model, method)), _) => Ok(Request::Load { model, method }),
        (None, [Atom::Symbol(_), ..] | []) => Err(AS_USAGE),
        (None, _) => Err(" (a model whose name is such a number: with .ts)"),
    }
}

/// Without values it says what the attribute takes, or calls a setter that takes none.
pub(super) fn set(atoms: &[Atom]) -> Parsed<Request> {
    match atoms {
        [Atom::Symbol(name), values @ ..] => Ok(Request::Set(name.clone(), values.to_vec())),
        _ => Err(AS_USAGE),
    }
}

/// Whether they are names, and how many there must be, depends on the model.
pub(super) fn render(atoms: &[Atom]) -> Parsed<Request> {
    if atoms.is_empty() { Err(AS_USAGE) } else { Ok(Request::Render(atoms.to_vec())) }
}

pub(super) fn self_test(atoms: &[Atom]) -> Parsed<Request> {
    let asked = match atoms {
        [Atom::Symbol(word)] if word == "begin" => Some(SelfTest::Begin),
        [Atom::Symbol(word), Atom::Symbol(name), arrays @ ..] if word == "check" => {
            let arrays = arrays.iter().map(Atom::name).collect::<Option<_>>();
            arrays.map(|arrays| SelfTest::Check { name: name.clone(), arrays })
        }
        _ => None,
    };
    asked.map(Request::SelfTest).ok_or(AS_USAGE)
}

pub(super) fn cancel(atoms: &[Atom]) -> Parsed<Request> {
    match atoms {
        [Atom::Symbol(word)] if word == "render" => Ok(Request::CancelRender),
        atoms => catalog::cancel(atoms).map(Request::Catalog),
    }
}

pub(super) fn latency(atoms: &[Atom]) -> Parsed<Request> {
    match atoms {
        [Atom::Symbol(word)] if word == "measure" => Ok(Request::MeasureLatency),
        atoms => bare(atoms, Request::Latency),
    }
}

pub(super) fn wait(atoms: &[Atom]) -> Parsed<Request> {
    match atoms {
        [Atom::Symbol(word)] if word == "auto" => Ok(Request::Wait(Wait::Auto)),
        _ => match switch(atoms) {
            Some(true) => Ok(Request::Wait(Wait::Always)),
            Some(false) => Ok(Request::Wait(Wait::Never)),
            None => Err(AS_USAGE),
        },
    }
}

/// What `idle auto` stands for, in seconds.
const IDLE_AUTO_S: f64 = 10.0;
/// The least and the most that can be asked for.
const IDLE_RANGE_S: std::ops::RangeInclusive<f64> = 1.0..=3600.0;

pub(super) fn idle(atoms: &[Atom]) -> Parsed<Request> {
    let seconds = match atoms {
        [Atom::Symbol(word)] if word == "auto" => Some(IDLE_AUTO_S),
        [Atom::Symbol(word)] if word == "off" => Some(0.0),
        [atom] => atom.number().filter(|seconds| *seconds == 0.0 || IDLE_RANGE_S.contains(seconds)),
        _ => None,
    };
    seconds.map(|seconds| Request::Idle((seconds * 1e3).round() as u32)).ok_or(AS_USAGE)
}

pub(super) fn deadline(atoms: &[Atom]) -> Parsed<Request> {
    let deadline = match atoms {
        [Atom::Symbol(word)] if word == "auto" => Some(Deadline::Auto),
        [Atom::Symbol(word)] if word == "buffer" => Some(Deadline::Buffer),
        _ => frames(atoms).map(Deadline::Frames),
    };
    deadline.map(Request::Deadline).ok_or(AS_USAGE)
}

pub(super) fn threads(atoms: &[Atom]) -> Parsed<Request> {
    let threads = whole(atoms, u64::from(MAX_THREADS)).filter(|&threads| threads >= 1);
    threads.map(|threads| Request::Threads(threads as u32)).ok_or(AS_USAGE)
}

/// Whole numbers that are bytes.
pub(super) fn midi(atoms: &[Atom]) -> Parsed<Request> {
    let byte = |atom: &Atom| whole(std::slice::from_ref(atom), 255).map(|byte| byte as u8);
    let bytes: Option<Vec<_>> = atoms.iter().map(byte).collect();
    bytes.filter(|bytes| !bytes.is_empty()).map(Request::Midi).ok_or(AS_USAGE)
}

/// The most beats in a minute.
const MOST_BPM: f64 = 1000.0;

pub(super) fn bpm(atoms: &[Atom]) -> Parsed<Request> {
    let bpm = match atoms {
        [atom] => atom.number().filter(|bpm| *bpm > 0.0 && *bpm <= MOST_BPM),
        _ => None,
    };
    let change = bpm.map(|bpm| TransportChange { bpm: Some(bpm), ..TransportChange::default() });
    change.map(Request::Transport).ok_or(AS_USAGE)
}

pub(super) fn transport(atoms: &[Atom]) -> Parsed<Request> {
    let (is_playing, beats) = match atoms {
        [is_playing] => (switch(std::slice::from_ref(is_playing)), None),
        [is_playing, beats] => {
            let beats = beats.number().filter(|beats| (0.0..1e9).contains(beats)).ok_or(AS_USAGE)?;
            (switch(std::slice::from_ref(is_playing)), Some(beats))
        }
        _ => (None, None),
    };
    let is_playing = Some(is_playing.ok_or(AS_USAGE)?);
    Ok(Request::Transport(TransportChange { is_playing, beats, ..TransportChange::default() }))
}

pub(super) fn python(atoms: &[Atom]) -> Parsed<Request> {
    match word(atoms) {
        Some(word) if word == "auto" => Ok(Request::Python(None)),
        Some(word) => Ok(Request::Python(Some(word))),
        None => Err(AS_USAGE),
    }
}

pub(super) fn mix(setting: MixSetting, atoms: &[Atom]) -> Parsed<Request> {
    let (least, most) = setting.range();
    let within = |value: &f64| (f64::from(least)..=f64::from(most)).contains(value);
    match atoms {
        [atom] => {
            atom.number().filter(within).map(|value| Request::Mix(setting, value as f32)).ok_or(AS_USAGE)
        }
        _ => Err(AS_USAGE),
    }
}

pub(super) fn chans(atoms: &[Atom]) -> Parsed<Request> {
    whole(atoms, MAX_PORTS as u64).map(|channels| Request::Channels(channels as usize)).ok_or(AS_USAGE)
}
