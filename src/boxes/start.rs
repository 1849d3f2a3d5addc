//! The boxes that play: made, told what to be, asked what they have become.

use std::{path::PathBuf, sync::Arc, time::Duration};

use nn_core::{
    engine::{loader::load_limit, status::LoadState},
    formats::FORMATS,
    layout::BoxKind,
    message::{Atom, Event, typed},
    object::{HostContext, HostFormat},
    offline::{Chain, HostMode, Player, host_context},
    spec::MethodSpec,
};

use serde::{Deserialize, Serialize};

use super::choose::Chosen;
use crate::failure::Failure;

/// As Pure Data's: what a box plays does not depend on it, but when messages are heard does.
pub const BLOCK_FRAMES: usize = 64;
/// The buffer of boxes that are given none.
pub const USUAL_BUFFER_FRAMES: usize = 4096;
/// The loader gives a load up by itself; this is for what it does besides.
const MARGIN: Duration = Duration::from_secs(60);

/// What boxes are told before they play.
#[derive(Clone, Debug)]
pub struct Settings {
    /// In samples.
    pub buffer_frames: usize,
    /// Whether models run at their own rate.
    pub resample: bool,
    /// What random numbers begin with.
    pub seed: i64,
    /// Whether this project's convolutions compute.
    pub optimise: bool,
    /// Of one call.
    pub threads: u32,
    /// Attributes and their values: of all models that have them, or of one, counted from 0.
    pub set: Vec<(Option<usize>, String, String)>,
}

/// What a box has become.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The file's name.
    pub name: String,
    /// What it plays.
    pub method: MethodSpec,
    /// Its buffer, in samples.
    pub buffer_frames: usize,
    /// From its input to its output, in samples.
    pub latency_frames: usize,
    /// The rate at which the model runs, where that is not the host's.
    pub own_rate_hz: Option<u32>,
    /// Samples at that rate which it hears before the first one of the input.
    pub lead_frames: usize,
    /// What its box has said before it played.
    pub notes: Vec<String>,
}

impl Stage {
    /// What this box adds to the delay of a chain in which `next` follows, in samples. Latents last for a ratio of samples
    /// and are taken from the end of a group, so what goes beyond whole groups is not heard.
    pub fn chained_frames(&self, next: &Self, host_rate_hz: u32) -> usize {
        let ratio = self.method.out_ratio as f64;
        if self.method.out_ratio == 1
            || next.method.in_ratio != self.method.out_ratio
            || next.own_rate_hz != self.own_rate_hz
        {
            return self.latency_frames;
        }
        // In samples of the models, whose groups begin with what they hear first.
        let rates = f64::from(self.own_rate_hz.unwrap_or(host_rate_hz)) / f64::from(host_rate_hz);
        let apart = self.lead_frames as f64 - next.lead_frames as f64;
        let groups = -1.0 - ((apart - 1.0 - self.latency_frames as f64 * rates) / ratio).floor();
        ((groups * ratio + apart) / rates).round().max(0.0) as usize
    }

    /// Samples of the host for each of the method's output, and how many of the first ones lie before the input.
    pub fn output_step(&self, host_rate_hz: u32) -> (f64, f64) {
        let rates = f64::from(host_rate_hz) / f64::from(self.own_rate_hz.unwrap_or(host_rate_hz));
        let ratio = self.method.out_ratio;
        (ratio as f64 * rates, (self.lead_frames % ratio) as f64 * rates)
    }
}

impl Settings {
    /// Reads `NAME=VALUE` and `2:NAME=VALUE`, for so many models.
    pub fn attributes(
        words: &[String],
        models: &[Chosen],
    ) -> Result<Vec<(Option<usize>, String, String)>, Failure> {
        let read = |word: &String| {
            let (name, value) = word
                .split_once('=')
                .ok_or_else(|| Failure::unclear(format_args!("--set {word}: --set NAME=VALUE")))?;
            let (at, name) = addressed(name, models).map_err(Failure::unclear)?;
            Ok((at, name.to_owned(), value.to_owned()))
        };
        words.iter().map(read).collect()
    }
}

/// Which model a name is meant for, and the name: `2:gain`, or `gain` for all that have it.
pub fn addressed<'a>(name: &'a str, models: &[Chosen]) -> Result<(Option<usize>, &'a str), String> {
    let split = name.split_once(':').and_then(|(at, name)| Some((at.parse::<usize>().ok()?, name)));
    let (at, name) = split.map_or((None, name), |(at, name)| (Some(at), name));
    if at.is_some_and(|at| at == 0 || at > models.len()) {
        return Err(format!("{}:{name}: models count from 1 to {}", at.unwrap_or(0), models.len()));
    }
    let at = at.map(|at| at - 1);
    let has = |model: &Chosen| model.spec.attribute(name).is_some();
    let found = at.map_or_else(|| models.iter().any(has), |at| has(&models[at]));
    if found {
        return Ok((at, name));
    }
    let all = models.iter().flat_map(|model| &model.spec.attributes).map(|attribute| attribute.name.as_str());
    let all: Vec<_> = all.collect();
    Err(match all[..] {
        [] => format!("no attribute '{name}': there are none"),
        _ => format!("no attribute '{name}': there are {}", all.join(", ")),
    })
}

/// Boxes one after the other, ready to play, and what each is. Lines that they have said stay among their events.
pub fn chain(
    models: &[Chosen],
    sample_rate_hz: u32,
    settings: &Settings,
) -> Result<(Chain, Vec<Stage>), Failure> {
    let format = HostFormat { sample_rate_hz: sample_rate_hz.into(), block_frames: BLOCK_FRAMES };
    let (mut players, mut stages) = (Vec::new(), Vec::new());
    for (at, model) in models.iter().enumerate() {
        let set = settings.set.iter().filter(|(to, ..)| to.is_none_or(|to| to == at)).cloned().collect();
        let settings = Settings { set, ..settings.clone() };
        let context = host_context(Arc::new(FORMATS), HostMode::Offline);
        let (player, stage) = one(model, context, format, &settings)?;
        stages.push(stage);
        players.push(player);
    }
    Ok((Chain::new(players), stages))
}

/// A box whose model is there and has its attributes, and what it is; which model an attribute is meant for makes no
/// difference.
pub fn one(
    model: &Chosen,
    context: HostContext,
    format: HostFormat,
    settings: &Settings,
) -> Result<(Player, Stage), Failure> {
    let (mut player, mut notes) = loaded(model, context, format, settings)?;
    for (_, name, value) in &settings.set {
        if model.spec.attribute(name).is_some() {
            let atoms: Vec<_> = [Atom::symbol(name.clone())].into_iter().chain(typed(value)).collect();
            player.send("set", &atoms);
            notes.extend(settle(&mut player, model)?);
        }
    }
    let stage = stage(&player, model)?;
    Ok((player, Stage { notes, ..stage }))
}

/// A box whose model is there, and what it says.
fn loaded(
    model: &Chosen,
    context: HostContext,
    format: HostFormat,
    settings: &Settings,
) -> Result<(Player, Vec<String>), Failure> {
    let method = model.spec.methods[model.method].name.clone();
    let arguments = [
        Atom::symbol(model.path.display().to_string()),
        Atom::symbol(method),
        Atom::Int(settings.buffer_frames as i64),
    ];
    // It was found before.
    let path = model.path.clone();
    let find = move |_: &str| -> Option<PathBuf> { Some(path.clone()) };
    let mut player = Player::new(BoxKind::Nn, context, format, &arguments, find);
    for (selector, number) in [
        ("resample", i64::from(settings.resample)),
        ("optimise", i64::from(settings.optimise)),
        ("threads", i64::from(settings.threads)),
        ("seed", settings.seed),
    ] {
        player.send(selector, &[Atom::Int(number)]);
    }
    let notes = settle(&mut player, model)?;
    Ok((player, notes))
}

/// Waits, without audio, until nothing is pending; what the box calls an error is one. Gives what else it says.
pub fn settle(player: &mut Player, model: &Chosen) -> Result<Vec<String>, Failure> {
    let patience = load_limit().saturating_add(MARGIN);
    let is_done =
        |player: &mut Player| !player.object.pending() && player.status().load_state() != LoadState::Loading;
    let waited = player.until(patience, is_done);
    let mut notes = Vec::new();
    for event in player.take_events() {
        match event {
            Event::Error(line) => return Err(Failure::failed(without_name(&line))),
            Event::Note(line) => notes.push(without_name(&line).to_owned()),
            _ => {}
        }
    }
    if waited.is_err() || player.status().load_state() != LoadState::Ready {
        return Err(Failure::failed(format_args!("{}: it does not load", model.path.display())));
    }
    Ok(notes)
}

/// What a box says, without its own name.
pub fn without_name(line: &str) -> &str {
    line.strip_prefix("nn~: ").unwrap_or(line)
}

/// What a box is now.
fn stage(player: &Player, model: &Chosen) -> Result<Stage, Failure> {
    let format = player.object.stream_format();
    let format = format.ok_or_else(|| {
        Failure::failed(format_args!("{}: the box does not say what it is", model.path.display()))
    })?;
    Ok(Stage {
        name: model.name(),
        method: model.spec.methods[model.method].clone(),
        buffer_frames: format.shape.buffer_frames,
        latency_frames: format.latency_without_model_frames(),
        own_rate_hz: model.spec.sample_rate_hz.filter(|_| format.resampling.is_some()),
        lead_frames: format.resampling.map_or(0, |plan| plan.lead_frames),
        notes: Vec::new(),
    })
}

/// A model's own delay, in samples of the host, as far as it can be told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelDelay {
    /// As `latency measure` found it.
    pub measured_frames: Option<usize>,
    /// As the file states it; `None` of a file that states none, or 0.
    pub declared_frames: Option<usize>,
}

impl ModelDelay {
    /// The measured one, or else the declared one.
    pub fn frames(self) -> Option<usize> {
        self.measured_frames.or(self.declared_frames)
    }

    /// Which of them that is, in a word.
    pub fn source(self) -> &'static str {
        if self.measured_frames.is_some() { "measured" } else { "declared" }
    }
}

/// The model's own delay, as `latency measure` tells it and as the model does.
pub fn model_delay(player: &mut Player) -> ModelDelay {
    let declared = player.object.stream_format().map(|format| format.model_delay_frames);
    let measured_frames = measured_delay(player);
    ModelDelay { measured_frames, declared_frames: declared.filter(|&frames| frames > 0) }
}

fn measured_delay(player: &mut Player) -> Option<usize> {
    player.send("latency", &[Atom::symbol("measure")]);
    player.until(MARGIN, |player| !player.object.pending()).ok()?;
    // It is no error of the rendering if it cannot be told.
    player.take_events().iter().find_map(|event| match event {
        Event::Info { selector, atoms } if selector == "latency" => {
            let at = atoms.iter().position(|atom| *atom == Atom::symbol("model"))?;
            Some(atoms.get(at + 1)?.number()? as usize)
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(params: [i64; 4], latency_frames: usize, own_rate_hz: Option<u32>, lead_frames: usize) -> Stage {
        let method = MethodSpec::from_params("m", &params).expect("a method");
        Stage {
            name: "m".into(),
            method,
            buffer_frames: 2048,
            latency_frames,
            own_rate_hz,
            lead_frames,
            notes: Vec::new(),
        }
    }

    #[test]
    fn a_delay_that_was_not_measured_is_called_declared() {
        for (measured_frames, declared_frames, told) in [
            (Some(851), Some(500), (Some(851), "measured")),
            (Some(0), Some(500), (Some(0), "measured")),
            (None, Some(500), (Some(500), "declared")),
        ] {
            let delay = ModelDelay { measured_frames, declared_frames };
            assert_eq!((delay.frames(), delay.source()), told);
        }
        assert_eq!(ModelDelay::default().frames(), None);
    }

    #[test]
    fn of_latents_whole_groups_are_heard_and_of_sound_everything() {
        let (encode, decode) = ([1, 1, 4, 512], [4, 512, 1, 1]);
        for (latency, chained) in [(8128, 7680), (7680, 7680), (511, 0), (512, 512)] {
            let first = stage(encode, latency, None, 0);
            assert_eq!(first.chained_frames(&stage(decode, 0, None, 0), 44_100), chained);
            assert_eq!(first.chained_frames(&stage([4, 1, 1, 1], 0, None, 0), 44_100), latency);
        }
        assert_eq!(
            stage([1, 1, 1, 1], 777, None, 0).chained_frames(&stage([1, 1, 1, 1], 0, None, 0), 48_000),
            777
        );
    }

    /// Group by group, as the boxes hold and take values.
    #[test]
    fn at_another_rate_the_next_box_hears_the_group_that_is_there_when_it_takes_its_value() {
        const RATIO: i64 = 512;
        let (host_hz, own_hz) = (44_100.0, 48_000.0);
        let rates = own_hz / host_hz;
        for (latency, lead, next_lead) in
            [(12_553, 37, 1_400), (12_553, 0, 0), (9_000, 2_047, 3), (640, 5, 5)]
        {
            let first = stage([1, 1, 4, RATIO], latency, Some(48_000), lead);
            let next = stage([4, RATIO, 1, 1], 0, Some(48_000), next_lead);
            let told = first.chained_frames(&next, 44_100) as f64;
            let (lead, next_lead) = (lead as i64, next_lead as i64);
            for group in 40..120 {
                // The last sample of the group, at the host, where a value is held from the sample before on.
                let taken = (((group + 1) * RATIO - next_lead - 1) as f64 / rates).floor();
                let there = ((taken - latency as f64) * rates + lead as f64).div_euclid(RATIO as f64) as i64;
                let apart = ((group - there) * RATIO + lead - next_lead) as f64 / rates;
                assert!((apart - told).abs() <= 0.5, "{latency} {lead} {next_lead}: {apart} {told}");
            }
        }
    }
}
