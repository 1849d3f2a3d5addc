//! How another thread comes to run the model.

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Duration,
};

use super::{
    engine::{Change, Engine, HANGS, new_runner, start, thread_refused},
    order::Order,
    state::{State, Workshop},
};
use crate::{command::Reply, loader::load_limit, runner::Runner, slot::Slot, worker::Worker};

impl Workshop {
    /// True when the model that runs will not come back. Of a model that is merely slow it is known how slow.
    pub(super) fn has_lost_its_engine(&self, state: &State) -> bool {
        let status = &self.tools.status;
        let buffer = state
            .format
            .map_or(0.0, |format| format.shape.buffer_frames as f32 / format.sample_rate_hz.max(1.0));
        let usual = Duration::from_secs_f32(buffer).max(Duration::from_nanos(status.worst_ns.load(Relaxed)));
        matches!(state.engine, Engine::None) || status.running_for() > HANGS.max(usual * 4)
    }

    /// Changes the engine where an order needs another one. Loader thread, without the lock: what is taken over may
    /// have to be waited for. `None` when it turns out to be lost.
    pub(super) fn settle_engine(&self, order: &Order, inline: bool) -> Option<Change> {
        if order.lost {
            let (mut runner, commands) = new_runner(&self.tools, &self.replies);
            runner.inherit(order.attributes.clone(), order.seed);
            return Some(Change::New(self.started(runner, inline), commands));
        }
        match (&order.engine, inline) {
            (Engine::Worker(_), true) => Some(Change::ToCallback(Arc::new(Slot::new(None)))),
            (Engine::Inline(slot), false) => {
                let runner = slot.take_away(self.patience())?;
                match Worker::start(runner, self.tools.status.clone(), self.rank) {
                    Ok(worker) => Some(Change::ToWorker(worker)),
                    Err(what) => {
                        self.reply(Reply::Refused(thread_refused(&what).into()));
                        None
                    }
                }
            }
            _ => Some(Change::None),
        }
    }

    /// How long the runner is waited for where it should come in a moment.
    pub(super) fn patience(&self) -> Duration {
        if self.tools.status.repeats() { load_limit() } else { HANGS }
    }

    fn started(&self, runner: Box<Runner>, inline: bool) -> Engine {
        let (engine, refused) = start(&self.tools, self.rank, runner, inline);
        if let Some(what) = refused {
            self.reply(Reply::Refused(thread_refused(&what).into()));
        }
        engine
    }
}
