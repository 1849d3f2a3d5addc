//! What the main thread and the loader share.

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Duration,
};

use crossbeam_channel::Sender;
use parking_lot::{Mutex, MutexGuard};

use super::{
    attribute_request::AttributeRequest,
    config::{Config, ModelInfo},
    engine::Engine,
    superseded::Superseded,
    template::Template,
};
use crate::{
    command::{Command, EngineReport, Origin, RunnerReport, Stamped},
    context::EngineContext,
    mix_settings::MixSettings,
    port::{PortHandle, buffer::BufferShape, stream::StreamFormat},
    resample::Plan,
    set_attributes::SetAttributes,
    worker::Worker,
};
use nn_model::{Device, value::Value};
use nn_process::priority::Rank;

/// Shared by the main thread and the loader: `Send` and `Sync`, what changes is behind its lock.
pub struct Reconciler {
    pub(super) context: EngineContext,
    pub(super) rank: Rank,
    pub(super) replies: Sender<RunnerReport>,
    pub(super) state: Mutex<State>,
}

impl std::fmt::Debug for Reconciler {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reconciler").field("kind", &self.context.kind).finish_non_exhaustive()
    }
}

/// What the lock is for.
pub(super) struct State {
    pub(super) wanted: Config,
    /// How often the wanted configuration has changed.
    pub(super) revision: u64,
    /// The configuration that is in effect.
    pub(super) done: Option<Config>,
    pub(super) superseded: Superseded,
    pub(super) info: Option<ModelInfo>,
    /// Of the stream that plays.
    pub(super) format: Option<StreamFormat>,
    /// The model as it was after the load, never run.
    pub(super) template: Option<Template>,
    /// What has been warmed up since the load, and how long a run then took.
    pub(super) warmed: Vec<Warm>,
    pub(super) engine: Engine,
    /// The worker that the runner has left, or is about to.
    pub(super) leaving: Option<Worker>,
    /// The model that runs will not come back.
    pub(super) lost: bool,
    /// The runner has been told to give its model up, and has not been given another one.
    pub(super) released: bool,
    /// What was there before could not be made anew: nothing is tried until something else is wanted.
    pub(super) rests: bool,
    /// What the model that plays was asked to be set to.
    pub(super) attributes: SetAttributes,
    /// How its sound is mixed with the input.
    pub(super) mix: MixSettings,
    /// How often attributes were set that may make a method work.
    pub(super) settings: u64,
    /// Whether what plays is to be tried with other buffers.
    pub(super) refit: bool,
    /// What every model is seeded with.
    pub(super) seed: Option<u64>,
    pub(super) commands: Sender<Stamped>,
    /// Commands that were sent so far.
    pub(super) sent: u64,
    pub(super) fence: Fence,
    pub(super) port: PortHandle,
    /// Whether requests are kept as if a model were being loaded.
    pub(super) keeps_requests: bool,
    /// A generator was found, which the main thread has not taken yet.
    pub(super) found_generator: bool,
    /// For the model that is being loaded.
    pub(super) deferred: Vec<AttributeRequest>,
    /// The turn of work that counts: one that took too long was given up and counts no more.
    pub(super) attempt: u64,
    pub(super) attempt_begun: bool,
    /// How many turns there were.
    pub(super) attempts: u64,
    /// The load at which it is.
    pub(super) attempted_load: u64,
    /// How often something was handed over to the runner.
    pub(super) swaps: u64,
    /// The host's time at the last [`Reconciler::prepare`], and how much had been played by then.
    pub(super) last_prepare: Option<(f64, u64)>,
    /// Audio has stopped since the newest stream was made: what is on its way is of another time.
    pub(super) interrupted: bool,
    pub(super) told_rate_hz: Option<u32>,
    pub(super) closed: bool,
}

/// What has been warmed up, with its result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Warm {
    pub(super) method: usize,
    pub(super) shape: BufferShape,
    pub(super) resampling: Option<Plan>,
    pub(super) device: Device,
    pub(super) optimise: Option<bool>,
    pub(super) cost: Duration,
    /// The longest of many runs, where that was measured.
    pub(super) worst: Option<Duration>,
    /// Of a method that failed: how often attributes had been set by then. It may work after others.
    pub(super) failed_after: Option<u64>,
}

impl State {
    /// Notes what was set.
    fn note_set(&mut self, attribute: &str, values: &Arc<[Value]>) {
        // A slider that is moved makes no method work that did not.
        let is_plain = |value: &Value| matches!(value, Value::Bool(_) | Value::Int(_) | Value::Float(_));
        let is_new = self.attributes.set(attribute, values.clone());
        self.settings += u64::from(is_new || !values.iter().all(is_plain));
    }

    /// How long the model that plays takes at most, if that was measured.
    pub(super) fn worst_of_present(&self) -> Option<Duration> {
        let (info, format) = (self.info.as_ref()?, self.format?);
        let playing = (info.method, format.shape, format.resampling);
        let present = |warm: &&Warm| (warm.method, warm.shape, warm.resampling) == playing;
        self.warmed.iter().filter(present).filter_map(|warm| warm.worst).max()
    }

    /// Keeps the load of an earlier wanted configuration, if another one takes its place before it is done.
    pub(super) fn keep_superseded(&mut self, before: Config) {
        let load = before.load();
        if load != self.wanted.load() && load != self.done.as_ref().map_or(0, Config::load) {
            let begun = self.attempt_begun.then_some(self.attempted_load);
            self.superseded.push(before, begun);
        }
    }

    /// Gives up whatever turn of work there is: one with another number counts from now on.
    pub(super) fn renumber_attempt(&mut self) {
        self.attempts += 1;
        self.attempt = self.attempts;
    }

    /// Whether a job of this revision is what the attempt still has to do.
    pub(super) fn is_newest(&self, attempt: u64, revision: u64) -> bool {
        self.attempt == attempt && self.revision == revision && !self.closed
    }

    /// True when nothing is left to do.
    pub(super) fn is_reached(&self) -> bool {
        let is_there = !self.lost && (!self.released || self.rests) && !self.refit;
        self.wanted.model.is_none() || (is_there && self.done.as_ref() == Some(&self.wanted))
    }

    /// True while another model than the present one is on its way, or the main thread does not know yet what it is.
    pub(super) fn awaits_load(&self) -> bool {
        self.found_generator || self.wanted.load() != self.done.as_ref().map_or(0, Config::load)
    }
}

/// The last fence, and what had been asked for before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fence {
    pub(super) number: u64,
    pub(super) sent: u64,
    pub(super) handed_over: u64,
}

impl Warm {
    /// True for what was warmed up for this.
    pub(super) fn is_for(
        &self,
        method: usize,
        format: &StreamFormat,
        device: Device,
        optimise: Option<bool>,
    ) -> bool {
        (self.method, self.device, self.optimise) == (method, device, optimise)
            && (self.shape, self.resampling) == (format.shape, format.resampling)
    }
}

impl Reconciler {
    /// Held for moments only.
    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }

    /// An answer of the loader, or of the main thread itself.
    pub(super) fn reply(&self, reply: EngineReport) {
        let _gone = self.replies.send(RunnerReport { origin: Origin::Loader, after: 0, reply });
    }

    /// Sends a command to whoever owns the model, stamped with the number of the buffer that is being filled now.
    pub(super) fn send(&self, state: &mut State, mut command: Command) {
        let status = &self.context.status;
        match &mut command {
            Command::Set { attribute, values } => state.note_set(attribute, values),
            Command::Midi(message) => message.at_frames = status.filled_frames.load(Relaxed),
            _ => {}
        }
        self.send_at(state, status.filling.load(Relaxed), command);
    }

    /// Sends a command that applies before the buffer of this number.
    pub(super) fn send_at(&self, state: &mut State, sequence: u64, command: Command) {
        // The runner is gone only when the system refused its thread, which was said.
        let _gone = state.commands.send(Stamped { sequence, command });
        state.sent += 1;
        if let Engine::Worker(worker) = &state.engine {
            worker.wake();
        }
    }
}
