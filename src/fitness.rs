//! The words for how well a method keeps its time: those of `nn check` and `nn bench`.

use std::fmt;

use nn_core::figures::{median, quantile};

/// A method may take this part of the time that its blocks last, and leave the rest to others.
const COMFORTABLE: f64 = 0.5;
/// This part of all blocks decides: one hasty or slow block of many does not.
const NEARLY_ALL: f64 = 0.95;

/// What is thought of a method that answers NaN.
pub const NOT_FINITE: &str = "not fit: it answers NaN or infinity, which boxes play as silence";
/// Of one that raises.
pub const FAULTY: &str = "not fit: it raises or answers another shape, and boxes are silent meanwhile";
/// Of one that nothing is known of.
pub const UNTRIED: &str = "not fit: it could not be tried";
/// Of one that does not come back.
pub const HANGS: &str = "not fit: it hangs, and a box that plays it is silent";
/// Of one that does not come back alone.
pub const DEADLY: &str = "not fit: it ends the process that it runs in, which would be the host";

/// Whether a method keeps its time. The larger the worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fitness {
    /// It does.
    Fit,
    /// It does, and leaves little to others.
    Heavy,
    /// It needs no more of a processor than it may, but other programs held it up.
    Busy,
    /// It does not.
    TooSlow,
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
    /// Of blocks that took so many ms each.
    pub fn new(ms: &[f64], block_ms: f64) -> Self {
        Self { median_ms: median(ms), seldom_ms: quantile(ms, NEARLY_ALL), block_ms }
    }
}

impl Fitness {
    /// From what blocks took by the clock, and of a processor.
    pub fn of(times: &Times, used: &Times) -> Self {
        let block_ms = times.block_ms;
        if times.seldom_ms <= COMFORTABLE * block_ms {
            Self::Fit
        } else if used.seldom_ms <= COMFORTABLE * block_ms {
            Self::Busy
        } else if times.seldom_ms < block_ms {
            Self::Heavy
        } else if used.seldom_ms < block_ms {
            Self::Busy
        } else {
            Self::TooSlow
        }
    }

    /// Whether it may be played.
    pub fn is_fit(self) -> bool {
        self != Self::TooSlow
    }

    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fit => "fit",
            Self::Heavy => "heavy",
            Self::Busy => "busy",
            Self::TooSlow => "too slow",
        }
    }

    /// In a sentence, with what to do.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Fit => "fit for the stage",
            Self::Heavy => "fit for the stage, with little else beside it: a larger buffer leaves more time",
            Self::Busy => {
                "fit for the stage by what it takes of a processor; this machine is busy: check again when nothing else runs"
            }
            Self::TooSlow => {
                "not fit: it takes longer than its blocks last; try a larger buffer, or another machine"
            }
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
