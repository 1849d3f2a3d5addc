//! From what the measuring processes have said to rows.

use nn_core::child::{Exit, Report};

use super::{
    results::{Held, Machine, Results, Row, Stretch, Trouble},
    step::{RunTimes, Step},
};
use crate::steps::fault;

/// What went wrong, if something did.
pub fn trouble(report: &Report<Step>) -> Option<Trouble> {
    let said = report.lines.iter().find_map(|step| match step {
        Step::Refused(what) => Some(Trouble::Untried(what.clone())),
        Step::Fault(what) => Some(Trouble::Faulty(what.clone())),
        Step::NotFinite(bad, of) => Some(Trouble::NotFinite(*bad, *of)),
        Step::Hangs => Some(Trouble::Hangs),
        _ => None,
    });
    said.or_else(|| match &report.exit {
        Exit::TimedOut | Exit::TooMuchOutput => Some(Trouble::Hangs),
        Exit::Crashed(crash) => Some(Trouble::Deadly(fault(*crash))),
        Exit::NotStarted(what) | Exit::Lost(what) => Some(Trouble::Untried(what.clone())),
        Exit::Code(_) if !report.lines.contains(&Step::End) => {
            Some(Trouble::Deadly("it ended its process".into()))
        }
        Exit::Code(_) => None,
    })
}

/// Takes what a process has said of the load.
pub fn begin(results: &mut Results, report: &Report<Step>) {
    for step in &report.lines {
        match step {
            Step::Begun(begin) => results.begin = Some(begin.clone()),
            Step::Libtorch(version) => results.machine.libtorch = Some(version.clone()),
            _ => {}
        }
    }
}

/// Takes what a process has said of boxes: `rows` are those of its sides.
pub fn play(rows: &mut [Row], machine: &mut Machine, report: &Report<Step>) {
    let mut stretches: Vec<Vec<Stretch>> = vec![Vec::new(); rows.len()];
    for step in &report.lines {
        match step {
            Step::Libtorch(version) => machine.libtorch = Some(version.clone()),
            Step::Box(facts) => {
                if let Some(row) = rows.get_mut(facts.side) {
                    row.buffer_frames = facts.buffer_frames;
                    row.budget_ns = facts.budget_ns;
                    row.own_rate_hz = facts.own_rate_hz;
                    row.notes.clone_from(&facts.notes);
                }
            }
            Step::Runs(RunTimes { side, live, wall_ns, used_ns }) => {
                if let Some(row) = rows.get_mut(*side) {
                    let times = if *live { &mut row.live } else { &mut row.flat };
                    times.wall_ns.extend(wall_ns);
                    times.used_ns.extend(used_ns);
                }
            }
            Step::Arrivals { side, after_ns } => {
                if let Some(row) = rows.get_mut(*side) {
                    row.after_ns.extend(after_ns);
                }
            }
            Step::OwnDelay(side, frames) => {
                if let Some(row) = rows.get_mut(*side) {
                    row.model_delay_frames = *frames;
                }
            }
            Step::Stretch(side, stretch) => {
                machine.real_time_priority = stretch.real_time_priority;
                if let Some(of_side) = stretches.get_mut(*side) {
                    of_side.push(stretch.clone());
                }
            }
            Step::Tried(found) => rows.iter_mut().for_each(|row| row.tries.push(*found)),
            _ => {}
        }
    }
    for (row, stretches) in rows.iter_mut().zip(stretches) {
        if !stretches.is_empty() {
            row.held = combined(row, held(&stretches));
            row.stretches.extend(stretches);
        }
    }
}

/// The least deadline without a late buffer.
fn held(stretches: &[Stretch]) -> Option<Held> {
    let good = stretches.iter().filter(|stretch| stretch.late + stretch.dropped == 0 && stretch.buffers > 0);
    let least = good.min_by_key(|stretch| stretch.deadline_frames)?;
    Some(Held { deadline_frames: least.deadline_frames, latency_frames: least.latency_frames })
}

/// What holds in all repeats: the longest of the least deadlines.
fn combined(row: &Row, held: Option<Held>) -> Option<Held> {
    let held = held?;
    if row.stretches.is_empty() {
        return Some(held);
    }
    row.held.map(|before| if before.deadline_frames > held.deadline_frames { before } else { held })
}

/// How many processors others took while boxes played, over all stretches.
pub fn others(rows: &[Row]) -> Option<f64> {
    let stretches = rows.iter().flat_map(|row| &row.stretches);
    let known = stretches.filter_map(|stretch| Some((stretch.others_cores?, stretch.seconds)));
    let (sum, seconds) =
        known.fold((0.0, 0.0), |(sum, all), (cores, seconds)| (sum + cores * seconds, all + seconds));
    (seconds > 0.0).then(|| sum / seconds)
}
