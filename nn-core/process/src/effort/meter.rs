//! Adds up the time that counts.

use std::time::{Duration, Instant};

use super::look::{Demand, Look};

/// Between two looks no more than this counts: who looks late was kept from it, too.
const LONGEST_GAP: Duration = Duration::from_secs(1);
/// Looks that follow each other sooner are one.
const SHORTEST_GAP: Duration = Duration::from_millis(20);
/// The same where what processors do is counted in steps of up to 16 ms: so many that a few tell nothing.
const SHORTEST_GAP_UNTOLD: Duration = Duration::from_millis(250);
/// Every processor is busy where all of them together had less to wait than this part of the time: a thread that wants one,
/// and has none, leaves none idle, while one that wants nothing leaves its own. Not none at all, because a processor that
/// goes from one thread to another may be seen between them.
const BUSY_PART: u32 = 4;
/// Who uses nothing for so long wants nothing, however busy the processors are: Windows lets every thread that could go on
/// have a turn within some seconds. Without this, what waits for ever would wait for the machine to become quiet, too.
const LONGEST_IN_LINE: Duration = Duration::from_secs(10);

/// Adds up what counts.
#[derive(Debug)]
pub struct Meter {
    last: Instant,
    look: Look,
    spent: Duration,
    /// How long it has used nothing.
    unused: Duration,
}

impl Meter {
    /// Begins now.
    ///
    /// Thread: any but audio.
    pub fn new(now: Instant, look: Look) -> Self {
        Self { last: now, look, spent: Duration::ZERO, unused: Duration::ZERO }
    }

    /// The time that counts since it got any further. `look` is asked for where enough time has passed.
    ///
    /// Thread: any but audio.
    pub fn spent(&mut self, now: Instant, look: impl FnOnce() -> Look) -> Duration {
        let passed = now.saturating_duration_since(self.last);
        if passed < shortest_gap(self.look.demand) {
            return self.spent;
        }
        let look = look();
        let longer = self.unused + passed.min(LONGEST_GAP);
        self.unused = if look.used == self.look.used { longer } else { Duration::ZERO };
        self.spent += counts(passed, self.unused, &self.look, &look);
        if look.progress != self.look.progress {
            self.spent = Duration::ZERO;
        }
        (self.last, self.look) = (now, look);
        self.spent
    }
}

fn shortest_gap(demand: Demand) -> Duration {
    if matches!(demand, Demand::Untold { .. }) { SHORTEST_GAP_UNTOLD } else { SHORTEST_GAP }
}

/// How much of the time between two looks counts. What was used is a difference of what the system has counted so far, so
/// that its steps are not added up.
fn counts(passed: Duration, unused: Duration, before: &Look, look: &Look) -> Duration {
    let wanted_a_processor = match (before.demand, look.demand) {
        (_, Demand::Processor) => true,
        (Demand::Untold { idle: before }, Demand::Untold { idle }) => {
            unused < LONGEST_IN_LINE && idle.saturating_sub(before) < passed / BUSY_PART
        }
        _ => false,
    };
    let counts = match (look.used, before.used) {
        (Some(used), Some(before)) if wanted_a_processor => used.saturating_sub(before),
        _ => passed,
    };
    counts.min(LONGEST_GAP)
}
