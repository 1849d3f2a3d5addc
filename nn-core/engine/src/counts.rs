//! Counters of a box, as plain numbers for display.

use std::sync::atomic::Ordering::Relaxed;

use crate::status::Status;

/// What a box has counted since it was made. Read one after the other: numbers of one look may differ by a buffer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Buffers that were run.
    pub buffers: u64,
    /// Buffers that were not there when due.
    pub late: u64,
    /// Buffers that were overdue before they were started.
    pub dropped: u64,
    /// Buffers for which the model was left out, because all was silent.
    pub idle: u64,
    /// Runs that raised or answered something unusable.
    pub faults: u64,
    /// Runs that answered NaN or infinity.
    pub non_finite: u64,
    /// Waits that were given up.
    pub expired: u64,
    /// Sum of all compute times, in ns.
    pub compute_ns: u64,
    /// Longest compute time, in ns.
    pub worst_ns: u64,
    /// Buffers that were handed to whoever runs the model, in all streams.
    pub handed_over: u64,
    /// How often the runner has taken what was handed over to it.
    pub swaps: u64,
    /// Host samples played.
    pub played_frames: u64,
}

impl Status {
    /// What was counted so far.
    ///
    /// Thread: any.
    pub fn counts(&self) -> Counts {
        Counts {
            buffers: self.runs.buffers(),
            late: self.late.load(Relaxed),
            dropped: self.dropped.load(Relaxed),
            idle: self.idle.load(Relaxed),
            faults: self.faults.load(Relaxed),
            non_finite: self.non_finite.load(Relaxed),
            expired: self.expired.load(Relaxed),
            compute_ns: self.runs.compute_ns(),
            worst_ns: self.runs.worst_ns(),
            handed_over: self.handed_over.load(Relaxed),
            swaps: self.swaps.load(Relaxed),
            played_frames: self.played_frames.load(Relaxed),
        }
    }
}
