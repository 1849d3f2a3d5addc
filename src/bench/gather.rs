//! From what the measuring processes have said to rows.

use nn_core::child::{Exit, Report};

use super::{
    results::{LeastDeadline, Machine, Results, Row, Stretch, Trouble},
    step::{RunTimes, Step},
};
use crate::steps::fault;

/// What went wrong with this side, if something did. How a process has ended is all sides' matter, unless one has said that it is
/// its own.
pub fn trouble(report: &Report<Step>, side: usize) -> Option<Trouble> {
    let said = |of_whom: &dyn Fn(usize) -> bool| {
        report.lines.iter().find_map(|step| match step {
            Step::Refused(what) => Some(Trouble::Untried(what.clone())),
            Step::Fault(side, what) if of_whom(*side) => Some(Trouble::Faulty(what.clone())),
            Step::NotFinite(side, bad, of) if of_whom(*side) => Some(Trouble::NotFinite(*bad, *of)),
            Step::Hangs(side) if of_whom(*side) => Some(Trouble::Hangs),
            _ => None,
        })
    };
    let ended = || match &report.exit {
        Exit::TimedOut | Exit::TooMuchOutput => Some(Trouble::Hangs),
        Exit::Crashed(crash) => Some(Trouble::Deadly(fault(*crash))),
        Exit::NotStarted(what) | Exit::Lost(what) => Some(Trouble::Untried(what.clone())),
        Exit::Code(_) if !report.lines.contains(&Step::End) => {
            Some(Trouble::Deadly("it ended its process".into()))
        }
        Exit::Code(_) => None,
    };
    let is_explained = || match report.exit {
        Exit::Crashed(_) | Exit::NotStarted(_) | Exit::Lost(_) => false,
        // What hangs is left behind as it is, or ended.
        Exit::TimedOut | Exit::TooMuchOutput => said(&|_| true) == Some(Trouble::Hangs),
        Exit::Code(_) => said(&|_| true).is_some(),
    };
    said(&|number| number == side).or_else(|| if is_explained() { None } else { ended() })
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

/// Takes what a process has said of boxes: `rows` are those of its sides, `hold_s` how long their deadline must hold.
pub fn play(rows: &mut [Row], machine: &mut Machine, hold_s: Option<f64>, report: &Report<Step>) {
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
            Step::ModelDelay(side, delay) => {
                if let Some(row) = rows.get_mut(*side) {
                    row.model_delay_frames = delay.frames();
                    row.model_delay_is = delay.frames().map(|_| delay.source().to_owned());
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
            row.held = combined(row, held(&stretches, hold_s));
            row.stretches.extend(stretches);
        }
    }
}

/// The least deadline without a late buffer, for as long as it had to hold.
fn held(stretches: &[Stretch], hold_s: Option<f64>) -> Option<LeastDeadline> {
    let is_long = |stretch: &&Stretch| hold_s.is_none_or(|hold_s| stretch.seconds >= hold_s);
    let good = stretches.iter().filter(|stretch| stretch.late + stretch.dropped == 0 && stretch.buffers > 0);
    let least = good.filter(is_long).min_by_key(|stretch| stretch.deadline_frames)?;
    let &Stretch { deadline_frames, latency_frames, seconds: held_s, .. } = least;
    Some(LeastDeadline { deadline_frames, latency_frames, held_s })
}

/// What holds in all repeats: the longest of the least deadlines.
fn combined(row: &Row, held: Option<LeastDeadline>) -> Option<LeastDeadline> {
    let held = held?;
    if row.stretches.is_empty() {
        return Some(held);
    }
    row.held.map(|before| if before.deadline_frames > held.deadline_frames { before } else { held })
}

/// How many processors others took while boxes played, over all stretches and tries.
pub fn others(rows: &[Row]) -> Option<f64> {
    let stretches = rows.iter().flat_map(|row| &row.stretches).map(|one| (one.others_cores, one.seconds));
    let tries = rows.iter().flat_map(|row| &row.tries).map(|one| (one.others_cores, one.seconds));
    let known = stretches.chain(tries).filter_map(|(cores, seconds)| Some((cores?, seconds)));
    let (sum, seconds) =
        known.fold((0.0, 0.0), |(sum, all), (cores, seconds)| (sum + cores * seconds, all + seconds));
    (seconds > 0.0).then(|| sum / seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::results::Try;

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
    fn a_deadline_counts_where_it_held_for_as_long_as_was_asked() {
        let stretch = |deadline_frames: usize, seconds: f64, late: u64| Stretch {
            deadline_frames,
            seconds,
            late,
            buffers: 9,
            ..Stretch::default()
        };
        let stretches = [stretch(2048, 10.0, 0), stretch(640, 45.0, 1), stretch(960, 600.1, 0)];
        let found = |hold_s| held(&stretches, hold_s).map(|held| (held.deadline_frames, held.held_s));
        assert_eq!(found(Some(600.0)), Some((960, 600.1)));
        assert_eq!(found(Some(700.0)), None);
        assert_eq!(held(&stretches[..2], None).map(|held| held.deadline_frames), Some(2048));
    }

    #[test]
    fn the_least_deadline_without_a_late_buffer_holds_and_the_largest_of_repeats() {
        let (mut rows, mut machine) = (vec![Row::default()], Machine::default());
        play(&mut rows, &mut machine, None, &told(vec![stretch(512, 0), stretch(128, 2), stretch(192, 0)]));
        assert_eq!(deadline(&rows), Some(192));
        play(&mut rows, &mut machine, None, &told(vec![stretch(512, 0), stretch(256, 0)]));
        assert_eq!(deadline(&rows), Some(256));
        play(&mut rows, &mut machine, None, &told(vec![stretch(512, 0), stretch(128, 0)]));
        assert_eq!(deadline(&rows), Some(256));
        play(&mut rows, &mut machine, None, &told(vec![stretch(512, 1)]));
        assert_eq!(deadline(&rows), None, "it did not hold once");
        play(&mut rows, &mut machine, None, &told(vec![stretch(512, 0)]));
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
        play(&mut rows, &mut machine, None, &told(lines));
        assert_eq!((&rows[0].live.wall_ns, &rows[0].flat.used_ns), (&vec![1, 2, 3], &vec![5]));
        assert_eq!(rows[1].live.wall_ns, [9]);
    }

    #[test]
    fn what_others_take_while_several_boxes_play_counts_for_as_long() {
        let stretches = vec![Stretch { seconds: 3.0, others_cores: Some(0.0), ..Stretch::default() }];
        let tries = vec![Try { seconds: 1.0, others_cores: Some(2.0), ..Try::default() }, Try::default()];
        let rows = [Row { stretches, tries, ..Row::default() }];
        assert_eq!(others(&rows), Some(0.5));
        assert_eq!(others(&[]), None);
    }

    #[test]
    fn what_a_process_did_not_say_it_has_died_of() {
        let mut report = told(vec![Step::Goes]);
        assert_eq!(trouble(&report, 0), Some(Trouble::Deadly("it ended its process".into())));
        report.lines.push(Step::End);
        assert_eq!(trouble(&report, 0), None);
        report.exit = Exit::TimedOut;
        assert_eq!(trouble(&report, 0), Some(Trouble::Hangs));
        report.lines.push(Step::Fault(0, "raised".into()));
        assert_eq!(trouble(&report, 0), Some(Trouble::Faulty("raised".into())));
    }

    #[test]
    fn a_fault_is_that_of_its_side_and_the_end_of_the_process_that_of_all() {
        let mut report = told(vec![stretch(512, 0), Step::Fault(1, "raised".into()), Step::End]);
        assert_eq!(trouble(&report, 0), None);
        assert_eq!(trouble(&report, 1), Some(Trouble::Faulty("raised".into())));
        report.exit = Exit::TimedOut;
        assert_eq!(trouble(&report, 0), Some(Trouble::Hangs));
        let mut report = told(vec![Step::Hangs(1)]);
        for exit in [Exit::Code(Some(1)), Exit::TimedOut] {
            report.exit = exit;
            assert_eq!([trouble(&report, 0), trouble(&report, 1)], [None, Some(Trouble::Hangs)]);
        }
        report.lines = vec![Step::Refused("no memory".into())];
        let untried = Some(Trouble::Untried("no memory".into()));
        assert_eq!([trouble(&report, 0), trouble(&report, 1)], [untried.clone(), untried]);
    }
}
