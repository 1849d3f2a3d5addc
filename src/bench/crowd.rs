//! How many boxes of a model play beside each other.
//!
//! One thread calls all boxes, as Pure Data does; every box has a worker of its own. The number doubles until a try has a late
//! buffer, or blocks that the thread could not finish in time; then the range is halved.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use nn_core::{
    formats::FORMATS,
    machine::Others,
    offline::{HostMode, LiveBox, Schedule, as_audio_threads_run, play_live},
};

use super::{
    case::Case,
    end::End,
    results::Try,
    side::{check, make},
    step::Step,
};
use crate::{boxes::Chosen, steps::say};

/// The search ends when the range is this part of the number.
const PRECISION: usize = 8;
/// A try takes this part of the time that is played, between these limits, in seconds.
const TRY_PART: f64 = 0.25;
const TRY_S: (f64, f64) = (0.3, 5.0);
/// How long is played between two looks, in seconds.
const LOOK_S: f64 = 0.25;
/// Before what counts, in seconds.
const LEAD_IN_S: f64 = 0.5;
/// A thread that took so many times as long has not kept pace, and would have given the workers more time.
const PACE: f64 = 1.02;

/// Searches and says every try.
pub fn measure(model: &Chosen, case: &Case) -> Result<(), End> {
    as_audio_threads_run();
    let mut boxes = Vec::new();
    let (mut held, mut too_many, mut next) = (0, None, 1);
    loop {
        resize(&mut boxes, next, model, case)?;
        let found = plays(&mut boxes, case)?;
        say(&Step::Tried(found));
        if found.held() {
            held = next;
        } else {
            too_many = Some(next);
        }
        next = match too_many {
            None if next >= case.most_boxes => break,
            None => (2 * next).min(case.most_boxes),
            Some(too_many) if too_many - held <= 1.max(held / PRECISION) => break,
            Some(too_many) => held + (too_many - held) / 2,
        };
    }
    Ok(())
}

/// Makes boxes until there are so many, or deletes some.
fn resize(boxes: &mut Vec<LiveBox>, count: usize, model: &Chosen, case: &Case) -> Result<(), End> {
    boxes.truncate(count);
    let optimise = case.sides.first().copied().unwrap_or(true);
    while boxes.len() < count {
        boxes.push(make(model, case, optimise, (Arc::new(FORMATS), HostMode::RealTime))?.0);
        say(&Step::Goes);
    }
    Ok(())
}

/// Plays all boxes in real time.
fn plays(boxes: &mut [LiveBox], case: &Case) -> Result<Try, End> {
    let mut schedule = Schedule::new(case.block_frames, case.rate_hz);
    let format = boxes.first().and_then(|first| first.object.stream_format());
    let timing = format.map(|format| format.timing);
    let latency_s = timing.map_or(0.0, |timing| timing.latency_frames as f64 / f64::from(case.rate_hz));
    let seconds = (case.seconds * TRY_PART).clamp(TRY_S.0, TRY_S.1).max(4.0 * latency_s);
    // With each as long as a block if there is none, which is then no matter.
    let buffer_frames = timing.map_or(case.block_frames, |timing| timing.buffer_frames);
    // Those that were never begun are late too, and counted so already.
    let late = |boxes: &[LiveBox]| boxes.iter().map(|live| live.status().counts().late).sum::<u64>();
    go(boxes, &mut schedule, case, LEAD_IN_S + latency_s)?;
    let (before, begun, others) = (late(boxes), Instant::now(), Others::begin());
    go(boxes, &mut schedule, case, seconds)?;
    let (after, took, others_cores) = (late(boxes), begun.elapsed(), others.cores());
    boxes.iter_mut().try_for_each(|live| check(live, 0))?;
    Ok(Try {
        boxes: boxes.len(),
        deadline_frames: timing.map_or(0, |timing| timing.deadline_frames),
        seconds,
        others_cores,
        buffers: (boxes.len() * case.blocks(seconds) * case.block_frames / buffer_frames) as u64,
        late: after - before,
        kept_pace: took < Duration::from_secs_f64(seconds * PACE + 0.05),
    })
}

/// Plays so long, says that it goes on, and looks whether a run does not come back.
fn go(boxes: &mut [LiveBox], schedule: &mut Schedule, case: &Case, seconds: f64) -> Result<(), End> {
    let mut left = case.blocks(seconds);
    while left > 0 {
        let blocks = left.min(case.blocks(LOOK_S));
        left -= blocks;
        play_live(boxes, schedule, blocks, |_| {});
        say(&Step::Goes);
        if boxes.iter().any(|live| live.status().running_for() > case.patience()) {
            say(&Step::Hangs(0));
            return Err(End::Hangs);
        }
    }
    Ok(())
}
