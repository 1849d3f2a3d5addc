//! One call of each model for all of its input, instead of buffers.

use std::path::Path;

use nn_core::timing::legal_buffer;

use super::{
    feed::{Feed, Source},
    play::Played,
    rack::Rack,
    source,
    takers::Taker,
    task::Task,
    words::NPZ,
};
use crate::{
    boxes::{BLOCK_FRAMES, Chosen, Settings, Stage},
    failure::{Failure, named},
    sound::ending,
};

/// With `--whole` every model but the last plays all of it before the next one begins: what is left to play, and from which
/// model on.
pub fn before_the_last(
    task: &Task,
    mut source: Source,
    (input, rate_hz): (Option<&Path>, u32),
    stages: &mut Vec<Stage>,
    played: &mut Played,
) -> Result<(Source, usize), Failure> {
    let last = task.models.len() - 1;
    for at in 0..last {
        let models = &task.models[at..=at];
        let method = &models[0].spec.methods[models[0].method];
        let block = (task.arguments.mono && at == 0, rate_hz, BLOCK_FRAMES);
        let mut feed = Feed::new(source, method, Vec::new(), block)?;
        let settings = settings(task, at, &feed, input.filter(|_| at == 0), rate_hz)?;
        let mut rack = Rack::new(models, rate_hz, &settings, feed.voices, at)?;
        check(&rack.stages[0], &settings)?;
        let delay = rack.delay_frames(0) as u64;
        let mut takers = [Taker::values(0, delay, (1.0, 0.0), feed.voices * method.out_channels)];
        played.add(rack.play(&mut feed, input, &mut takers, |_| ())?);
        let [taker] = takers;
        let lanes = taker.into_values();
        source = Source::Signals(lanes.chunks(method.out_channels).map(<[_]>::to_vec).collect());
        stages.append(&mut rack.stages);
    }
    Ok((source, last))
}

/// What is resampled goes through a model in blocks, whose borders lie anywhere.
pub fn refuse_other_rate(task: &Task, input: Option<&Path>, rate_hz: u32) -> Result<(), Failure> {
    // Native rates are kept whatever is set.
    let own_hz = |model: &Chosen| match model.spec.native.rate_hz(rate_hz) {
        None => model.spec.sample_rate_hz.filter(|_| task.settings.resample),
        native => native,
    };
    let is_other = |model: &&Chosen| own_hz(model).is_some_and(|hz| hz != rate_hz);
    let Some(model) = task.models.iter().find(is_other) else { return Ok(()) };
    let own_hz = own_hz(model).unwrap_or(rate_hz);
    let line = format!(
        "{rate_hz} Hz, and {} is made for {own_hz}: one call cannot resample. Convert the file, or add --no-resample",
        model.name()
    );
    Err(Failure::failed(named(input, &line)))
}

/// What the box of a model is told, with a buffer that holds all of the input.
pub fn settings(
    task: &Task,
    model: usize,
    feed: &Feed,
    input: Option<&Path>,
    rate_hz: u32,
) -> Result<Settings, Failure> {
    let frames = match input.filter(|path| ending(path) != NPZ) {
        // What a file says of itself may be wrong.
        Some(path) => source::frames(path)?,
        None => feed.frames().unwrap_or(0),
    };
    let tail = (task.arguments.tail.unwrap_or(0.0) * f64::from(rate_hz)).round();
    let ratios = task.models[model].spec.ratio_lcm().map_err(Failure::failed)?;
    let buffer_frames = legal_buffer(frames as usize + tail as usize, ratios, BLOCK_FRAMES)
        .map_err(|error| Failure::failed(format_args!("one call: {error}")))?;
    Ok(Settings { buffer_frames, ..task.settings.clone() })
}

/// Fails if a box had to take a smaller buffer.
pub fn check(stage: &Stage, settings: &Settings) -> Result<(), Failure> {
    if stage.buffer_frames >= settings.buffer_frames {
        return Ok(());
    }
    Err(Failure::failed(format_args!(
        "{} {} does not work with one call of {} samples: leave --whole out",
        stage.name, stage.method.name, settings.buffer_frames
    )))
}
