//! Everything that is to be measured.

use nn_core::machine;

use super::{
    arguments::Arguments,
    case::{Case, Part},
    results::{How, Machine, Model, Results, Row},
};
use crate::{
    boxes::{Chosen, Settings, chosen, meant},
    command_line::typed,
    digest::digest,
    failure::Failure,
};

/// The host's rate for models of any.
const USUAL_RATE_HZ: u32 = 44_100;

/// Everything that is to be measured.
#[derive(Debug)]
pub struct Plan {
    /// Of what.
    pub model: Chosen,
    /// The first process.
    pub begin: Case,
    /// One process for each buffer and rate, with all sides in turns.
    pub plays: Vec<Case>,
    /// One for each buffer, rate and side.
    pub boxes: Vec<Case>,
    /// How often.
    pub repeats: u32,
    /// How long the least deadline must hold, where that was asked for.
    pub hold_s: Option<f64>,
    sha256: String,
    bytes: u64,
}

impl Plan {
    /// From the command line; finds the model.
    pub fn new(arguments: &Arguments) -> Result<Self, Failure> {
        let text = arguments.model.to_string_lossy();
        let (file, named) = meant(&text)
            .ok_or_else(|| Failure::not_there(format_args!("{text}: not a model that is known here")))?;
        let model = chosen(file, named.or(arguments.method.as_deref()))?;
        let models = std::slice::from_ref(&model);
        let set = Settings::attributes(&arguments.set, models)?;
        let own_hz = model.spec.sample_rate_hz;
        let mut rates = arguments.rate.clone();
        if rates.is_empty() {
            rates.push(own_hz.unwrap_or(USUAL_RATE_HZ));
        }
        let mut sides: Vec<bool> = arguments.optimise.iter().map(|&optimise| optimise == 1).collect();
        sides.dedup();
        let case = |part, buffer_frames, rate_hz, sides: &[bool]| Case {
            part,
            method: model.spec.methods[model.method].name.clone(),
            sides: sides.to_vec(),
            buffer_frames,
            rate_hz,
            block_frames: arguments.block as usize,
            resample: !arguments.no_resample,
            seed: arguments.seed,
            threads: arguments.threads,
            set: set.iter().map(|(_, name, value)| (name.clone(), value.clone())).collect(),
            deadline_frames: arguments.deadline.map(|frames| frames as usize),
            seconds: arguments.seconds,
            hold_s: arguments.hold.unwrap_or(arguments.seconds),
            most_boxes: arguments.boxes as usize,
            load: arguments.load as usize,
            patience_s: arguments.patience,
        };
        let pairs: Vec<_> =
            rates.iter().flat_map(|&hz| arguments.buffers.iter().map(move |&frames| (frames, hz))).collect();
        let largest = arguments.buffers.iter().copied().max().unwrap_or(2048);
        let plays = pairs.iter().map(|&(frames, hz)| case(Part::Play, frames, hz, &sides)).collect();
        let each = |&(frames, hz): &(usize, u32)| {
            sides.iter().map(move |&side| (frames, hz, side)).collect::<Vec<_>>()
        };
        let boxes =
            pairs.iter().flat_map(each).map(|(frames, hz, side)| case(Part::Boxes, frames, hz, &[side]));
        let boxes = if arguments.boxes > 0 { boxes.collect() } else { Vec::new() };
        let begin = case(Part::Begin, largest, rates[0], &sides[..1]);
        let unreadable =
            |error: std::io::Error| Failure::failed(format_args!("{}: {error}", model.path.display()));
        let sha256 = digest(&model.path).map_err(unreadable)?;
        let bytes = model.path.metadata().map_err(unreadable)?.len();
        let (repeats, hold_s) = (arguments.repeats, arguments.hold);
        Ok(Self { begin, plays, boxes, repeats, hold_s, model, sha256, bytes })
    }

    /// What is known before anything is measured, with a row for each side of each process.
    pub fn results(&self) -> Results {
        let case = &self.begin;
        let row = |case: &Case| {
            let (asked_frames, rate_hz) = (case.buffer_frames, case.rate_hz);
            case.sides
                .iter()
                .map(move |&optimise| Row { asked_frames, rate_hz, optimise, ..Row::default() })
                .collect::<Vec<_>>()
        };
        Results {
            version: env!("CARGO_PKG_VERSION").into(),
            command: typed(),
            machine: Machine {
                processor: machine::processor(),
                cores: machine::cores(),
                system: machine::system(),
                load_before: machine::load(),
                ..Machine::default()
            },
            model: Model {
                name: self.model.name(),
                path: self.model.path.display().to_string(),
                sha256: self.sha256.clone(),
                bytes: self.bytes,
                method: case.method.clone(),
                rate_hz: self.model.spec.sample_rate_hz,
            },
            settings: How {
                block_frames: case.block_frames,
                seconds: case.seconds,
                hold_s: self.hold_s,
                repeats: self.repeats,
                threads: case.threads,
                seed: case.seed,
                set: case.set.clone(),
                load: case.load,
                deadline_frames: case.deadline_frames,
                resample: case.resample,
            },
            rows: self.plays.iter().flat_map(row).collect(),
            ..Results::default()
        }
    }
}
