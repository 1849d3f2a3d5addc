//! Where the model lives when there is no worker: whoever takes it out owns it, nobody waits for anybody.

use crossbeam_utils::atomic::AtomicCell;

use super::{exit::Presence, runner::Runner};
use crate::port::{
    frame::{Frame, Outcome},
    link::WAIT_LIMIT,
};

/// Holds the runner between uses. The audio callback takes it for a run; the main thread takes it to apply
/// messages while audio is off.
pub struct Slot {
    runner: AtomicCell<Option<Box<Runner>>>,
}

impl std::fmt::Debug for Slot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Slot")
    }
}

impl Slot {
    /// A slot with its runner in it.
    pub fn new(runner: Box<Runner>) -> Self {
        Self { runner: AtomicCell::new(Some(runner)) }
    }

    /// Runs one frame in the calling (audio) thread. Without the runner (the main thread holds it) the frame stays
    /// silent.
    pub fn run(&self, frame: &mut Frame) {
        let Some((_presence, mut runner)) = self.take() else {
            frame.outcome = Outcome::NoModel;
            return;
        };
        runner.receive();
        runner.await_load(WAIT_LIMIT);
        runner.apply_until(frame.sequence);
        runner.run(frame);
        self.runner.store(Some(runner));
    }

    /// Applies waiting messages in the calling (main) thread, for the time while audio is off. True if it could.
    pub fn apply_now(&self) -> bool {
        let Some((_presence, mut runner)) = self.take() else { return false };
        runner.receive();
        runner.apply_all();
        self.runner.store(Some(runner));
        true
    }

    /// The runner, and quitting waits while it is in use.
    fn take(&self) -> Option<(Presence, Box<Runner>)> {
        let presence = Presence::enter()?;
        Some((presence, self.runner.take()?))
    }

    /// Takes the runner out for good, to be dropped.
    pub fn empty(&self) -> Option<Box<Runner>> {
        self.runner.take()
    }
}
