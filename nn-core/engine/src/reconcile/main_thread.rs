//! The main thread's calls.

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Duration,
};

use crossbeam_channel::{Receiver, unbounded};
use parking_lot::Mutex;

use super::{
    config::{Config, FormatError, ModelInfo},
    engine::{Engine, new_runner, start},
    state::{Fence, Reconciler, State},
    superseded::Superseded,
};
use crate::{
    command::{EngineReport, RunnerReport},
    context::EngineContext,
    loader::{PATIENCE, load_limit},
    mix_settings::MixSettings,
    port::{
        PortHandle,
        stream::{Opening, StreamFormat},
    },
    set_attributes::SetAttributes,
    timing::{HostFormat, host_ran_on},
};
use nn_model::{LoadError, effect::Mix};
use nn_process::priority::Rank;

/// The current configuration of a box.
#[derive(Clone, Debug)]
pub struct View {
    /// The wanted configuration.
    pub wanted: Config,
    /// Its model.
    pub info: Option<ModelInfo>,
    /// The stream that plays, or will play.
    pub format: Option<StreamFormat>,
    /// Whether it computes on a GPU.
    pub gpu: bool,
    /// Whether another model is being loaded.
    pub loading: bool,
    /// How the model's sound is mixed with the input.
    pub mix: Mix,
}

impl Reconciler {
    /// A reconciler with a running engine and no model, and what will be answered. The error says that the system
    /// refused a thread.
    pub fn new(
        context: EngineContext,
        wanted: Config,
        port: PortHandle,
    ) -> (Arc<Self>, Receiver<RunnerReport>, Option<std::io::Error>) {
        let (replies, answers) = unbounded();
        let rank = context.rank.unwrap_or_else(Rank::below_this_thread);
        let inline = wanted.runs_inline();
        let (runner, commands) = new_runner(&context, &replies);
        let (engine, refused) = start(&context, rank, runner, inline);
        let state = State {
            wanted,
            revision: 0,
            done: None,
            superseded: Superseded::default(),
            info: None,
            format: None,
            template: None,
            warmed: Vec::new(),
            engine,
            leaving: None,
            lost: false,
            released: false,
            rests: false,
            attributes: SetAttributes::default(),
            mix: MixSettings::default(),
            settings: 0,
            refit: false,
            seed: None,
            commands,
            sent: 0,
            fence: Fence::default(),
            port,
            keeps_requests: false,
            found_generator: false,
            deferred: Vec::new(),
            attempt: 0,
            attempt_begun: false,
            attempts: 0,
            attempted_load: 0,
            swaps: 0,
            last_prepare: None,
            interrupted: true,
            told_rate_hz: None,
            closed: false,
        };
        (Arc::new(Self { context, rank, replies, state: Mutex::new(state) }), answers, refused)
    }

    /// The model whose description is known and whose load is about to be requested.
    pub fn announce(&self, info: ModelInfo) {
        self.lock().info = Some(info);
    }

    /// Changes the wanted configuration and has the loader carry it out. Main thread.
    pub fn change(self: &Arc<Self>, change: impl FnOnce(&mut Config)) {
        let mut state = self.lock();
        let before = state.wanted.clone();
        change(&mut state.wanted);
        let changed = state.wanted != before;
        state.keep_superseded(before);
        if changed && !self.is_heard_in_nothing(&mut state) {
            self.start_work(&mut state);
        }
    }

    /// Has the loader carry out the newest wanted configuration.
    pub(super) fn start_work(self: &Arc<Self>, state: &mut State) {
        state.revision += 1;
        state.rests = false;
        if state.wanted.model.is_none() {
            return self.context.status.set_pending(false);
        }
        self.context.status.set_pending(true);
        let reconciler = self.clone();
        let job = move || reconciler.reconcile();
        if self.context.messages_wait && self.context.status.repeats() {
            // Not at some time between two messages: when the next block or poll comes, which waits for it.
            state.port.set_next_job(Some(Box::new(job)));
        } else {
            self.context.loader.submit(job);
        }
    }

    /// What the box is now. Main thread.
    pub fn view(&self) -> View {
        let state = self.lock();
        View {
            wanted: state.wanted.clone(),
            info: state.info.clone(),
            format: state.format,
            gpu: state.done.as_ref().is_some_and(|done| done.gpu),
            loading: state.awaits_load(),
            mix: state.mix.values(),
        }
    }

    /// The stream that a wanted configuration would lead to with the present model. Main thread.
    pub fn would_be(&self, info: &ModelInfo) -> Result<StreamFormat, FormatError> {
        self.lock().wanted.format(self.context.kind, info, None)
    }

    /// The host is about to build its audio with signals of other numbers of channels. Main thread, before
    /// [`Reconciler::prepare`].
    pub fn set_examples(&self, examples: usize) {
        let status = &self.context.status;
        status.set_wanted_examples(examples);
        let mut state = self.lock();
        if state.format.is_some() && !state.interrupted && examples < state.wanted.examples {
            // Until the next block shows how many of them still sound.
            status.falling_examples.fetch_max(state.wanted.examples, Relaxed);
        }
        if state.wanted.examples != examples {
            state.wanted.examples = examples;
            state.revision += 1;
        }
    }

    /// The host (re)builds its audio. Main thread.
    pub fn prepare(self: &Arc<Self>, host: HostFormat, now_ms: f64) -> Result<(), FormatError> {
        let mut state = self.lock();
        state.port.collect();
        let played = self.context.status.played_frames.load(Relaxed);
        let before = state.last_prepare.replace((now_ms, played));
        let continuous = before.is_some_and(|(then_ms, then_played)| {
            let (passed_ms, frames) = (now_ms - then_ms, played.saturating_sub(then_played));
            host_ran_on(passed_ms, frames, host.block_frames, host.sample_rate_hz)
        });
        state.interrupted |= !continuous;
        let changed = state.wanted.host != host;
        if changed {
            // Another device, perhaps: it shows again.
            state.wanted.burst_frames = 0;
            self.context.status.burst_frames.store(0, Relaxed);
        }
        state.wanted.host = host;
        self.context.status.host_rate_hz.store(host.rate_hz().unwrap_or(0), Relaxed);
        state.revision += u64::from(changed);
        self.tell_rate(&mut state);
        let (Some(mut done), Some(info)) = (state.done.clone(), state.info.clone()) else {
            return Ok(());
        };
        done.host = host;
        done.burst_frames = state.wanted.burst_frames;
        done.examples = state.wanted.examples;
        let worst = state.worst_of_present();
        let format = done.format(self.context.kind, &info, worst)?;
        if continuous && state.format == Some(format) {
            state.done = Some(done);
        } else if state
            .format
            .is_some_and(|present| (present.shape, present.resampling) == (format.shape, format.resampling))
        {
            state.done = Some(done);
            let opening = if self.context.joins_sound { Opening::Faded } else { Opening::Cut };
            self.renew_stream(&mut state, format, opening);
        } else {
            // Another buffer: the model is warmed up for it first.
            self.start_work(&mut state);
        }
        Ok(())
    }

    /// Work to be done on a timer. Main thread.
    ///
    /// `audio_runs` says that audio callbacks are coming: without them and without a worker, messages to the model
    /// are applied here.
    pub fn look_after(self: &Arc<Self>, audio_runs: bool) {
        let mut state = self.lock();
        state.port.collect();
        let unused = state.port.take_unused();
        if !unused.is_empty() {
            self.context.loader.submit(move || drop(unused));
        }
        if let (Engine::Inline(inline), false) = (&state.engine, audio_runs) {
            inline.apply_now();
        }
        let limit = load_limit();
        if self.context.status.pending() {
            self.context.loader.look_after(PATIENCE.min(limit));
        }
        if state.attempt_begun && self.context.status.effort.spent() > limit {
            self.give_up(&mut state, limit);
        }
        let untaken = state.swaps > self.context.status.swaps.load(Relaxed);
        if untaken && !state.lost && state.done.is_some() && self.has_lost_its_engine(&state) {
            // It began to hang just before something was handed over to it: that goes to another one.
            state.lost = true;
            self.start_work(&mut state);
        }
    }

    /// Gives up a model that takes too long; the present sound goes on.
    fn give_up(self: &Arc<Self>, state: &mut State, limit: Duration) {
        state.renumber_attempt();
        (state.attempt_begun, state.refit) = (false, false);
        let model = state.wanted.model.as_ref().map_or_else(String::new, |m| m.location.to_string());
        self.reply(EngineReport::LoadFailed(LoadError::TookTooLong {
            path: model,
            seconds: limit.as_secs(),
        }));
        self.restore_model(state);
        self.start_work(state);
    }

    /// The box is gone: its threads end, and nobody waits for them.
    pub fn close(self: Arc<Self>) {
        let mut state = self.lock();
        state.closed = true;
        state.port.set_next_job(None);
        self.context.status.stop();
        match std::mem::replace(&mut state.engine, Engine::None) {
            Engine::Worker(worker) => worker.wake(),
            Engine::Inline(inline) => {
                let runner = inline.empty();
                self.context.loader.submit(move || drop(runner));
            }
            Engine::None => {}
        }
        drop(state);
        // What is left of the model is dropped where that may take time.
        self.context.loader.submit({
            let reconciler = self.clone();
            move || {
                let unused = {
                    let mut state = reconciler.lock();
                    (state.template.take(), state.superseded.clear(), state.port.take_unused())
                };
                drop(unused);
            }
        });
    }
}
