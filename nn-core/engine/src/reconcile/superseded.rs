//! Loads that were not done when another one was asked for: should that one fail, the last of them goes on.

use super::{
    config::{Config, MethodConfig, ModelConfig},
    fresh::Fresh,
};
use nn_process::effort::Watched;

/// How many loads are kept that nobody has begun with: of more, broken files above all, nobody wants to hear.
const MOST_WAITING: usize = 2;

/// What goes on if the newest load fails.
#[derive(Default)]
pub(super) struct Superseded {
    /// In the order in which they were asked for, each with the method that was wanted then.
    loads: Vec<(ModelConfig, MethodConfig)>,
    /// One of them that is loaded already.
    loaded: Option<Fresh>,
    /// The turns of work at one of them that another thread did not wait for.
    overtaken: Vec<Overtaken>,
}

/// A turn of work that goes on while another one counts.
pub(super) struct Overtaken {
    pub attempt: u64,
    /// The load at which it is.
    pub load: u64,
    /// The watch over its thread.
    pub watched: Option<Watched>,
}

impl Superseded {
    /// Keeps a load in whose place another one was asked for. `begun` is the load at which a thread is now.
    pub fn push(&mut self, before: Config, begun: Option<u64>) {
        let Some(model) = before.model else { return };
        self.loads.push((model, before.method));
        let waits = |load: u64| {
            Some(load) != begun
                && self.loaded.as_ref().is_none_or(|loaded| loaded.load != load)
                && self.overtaken.iter().all(|overtaken| overtaken.load != load)
        };
        let mut waiting = self
            .loads
            .iter()
            .enumerate()
            .rev()
            .filter(|(_, (model, _))| waits(model.load))
            .skip(MOST_WAITING);
        if let Some((at, _)) = waiting.next() {
            self.loads.remove(at);
        }
    }

    /// Forgets what is older than a load that has come true.
    pub fn forget_before(&mut self, load: u64) {
        self.loads.retain(|(model, _)| model.load > load);
    }

    /// Forgets what would fail as this one did.
    pub fn forget_like(&mut self, failed: &ModelConfig) {
        let request = (&failed.location, &failed.method);
        self.loads.retain(|(model, _)| (&model.location, &model.method) != request);
    }

    /// The load that goes on.
    pub fn pop(&mut self) -> Option<(ModelConfig, MethodConfig)> {
        self.loads.pop()
    }

    /// Puts aside what was loaded and is not wanted now but may go on, and takes back what is wanted. Gives what nobody
    /// needs any more; dropping it takes time.
    pub fn exchange(&mut self, fresh: &mut Option<Fresh>, wanted: Option<u64>) -> Vec<Fresh> {
        let mut unused = Vec::new();
        for one in [self.loaded.take(), fresh.take()].into_iter().flatten() {
            if Some(one.load) == wanted {
                unused.extend(fresh.replace(one));
            } else if self.contains(one.load) {
                unused.extend(self.loaded.replace(one));
            } else {
                unused.push(one);
            }
        }
        unused
    }

    /// The box is gone.
    pub fn clear(&mut self) -> Option<Fresh> {
        self.loads.clear();
        self.loaded.take()
    }

    /// A turn of work takes so long that another one begins.
    pub fn overtake(&mut self, overtaken: Overtaken) {
        self.overtaken.push(overtaken);
        let loads = &self.loads;
        self.overtaken.retain(|overtaken| loads.iter().any(|(model, _)| model.load == overtaken.load));
    }

    /// The turn of work that is at a load still.
    pub fn resume(&mut self, load: u64) -> Option<Overtaken> {
        let at = self.overtaken.iter().position(|overtaken| overtaken.load == load)?;
        Some(self.overtaken.remove(at))
    }

    /// A turn of work is over. By its thread, which is then not watched any more.
    pub fn end(&mut self, attempt: u64) {
        self.overtaken.retain(|overtaken| overtaken.attempt != attempt);
    }

    fn contains(&self, load: u64) -> bool {
        self.loads.iter().any(|(model, _)| model.load == load)
    }
}
