//! A box that is measured.

use std::sync::Arc;

use nn_core::{
    fit::input::{Content, Kind, input, kinds},
    formats::FORMATS,
    message::{Atom, Event},
    model::ModelSource,
    object::{HostContext, HostFormat},
    offline::{HostMode, LiveBox, TimedSource, host_context},
};

use super::{
    alive::{Alive, Pieces},
    case::Case,
    end::End,
    step::{BoxFacts, Step},
};
use crate::{
    boxes::{self, Chosen, Stage, without_name},
    steps::say,
};

/// A box, and what its model's runs took.
pub struct Side {
    /// Its number among those that take turns.
    pub number: usize,
    /// Where its model has its clock.
    pub source: TimedSource,
    /// Itself.
    pub live: LiveBox,
    /// What it has become.
    pub stage: Stage,
}

impl Side {
    /// Makes one, loaded and ready, and says what it is.
    pub fn new(model: &Chosen, case: &Case, number: usize, mode: HostMode) -> Result<Self, End> {
        let source = TimedSource::new(Arc::new(FORMATS));
        let optimise = case.sides.get(number).copied().unwrap_or(true);
        let (live, stage) = make(model, case, optimise, (Arc::new(source.clone()), mode))?;
        Ok(Self { number, source, live, stage })
    }

    /// Says what it is.
    pub fn say(&self, case: &Case) {
        let own_rate_hz = self.stage.own_rate_hz;
        let format = self.live.object.stream_format();
        let model_frames =
            format.map_or(self.stage.buffer_frames, |format| format.model_shape().buffer_frames);
        let seconds = model_frames as f64 / f64::from(own_rate_hz.unwrap_or(case.rate_hz));
        say(&Step::Box(BoxFacts {
            side: self.number,
            buffer_frames: self.stage.buffer_frames,
            budget_ns: (seconds * 1e9).round() as u64,
            own_rate_hz,
            notes: self.stage.notes.clone(),
        }));
    }

    /// Plays so many buffers, one after the other.
    pub fn buffers(&mut self, count: usize, pieces: &mut Pieces) {
        let blocks = self.stage.buffer_frames.div_ceil(self.live.format().block_frames);
        for _ in 0..count {
            (0..blocks).for_each(|_| self.live.block());
            self.live.poll();
            pieces.done();
        }
    }

    /// Says what is wrong with its runs, if something is.
    pub fn check(&mut self) -> Result<(), End> {
        check(&mut self.live, self.number)
    }
}

/// A box with the signals that its labels ask for.
pub fn make(
    model: &Chosen,
    case: &Case,
    optimise: bool,
    (source, mode): (Arc<dyn ModelSource>, HostMode),
) -> Result<(LiveBox, Stage), End> {
    let context = HostContext { workers: true, ..host_context(source, mode) };
    let format = HostFormat { sample_rate_hz: case.rate_hz.into(), block_frames: case.block_frames };
    let alive = Alive::begin();
    let (mut player, stage) = boxes::one(model, context, format, &case.settings(optimise))?;
    drop(alive);
    if mode == HostMode::RealTime {
        player.send("wait", &[Atom::Int(0)]);
    }
    let mut live = LiveBox::new(player);
    let asked_for = input(&stage.method, 1, case.block_frames, Content::Sound);
    let inlets = live.inputs.iter_mut().zip(asked_for.chunks_exact(case.block_frames));
    for ((signal, asked_for), kind) in inlets.zip(kinds(&stage.method)) {
        if kind != Kind::Sound {
            signal.copy_from_slice(asked_for);
        }
    }
    Ok((live, stage))
}

/// Says what is wrong with the runs of a side's box, if something is.
pub fn check(live: &mut LiveBox, side: usize) -> Result<(), End> {
    let counts = live.status().counts();
    live.poll();
    let error = live.take_events().into_iter().find_map(|event| match event {
        Event::Error(line) => Some(without_name(&line).to_owned()),
        _ => None,
    });
    if counts.faults > 0 {
        say(&Step::Fault(side, error.unwrap_or_else(|| "its runs failed".into())));
    } else if counts.non_finite > 0 {
        say(&Step::NotFinite(side, counts.non_finite, counts.buffers));
    } else if let Some(error) = error {
        say(&Step::Fault(side, error));
    } else {
        return Ok(());
    }
    Err(End::Said)
}
