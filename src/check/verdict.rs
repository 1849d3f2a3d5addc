//! From the result of a trial to a verdict.

use std::fmt;

use nn_core::child::{Exit, Report};

use super::step::Step;
use crate::{
    fitness::{self, Fitness, Times},
    steps::fault,
};

/// What is thought of a method at a rate.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It computes; whether in its time, the times say.
    Ran(Fitness, Times),
    /// It answers NaN or infinity.
    NotFinite {
        /// In how many blocks.
        blocks: usize,
        /// Of how many.
        of: usize,
    },
    /// It raises, or has another shape.
    Faulty(String),
    /// It hangs.
    Hangs,
    /// It ends its process.
    Deadly(String),
    /// It could not be tried.
    Untried(String),
}

impl Verdict {
    /// Of a trial.
    pub fn of(found: &Report<Step>, buffer_frames: usize, rate_hz: u32) -> Self {
        let said = found.lines.iter().find_map(|step| match step {
            Step::Refused(what) => Some(Self::Untried(what.clone())),
            Step::Fault(what) => Some(Self::Faulty(what.clone())),
            _ => None,
        });
        if let Some(verdict) = said {
            return verdict;
        }
        match &found.exit {
            Exit::TimedOut | Exit::TooMuchOutput => return Self::Hangs,
            Exit::Crashed(crash) => return Self::Deadly(fault(*crash)),
            Exit::NotStarted(what) | Exit::Lost(what) => return Self::Untried(what.clone()),
            Exit::Code(_) if !found.lines.contains(&Step::End) => {
                return Self::Deadly("it ended its process".into());
            }
            Exit::Code(_) => {}
        }
        let blocks = || {
            found.lines.iter().filter_map(|step| match step {
                Step::Block { ms, used_ms, not_finite, counts } => {
                    Some(((*ms, *used_ms), *not_finite, *counts))
                }
                _ => None,
            })
        };
        let bad = blocks().filter(|(_, not_finite, _)| *not_finite > 0).count();
        if bad > 0 {
            return Self::NotFinite { blocks: bad, of: blocks().count() };
        }
        let block_ms = buffer_frames as f64 * 1e3 / f64::from(rate_hz);
        let (ms, used_ms): (Vec<_>, Vec<_>) =
            blocks().filter(|(.., counts)| *counts).map(|(ms, ..)| ms).unzip();
        let times = Times::new(&ms, block_ms);
        Self::Ran(Fitness::of(&times, &Times::new(&used_ms, block_ms)), times)
    }

    /// The larger the worse.
    pub fn severity(&self) -> u8 {
        match self {
            Self::Ran(fitness, _) => *fitness as u8,
            Self::NotFinite { .. } => 4,
            Self::Faulty(_) => 5,
            Self::Untried(_) => 6,
            Self::Hangs => 7,
            Self::Deadly(_) => 8,
        }
    }

    /// Whether it may be played.
    pub fn is_fit(&self) -> bool {
        matches!(self, Self::Ran(fitness, _) if fitness.is_fit())
    }

    /// The last line, from the worst of all verdicts.
    pub fn of_all(worst: Option<&Self>) -> &'static str {
        match worst {
            None => "not fit: it has no methods",
            Some(Self::Ran(fitness, _)) => fitness.sentence(),
            Some(Self::NotFinite { .. }) => fitness::NOT_FINITE,
            Some(Self::Faulty(_)) => fitness::FAULTY,
            Some(Self::Untried(_)) => fitness::UNTRIED,
            Some(Self::Hangs) => fitness::HANGS,
            Some(Self::Deadly(_)) => fitness::DEADLY,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ran(Fitness::Busy, times) => {
                write!(f, "busy       {times}, most of it waiting for other programs")
            }
            Self::Ran(fitness, times) => write!(f, "{:11}{times}", fitness.word()),
            Self::NotFinite { blocks, of } => write!(f, "NOT FINITE in {blocks} of {of} blocks"),
            Self::Faulty(what) => write!(f, "FAULTY     {what}"),
            Self::Untried(what) => write!(f, "NOT TRIED  {what}"),
            Self::Hangs => f.write_str("HANGS"),
            Self::Deadly(what) => write!(f, "DEADLY     {what}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use nn_core::child::Crash;

    use super::*;

    fn found(ms: &[f64], exit: Exit) -> Report<Step> {
        let block = |&ms| Step::Block { ms, used_ms: ms, not_finite: 0, counts: true };
        let lines = [Step::Loaded].into_iter().chain(ms.iter().map(block)).chain([Step::End]).collect();
        Report { lines, stderr: String::new(), exit }
    }

    fn severity(found: &Report<Step>) -> u8 {
        Verdict::of(found, 48_000, 48_000).severity()
    }

    #[test]
    fn time_decides_where_nothing_else_is_wrong() {
        // A block lasts a second; one hasty or slow block of many decides nothing.
        for (ms, expected) in [(100.0, 0), (499.0, 0), (600.0, 1), (999.0, 1), (1_001.0, 3)] {
            let mut all = vec![ms; 40];
            all[7] = 5_000.0;
            assert_eq!(severity(&found(&all, Exit::Code(Some(0)))), expected, "{ms}");
        }
    }

    #[test]
    fn a_machine_that_holds_a_model_up_is_told_as_such() {
        for (ms, used_ms, expected) in [
            (600.0, 100.0, 2),
            (5_000.0, 100.0, 2),
            (5_000.0, 900.0, 2),
            (900.0, 700.0, 1),
            (5_000.0, 1_500.0, 3),
        ] {
            let mut held_up = found(&[ms; 40], Exit::Code(Some(0)));
            for step in &mut held_up.lines {
                if let Step::Block { used_ms: used, .. } = step {
                    *used = used_ms;
                }
            }
            assert_eq!(severity(&held_up), expected, "{ms} {used_ms}");
        }
    }

    #[test]
    fn a_fault_a_hang_and_a_death_are_worse_than_any_time() {
        let mut not_finite = found(&[1.0; 20], Exit::Code(Some(0)));
        not_finite.lines[3] = Step::Block { ms: 1.0, used_ms: 1.0, not_finite: 1, counts: false };
        let mut faulty = found(&[1.0], Exit::Code(Some(0)));
        faulty.lines[2] = Step::Fault("raised".into());
        let mut ended = found(&[1.0], Exit::Code(Some(0)));
        ended.lines.pop();
        let hung = found(&[1.0], Exit::TimedOut);
        let died = found(&[1.0], Exit::Crashed(Crash::Arithmetic));
        assert_eq!([not_finite, faulty, hung, died, ended].each_ref().map(severity), [4, 5, 7, 8, 8]);
    }
}
