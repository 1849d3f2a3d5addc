//! Holds the runner of a box without a worker: whoever takes it out owns it, without waiting.

use std::{
    sync::atomic::{
        AtomicBool,
        Ordering::{Acquire, Release},
    },
    time::{Duration, Instant},
};

use crossbeam_utils::atomic::AtomicCell;

use crate::port::{
    buffer::{Buffer, Outcome},
    transport::RunInCallback,
};
use crate::runner::Runner;
use nn_process::exit::Presence;

/// Holds the runner between uses. The audio callback takes it for a run; the main thread takes it to apply messages while
/// audio is off. `Send` and `Sync`: a stream and the reconciler share it.
pub struct Inline {
    runner: AtomicCell<Option<Box<Runner>>>,
    /// True once the runner has arrived.
    filled: AtomicBool,
}

impl std::fmt::Debug for Inline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Inline")
    }
}

impl Inline {
    /// With its runner, or empty until `Inline::fill`.
    pub fn new(runner: Option<Box<Runner>>) -> Self {
        Self { filled: AtomicBool::new(runner.is_some()), runner: AtomicCell::new(runner) }
    }

    /// Puts the runner in.
    pub fn fill(&self, runner: Box<Runner>) {
        self.runner.store(Some(runner));
        self.filled.store(true, Release);
    }

    /// Waits until the runner has arrived, `limit` at most. Loader thread.
    pub fn await_runner(&self, limit: Duration) {
        let begin = Instant::now();
        while !self.filled.load(Acquire) && begin.elapsed() < limit {
            std::thread::sleep(Duration::from_micros(200));
        }
    }

    /// Takes the runner out for good, as soon as it is not in use; `None` if that takes longer than `limit`. Loader
    /// thread.
    pub fn take_away(&self, limit: Duration) -> Option<Box<Runner>> {
        let begin = Instant::now();
        loop {
            match self.empty() {
                None if begin.elapsed() < limit => std::thread::sleep(Duration::from_micros(200)),
                runner => return runner,
            }
        }
    }

    /// Applies waiting messages in the calling (main) thread, for the time while audio is off. True if it could.
    pub fn apply_now(&self) -> bool {
        let Some((_presence, mut runner)) = self.take() else { return false };
        runner.receive();
        runner.apply_idle();
        runner.pass_on_prints();
        self.runner.store(Some(runner));
        true
    }

    /// The runner in use; exit waits for it.
    fn take(&self) -> Option<(Presence, Box<Runner>)> {
        let presence = Presence::enter()?;
        Some((presence, self.runner.take()?))
    }

    /// Takes the runner out for good.
    pub fn empty(&self) -> Option<Box<Runner>> {
        self.runner.take()
    }
}

impl RunInCallback for Inline {
    /// Without the runner (the main thread holds it) the buffer stays silent.
    fn run(&self, buffer: &mut Buffer) {
        let Some((_presence, mut runner)) = self.take() else {
            buffer.outcome = Outcome::NoModel;
            return;
        };
        runner.receive();
        runner.apply_until(buffer.sequence);
        runner.run(buffer);
        runner.drop_prints();
        self.runner.store(Some(runner));
    }
}
