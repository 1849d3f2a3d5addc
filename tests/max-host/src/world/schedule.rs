//! What waits for its time or for the main thread.

use crate::abi::{Address, Atom};

/// Where clocks and the scheduler's messages run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overdrive {
    /// On the main thread.
    #[default]
    Off,
    /// On the scheduler's own thread.
    On,
    /// On the audio thread, between two blocks.
    InAudioInterrupt,
}

/// A clock.
pub struct Clock {
    pub owner: Address,
    pub code: Address,
    pub due_ms: Option<f64>,
}

/// A qelem.
pub struct Qelem {
    pub owner: Address,
    pub code: Address,
    pub set: bool,
}

/// Something that waits for the main thread.
pub struct Deferred {
    pub owner: Address,
    pub what: What,
}

pub enum What {
    Qelem(Address),
    Call { code: Address, selector: String, atoms: Vec<Atom> },
}
