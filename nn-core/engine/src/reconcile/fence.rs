//! How the main thread learns that all its requests are done.

use std::sync::atomic::Ordering::Relaxed;

use super::{
    engine::Engine,
    state::{Fence, Reconciler},
};
use crate::command::Command;

impl Reconciler {
    /// True while the loader has work for this box. If not, all its replies have been sent. Main thread.
    pub fn loader_is_busy(&self) -> bool {
        // Under the lock: whoever said that nothing is left to do had it too, after the answers.
        let _state = self.lock();
        self.context.status.pending()
    }

    /// Has the loader begin with what was kept for the next block or poll. Main thread.
    pub fn begin_next_job(&self) {
        let job = self.lock().port.take_next_job();
        if let Some(job) = job {
            self.context.loader.submit(job);
        }
    }

    /// Asks whoever runs the model to answer with this number when all that was asked for is done, unless that was asked
    /// already; `None` when nobody runs it. Main thread.
    pub fn fence(&self) -> Option<u64> {
        let mut state = self.lock();
        let asked = Fence {
            number: state.fence.number,
            sent: state.sent,
            handed_over: self.context.status.handed_over.load(Relaxed),
        };
        if matches!(state.engine, Engine::None) {
            return None;
        }
        if state.fence == asked {
            return Some(asked.number);
        }
        let number = asked.number + 1;
        let sequence = self.context.status.filling.load(Relaxed);
        self.send_at(&mut state, sequence, Command::Fence(number));
        state.fence = Fence { number, sent: state.sent, ..asked };
        Some(number)
    }
}
