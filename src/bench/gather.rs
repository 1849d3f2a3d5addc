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

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(deadline_frames: usize, late: u64) -> Step {
        let (latency_frames, buffers) = (448 + deadline_frames, 100);
        Step::Stretch(0, Stretch { deadline_frames, latency_frames, buffers, late, ..Stretch::default() })
    }

    fn told(lines: Vec<Step>) -> Report<Step> {
        Report { lines, stderr: String::new(), exit: Exit::Code(Some(0)) }
    }

    fn deadline(rows: &[Row]) -> Option<usize> {
        rows[0].held.map(|held| held.deadline_frames)
    }

    #[test]
    fn the_least_deadline_without_a_late_buffer_holds_and_the_largest_of_repeats() {
        let (mut rows, mut machine) = (vec![Row::default()], Machine::default());
        play(&mut rows, &mut machine, &told(vec![stretch(512, 0), stretch(128, 2), stretch(192, 0)]));
        assert_eq!(deadline(&rows), Some(192));
        play(&mut rows, &mut machine, &told(vec![stretch(512, 0), stretch(256, 0)]));
        assert_eq!(deadline(&rows), Some(256));
        play(&mut rows, &mut machine, &told(vec![stretch(512, 0), stretch(128, 0)]));
        assert_eq!(deadline(&rows), Some(256));
        play(&mut rows, &mut machine, &told(vec![stretch(512, 1)]));
        assert_eq!(deadline(&rows), None, "it did not hold once");
        play(&mut rows, &mut machine, &told(vec![stretch(512, 0)]));
        assert_eq!((deadline(&rows), rows[0].stretches.len()), (None, 9));
    }

    #[test]
    fn every_run_of_every_message_is_kept_on_its_side() {
        let runs = |side, live, ns: &[u64]| {
            Step::Runs(RunTimes { side, live, wall_ns: ns.to_vec(), used_ns: ns.to_vec() })
        };
        let (mut rows, mut machine) = (vec![Row::default(); 2], Machine::default());
        let lines =
            vec![runs(0, true, &[1, 2]), runs(1, true, &[9]), runs(0, false, &[5]), runs(0, true, &[3])];
        play(&mut rows, &mut machine, &told(lines));
        assert_eq!((&rows[0].live.wall_ns, &rows[0].flat.used_ns), (&vec![1, 2, 3], &vec![5]));
        assert_eq!(rows[1].live.wall_ns, [9]);
    }

    #[test]
    fn what_a_process_did_not_say_it_has_died_of() {
        let mut report = told(vec![Step::Goes]);
        assert_eq!(trouble(&report), Some(Trouble::Deadly("it ended its process".into())));
        report.lines.push(Step::End);
        assert_eq!(trouble(&report), None);
        report.exit = Exit::TimedOut;
        assert_eq!(trouble(&report), Some(Trouble::Hangs));
        report.lines.push(Step::Fault("raised".into()));
        assert_eq!(trouble(&report), Some(Trouble::Faulty("raised".into())));
    }
}
