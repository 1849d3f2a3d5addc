//! The times of one box: back to back, then in real time, then with the least deadline.

use std::time::{Duration, Instant};

use nn_core::{
    message::Atom,
    offline::{HostMode, RunTime, as_audio_threads_run},
    spec::MAX_BUFFER_FRAMES,
    timing::deadline_of,
};

use super::{
    alive::Pieces,
    case::{Case, MOST_TRIES, MOST_VALUES},
    end::End,
    results::Stretch,
    side::Side,
    step::{RunTimes, Step},
    stretch::{self, Until},
};
use crate::{
    boxes::{self, Chosen, ModelDelay},
    steps::say,
};

/// Buffers of a turn back to back, and those that come before the first turn.
const TURN_BUFFERS: usize = 6;
const WARM_UP_BUFFERS: usize = 4;
/// Back to back takes this part of the time that is played, between these limits, in seconds.
const FLAT_PART: f64 = 0.2;
const FLAT_S: (f64, f64) = (0.2, 5.0);
/// The slowest of a concert may take so many times as long as the slowest of this run.
const MARGIN: f64 = 2.0;
/// The same for one that has gone on so long that something held it up.
const LONG_MARGIN: f64 = 1.5;

/// Measures all sides and says it.
pub fn measure(model: &Chosen, case: &Case) -> Result<(), End> {
    let sound = back_to_back(model, case)?;
    // Workers take their priority from the thread that makes the boxes.
    let granted = as_audio_threads_run();
    let mut sides = Vec::new();
    for number in sound {
        let mut side = Side::new(model, case, number, HostMode::RealTime)?;
        say(&Step::Goes);
        if let Some(frames) = case.deadline_frames {
            set_deadline(&mut side, model, frames)?;
        }
        side.say(case);
        say(&Step::ModelDelay(number, model_delay(&mut side)));
        sides.push(side);
    }
    let mut found = Vec::new();
    for mut side in sides {
        if let Some(first) = unless_said(played(&mut side, case, granted, (case.seconds, Until::End)))? {
            found.push((side, first));
        }
    }
    if case.deadline_frames.is_none() {
        for (mut side, first) in found {
            unless_said(least_deadline(&mut side, model, case, &first))?;
        }
    }
    Ok(())
}

/// What was found; `None` where something is wrong with the side, and others go on.
fn unless_said<T>(found: Result<T, End>) -> Result<Option<T>, End> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(End::Said) => Ok(None),
        Err(end) => Err(end),
    }
}

/// As quickly as it goes, in turns; gives the numbers of those sides with which nothing is wrong.
fn back_to_back(model: &Chosen, case: &Case) -> Result<Vec<usize>, End> {
    let mut sides = Vec::new();
    for number in 0..case.sides.len() {
        let mut side = Side::new(model, case, number, HostMode::Offline)?;
        side.buffers(WARM_UP_BUFFERS, &mut Pieces::begin());
        if unless_said(side.check())?.is_some() {
            drop(side.source.take());
            sides.push((side, Vec::new()));
        }
    }
    let longest = (case.seconds * FLAT_PART).clamp(FLAT_S.0, FLAT_S.1) * sides.len() as f64;
    let (begun, mut pieces) = (Instant::now(), Pieces::begin());
    while !sides.is_empty() && begun.elapsed() < Duration::from_secs_f64(longest) {
        let mut at = 0;
        while let Some((side, runs)) = sides.get_mut(at) {
            side.buffers(TURN_BUFFERS, &mut pieces);
            if unless_said(side.check())?.is_none() {
                sides.remove(at);
                continue;
            }
            runs.extend(side.source.take());
            at += 1;
        }
    }
    for (side, runs) in &sides {
        say_runs(side, case, false, runs);
    }
    Ok(sides.iter().map(|(side, _)| side.number).collect())
}

/// The model's own delay, where it makes sound of sound.
fn model_delay(side: &mut Side) -> ModelDelay {
    let method = &side.stage.method;
    let is_sound = method.in_channels > 0 && method.in_ratio == 1 && method.out_ratio == 1;
    if is_sound { boxes::model_delay(&mut side.live) } else { ModelDelay::default() }
}

/// The least deadline with which no buffer is late: what the slowest needs, with a margin, tried and raised.
fn least_deadline(side: &mut Side, model: &Chosen, case: &Case, first: &Stretch) -> Result<(), End> {
    let Some(mut longest_ns) = first.longest_after_ns else { return Ok(()) };
    let needed = |longest_ns: u64, margin: f64| {
        deadline_of(longest_ns as f64 * 1e-9, margin, case.block_frames, case.rate_hz.into())
    };
    let holds_longer = case.hold_s > case.seconds;
    let mut frames = needed(longest_ns, MARGIN);
    for _ in 0..MOST_TRIES {
        let known = first.late + first.dropped == 0 && frames >= first.deadline_frames;
        if known && !holds_longer || frames > MAX_BUFFER_FRAMES {
            // With that one no buffer was late already; or there is none.
            return Ok(());
        }
        set_deadline(side, model, frames)?;
        let stretch = played(side, case, first.real_time_priority, (case.hold_s, Until::Late))?;
        if stretch.late + stretch.dropped == 0 {
            return Ok(());
        }
        longest_ns = longest_ns.max(stretch.longest_after_ns.unwrap_or(u64::MAX));
        let margin = if holds_longer { LONG_MARGIN } else { MARGIN };
        frames = needed(longest_ns, margin).max(frames + case.block_frames);
    }
    Ok(())
}

/// A deadline, in its place when this returns.
fn set_deadline(side: &mut Side, model: &Chosen, frames: usize) -> Result<(), End> {
    side.live.send("deadline", &[Atom::Int(frames as i64)]);
    boxes::settle(&mut side.live, model)?;
    Ok(())
}

/// A stretch of real time, which it says.
fn played(
    side: &mut Side,
    case: &Case,
    granted: bool,
    (seconds, until): (f64, Until),
) -> Result<Stretch, End> {
    let (stretch, after_ns) = stretch::play(side, case, granted, seconds, until)?;
    say_runs(side, case, true, &stretch.runs);
    for part in after_ns.chunks(MOST_VALUES) {
        say(&Step::Arrivals { side: side.number, after_ns: part.to_vec() });
    }
    say(&Step::Stretch(side.number, stretch.told.clone()));
    side.check()?;
    Ok(stretch.told)
}

fn say_runs(side: &Side, case: &Case, live: bool, runs: &[RunTime]) {
    let ns = |time: Duration| time.as_nanos() as u64;
    for part in runs.chunks(MOST_VALUES) {
        say(&Step::Runs(RunTimes {
            side: side.number,
            live,
            wall_ns: part.iter().map(|run| ns(run.wall)).collect(),
            // It is the calling thread's: with more of them it would leave out what the others take.
            used_ns: part.iter().filter(|_| case.threads == 1).map(|run| ns(run.used)).collect(),
        }));
    }
}
