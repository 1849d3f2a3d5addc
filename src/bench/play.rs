//! The times of one box: back to back, then in real time, then with the least deadline.

use std::time::{Duration, Instant};

use nn_core::{
    message::Atom,
    offline::{HostMode, RunTime, as_audio_threads_run},
    spec::MAX_BUFFER_FRAMES,
    timing::auto_deadline,
};

use super::{
    alive::Pieces,
    case::Case,
    end::End,
    results::Stretch,
    side::Side,
    step::{RunTimes, Step},
    stretch::{self, Until},
};
use crate::{
    boxes::{self, Chosen},
    steps::say,
};

/// Buffers of a turn back to back, and those that come before the first turn.
const TURN_BUFFERS: usize = 6;
const WARM_UP_BUFFERS: usize = 4;
/// Back to back takes this part of the time that is played, between these limits, in seconds.
const FLAT_PART: f64 = 0.2;
const FLAT_S: (f64, f64) = (0.2, 5.0);
/// A deadline is not raised more often than this.
const MOST_TRIES: usize = 5;
/// Values in a message.
const MOST_VALUES: usize = 1000;

/// Measures all sides and says it.
pub fn measure(model: &Chosen, case: &Case) -> Result<(), End> {
    back_to_back(model, case)?;
    // Workers take their priority from the thread that makes the boxes.
    let granted = as_audio_threads_run();
    let mut sides = Vec::new();
    for number in 0..case.sides.len() {
        let mut side = Side::new(model, case, number, HostMode::RealTime)?;
        say(&Step::Goes);
        if let Some(frames) = case.deadline_frames {
            set_deadline(&mut side, model, frames)?;
        }
        side.say(case);
        say(&Step::OwnDelay(number, model_delay(&mut side)));
        sides.push(side);
    }
    let mut found = Vec::new();
    for side in &mut sides {
        found.push(played(side, case, granted, Until::End)?);
    }
    if case.deadline_frames.is_none() {
        for (side, first) in sides.iter_mut().zip(found) {
            least_deadline(side, model, case, &first)?;
        }
    }
    Ok(())
}

/// As quickly as it goes, in turns.
fn back_to_back(model: &Chosen, case: &Case) -> Result<(), End> {
    let mut sides = Vec::new();
    for number in 0..case.sides.len() {
        let mut side = Side::new(model, case, number, HostMode::Offline)?;
        buffers(&mut side, WARM_UP_BUFFERS, &mut Pieces::begin());
        side.check()?;
        drop(side.source.take());
        sides.push((side, Vec::new()));
    }
    let longest = (case.seconds * FLAT_PART).clamp(FLAT_S.0, FLAT_S.1) * sides.len() as f64;
    let (begun, mut pieces) = (Instant::now(), Pieces::begin());
    while begun.elapsed() < Duration::from_secs_f64(longest) {
        for (side, runs) in &mut sides {
            buffers(side, TURN_BUFFERS, &mut pieces);
            side.check()?;
            runs.extend(side.source.take());
        }
    }
    for (side, runs) in &sides {
        say_runs(side, false, runs);
    }
    Ok(())
}

/// So many buffers, one after the other.
fn buffers(side: &mut Side, count: usize, pieces: &mut Pieces) {
    let blocks = side.stage.buffer_frames.div_ceil(side.live.format().block_frames);
    for _ in 0..count {
        (0..blocks).for_each(|_| side.live.block());
        side.live.poll();
        pieces.done();
    }
}

/// The model's own delay, where it makes sound of sound.
fn model_delay(side: &mut Side) -> Option<usize> {
    let method = &side.stage.method;
    let is_sound = method.in_channels > 0 && method.in_ratio == 1 && method.out_ratio == 1;
    is_sound.then(|| boxes::model_delay(&mut side.live)).flatten()
}

/// The least deadline with which no buffer is late: what the slowest needs, with the margin of `deadline auto`, tried and
/// raised.
fn least_deadline(side: &mut Side, model: &Chosen, case: &Case, first: &Stretch) -> Result<(), End> {
    let Some(mut longest_ns) = first.longest_after_ns else { return Ok(()) };
    let needed = |longest_ns: u64| {
        let block = case.block_frames;
        auto_deadline(longest_ns as f64 * 1e-9, block, block, case.rate_hz.into())
    };
    let mut frames = needed(longest_ns);
    for _ in 0..MOST_TRIES {
        let known = first.late + first.dropped == 0 && frames >= first.deadline_frames;
        if known || frames > MAX_BUFFER_FRAMES {
            // With that one no buffer was late already; or there is none.
            return Ok(());
        }
        set_deadline(side, model, frames)?;
        let stretch = played(side, case, first.real_time_priority, Until::Late)?;
        if stretch.late + stretch.dropped == 0 {
            return Ok(());
        }
        longest_ns = longest_ns.max(stretch.longest_after_ns.unwrap_or(u64::MAX));
        frames = needed(longest_ns).max(frames + case.block_frames);
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
fn played(side: &mut Side, case: &Case, granted: bool, until: Until) -> Result<Stretch, End> {
    let (stretch, after_ns) = stretch::play(&mut side.live, &side.source, case, granted, until)?;
    say_runs(side, true, &stretch.runs);
    for part in after_ns.chunks(MOST_VALUES) {
        say(&Step::Arrivals { side: side.number, after_ns: part.to_vec() });
    }
    say(&Step::Stretch(side.number, stretch.told.clone()));
    side.check()?;
    Ok(stretch.told)
}

fn say_runs(side: &Side, live: bool, runs: &[RunTime]) {
    let ns = |time: Duration| time.as_nanos() as u64;
    for part in runs.chunks(MOST_VALUES) {
        say(&Step::Runs(RunTimes {
            side: side.number,
            live,
            wall_ns: part.iter().map(|run| ns(run.wall)).collect(),
            used_ns: part.iter().map(|run| ns(run.used)).collect(),
        }));
    }
}
