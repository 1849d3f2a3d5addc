//! The state of a worker at one moment: time used, whether it wants a processor, progress.

use std::time::Duration;

/// The state of a worker at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The time of processors that it has used so far; `None` where that is not known.
    pub used: Option<Duration>,
    /// Whether it wants a processor.
    pub demand: Demand,
    /// Any number that is another one when it has got further.
    pub progress: u64,
}

/// Whether a worker wants a processor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Demand {
    /// It waits for something else, or the system tells nothing.
    #[default]
    Nothing,
    /// It computes, or would if it had a processor.
    Processor,
    /// The system does not tell it of a thread, but of the machine.
    Untold {
        /// How long the processors have had nothing to do so far, all of them together.
        idle: Duration,
    },
}
