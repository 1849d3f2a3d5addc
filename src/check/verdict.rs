//! From the result of a trial to a verdict.

use std::fmt;

use nn_core::child::{Exit, Report};

use super::step::Step;
use crate::steps::fault;

/// A method may take this part of the time that its blocks last, and leave the rest to others.
const COMFORTABLE: f64 = 0.5;

/// What is thought of a method at a rate.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It runs in its time.
    Fit(Times),
    /// It runs in its time and leaves little to others.
    Heavy(Times),
    /// It needs no more of a processor than it may, but other programs held it up.
    Busy(Times),
    /// It does not.
    TooSlow(Times),
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

/// What blocks take, in ms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Times {
    /// Half of them take less.
    pub median_ms: f64,
    /// One of twenty takes more.
    pub seldom_ms: f64,
    /// What a block lasts.
    pub block_ms: f64,
}

impl Times {
    fn new(mut ms: Vec<f64>, block_ms: f64) -> Self {
        ms.sort_by(f64::total_cmp);
        let at =
            |part: f64| ms.get(((ms.len() as f64 * part) as usize).min(ms.len().saturating_sub(1))).copied();
        Self { median_ms: at(0.5).unwrap_or(0.0), seldom_ms: at(0.95).unwrap_or(0.0), block_ms }
    }
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
        let times = |of: &dyn Fn((f64, f64)) -> f64| {
            Times::new(blocks().filter(|(.., counts)| *counts).map(|(ms, ..)| of(ms)).collect(), block_ms)
        };
        let (times, used) = (times(&|(ms, _)| ms), times(&|(_, used_ms)| used_ms));
        if times.seldom_ms <= COMFORTABLE * block_ms {
            Self::Fit(times)
        } else if used.seldom_ms <= COMFORTABLE * block_ms {
            Self::Busy(times)
        } else if times.seldom_ms < block_ms {
            Self::Heavy(times)
        } else if used.seldom_ms < block_ms {
            Self::Busy(times)
        } else {
            Self::TooSlow(times)
        }
    }

    /// The larger the worse.
    pub fn severity(&self) -> u8 {
        match self {
            Self::Fit(_) => 0,
            Self::Heavy(_) => 1,
            Self::Busy(_) => 2,
            Self::TooSlow(_) => 3,
            Self::NotFinite { .. } => 4,
            Self::Faulty(_) => 5,
            Self::Untried(_) => 6,
            Self::Hangs => 7,
            Self::Deadly(_) => 8,
        }
    }

    /// Whether it may be played.
    pub fn is_fit(&self) -> bool {
        matches!(self, Self::Fit(_) | Self::Heavy(_) | Self::Busy(_))
    }

    /// The last line, from the worst of all verdicts.
    pub fn of_all(worst: Option<&Self>) -> &'static str {
        match worst {
            None => "not fit: it has no methods",
            Some(Self::Fit(_)) => "fit for the stage",
            Some(Self::Heavy(_)) => {
                "fit for the stage, with little else beside it: a larger buffer leaves more time"
            }
            Some(Self::Busy(_)) => {
                "fit for the stage by what it takes of a processor; this machine is busy: check again when nothing else runs"
            }
            Some(Self::TooSlow(_)) => {
                "not fit: it takes longer than its blocks last; try a larger --buffer, or another machine"
            }
            Some(Self::NotFinite { .. }) => {
                "not fit: it answers NaN or infinity, which boxes play as silence"
            }
            Some(Self::Faulty(_)) => {
                "not fit: it raises or answers another shape, and boxes are silent meanwhile"
            }
            Some(Self::Untried(_)) => "not fit: it could not be tried",
            Some(Self::Hangs) => "not fit: it hangs, and a box that plays it is silent",
            Some(Self::Deadly(_)) => "not fit: it ends the process that it runs in, which would be the host",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fit(times) => write!(f, "fit        {times}"),
            Self::Heavy(times) => write!(f, "heavy      {times}"),
            Self::Busy(times) => write!(f, "busy       {times}, most of it waiting for other programs"),
            Self::TooSlow(times) => write!(f, "too slow   {times}"),
            Self::NotFinite { blocks, of } => write!(f, "NOT FINITE in {blocks} of {of} blocks"),
            Self::Faulty(what) => write!(f, "FAULTY     {what}"),
            Self::Untried(what) => write!(f, "NOT TRIED  {what}"),
            Self::Hangs => f.write_str("HANGS"),
            Self::Deadly(what) => write!(f, "DEADLY     {what}"),
        }
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { median_ms, seldom_ms, block_ms } = self;
        let part = 100.0 * median_ms / block_ms;
        write!(
            f,
            "{median_ms:.3} ms of {block_ms:.1} ms per block ({part:.1} %), 1 of 20 above {seldom_ms:.3} ms"
        )
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
