//! The checks of a box in the self-test of its host that are under way.

use crossbeam_channel::Receiver;

use crate::host_test::{HostCheck, Outcome};
use nn_engine::counts::Counts;

/// The part of a box in the self-test of its host.
#[derive(Debug, Default)]
pub(super) struct HostTesting {
    /// What was counted before it began.
    pub(super) before: Counts,
    pub(super) asked: Vec<Asked>,
}

/// A check that is under way.
#[derive(Debug)]
pub(super) enum Asked {
    /// An array is in use.
    Reading { check: &'static HostCheck, arrays: Vec<String>, tries: u32 },
    /// It is being compared.
    Judging(&'static HostCheck, Receiver<Outcome>),
}

impl HostTesting {
    /// True while an answer is on its way.
    pub(super) fn pending(&self) -> bool {
        !self.asked.is_empty()
    }
}
