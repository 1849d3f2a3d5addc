//! A stretch of real time with one box.

use nn_core::{
    figures::quantile,
    machine::Others,
    offline::{Arrival, RunTime, Schedule, Tick, arrivals, play_live},
};

use super::{case::Case, end::End, results, side::Side, step::Step};
use crate::steps::say;

/// How long it is played between two looks, in seconds.
const LOOK_S: f64 = 0.5;
/// Before what counts: silence at the beginning, the crossfade to another deadline.
const LEAD_IN_S: f64 = 0.3;
/// How often results are waited for that are not there in time.
const MOST_WAITS: usize = 5;

/// When it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// After its time.
    End,
    /// With the first late buffer.
    Late,
}

/// What was found.
pub struct Stretch {
    /// For the report.
    pub told: results::Stretch,
    /// The runs in it.
    pub runs: Vec<RunTime>,
}

/// Plays; gives also from full buffer to result, in ns, for every buffer.
pub fn play(
    side: &mut Side,
    case: &Case,
    real_time_priority: bool,
    seconds: f64,
    until: Until,
) -> Result<(Stretch, Vec<u64>), End> {
    let mut schedule = Schedule::new(case.block_frames, case.rate_hz);
    let format =
        side.live.object.stream_format().ok_or_else(|| End::Refused("the box plays nothing".into()))?;
    let (deadline_frames, buffer_frames) = (format.timing.deadline_frames, format.timing.buffer_frames);
    let in_seconds = |frames: usize| frames as f64 / f64::from(case.rate_hz);
    let lead_in_s = LEAD_IN_S + in_seconds(format.latency_frames() + 2 * buffer_frames);
    let mut ticks = Vec::new();
    go(side, &mut schedule, case, lead_in_s, &mut ticks, None)?;
    ticks.clear();
    drop(side.source.take());
    let (before, others) = (side.live.status().counts(), Others::begin());
    let late_from = (until == Until::Late).then_some(before.late + before.dropped);
    go(side, &mut schedule, case, seconds, &mut ticks, late_from)?;
    let (counted, after, others_cores) = (ticks.len(), side.live.status().counts(), others.cores());
    let runs = side.source.take();
    let took: Vec<_> = ticks.iter().map(|tick| tick.took.as_nanos() as f64).collect();
    // What was full within the stretch gets the time for its result, however late.
    let mut ends: Vec<_> = runs.iter().map(|run| run.ended).collect();
    let mut rest_s = in_seconds(deadline_frames + 2 * buffer_frames);
    let mut buffers = Vec::new();
    for _ in 0..MOST_WAITS {
        go(side, &mut schedule, case, rest_s, &mut ticks, None)?;
        ends.extend(side.source.take().iter().map(|run| run.ended));
        let is_counted = |found: &Option<Arrival>| found.is_none_or(|one| one.handed_over_in < counted);
        // Those that are not through may be later ones.
        let full = (after.handed_over - before.handed_over) as usize;
        buffers = arrivals(&ticks, &ends).into_iter().filter(is_counted).take(full).collect();
        if buffers.iter().all(Option::is_some) {
            break;
        }
        rest_s = LOOK_S;
    }
    let after_ns: Option<Vec<u64>> =
        buffers.iter().map(|arrival| arrival.map(|arrival| arrival.after.as_nanos() as u64)).collect();
    // Those for which no place was free were never handed over, and never come.
    let due = (took.len() * case.block_frames / buffer_frames) as u64;
    let are_all_there = buffers.len() as u64 + 1 >= due;
    let told = results::Stretch {
        deadline_frames,
        latency_frames: format.latency_without_model_frames(),
        seconds: in_seconds(took.len() * case.block_frames),
        buffers: due,
        late: after.late - before.late,
        dropped: after.dropped - before.dropped,
        longest_after_ns: after_ns.filter(|_| are_all_there).and_then(|all| all.into_iter().max()),
        others_cores,
        callback_ns: [0.5, 0.99, 1.0].map(|part| quantile(&took, part) as u64),
        real_time_priority,
    };
    let after_ns = buffers.iter().flatten().map(|arrival| arrival.after.as_nanos() as u64).collect();
    Ok((Stretch { told, runs }, after_ns))
}

/// Plays so long, and looks now and then: `late_from` ends it when more buffers than those are late.
fn go(
    side: &mut Side,
    schedule: &mut Schedule,
    case: &Case,
    seconds: f64,
    ticks: &mut Vec<Tick>,
    late_from: Option<u64>,
) -> Result<(), End> {
    let mut left = case.blocks(seconds);
    while left > 0 {
        let blocks = left.min(case.blocks(LOOK_S));
        left -= blocks;
        play_live(std::slice::from_mut(&mut side.live), schedule, blocks, |tick| ticks.push(tick));
        say(&Step::Goes);
        let status = side.live.status();
        if status.running_for() > case.patience() {
            say(&Step::Hangs(side.number));
            return Err(End::Hangs);
        }
        let counts = status.counts();
        if counts.faults + counts.non_finite > 0 {
            return side.check();
        }
        if late_from.is_some_and(|before| counts.late + counts.dropped > before) {
            return Ok(());
        }
    }
    Ok(())
}
