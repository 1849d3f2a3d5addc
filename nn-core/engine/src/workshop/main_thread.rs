//! The main thread's calls.

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Duration,
};

use crossbeam_channel::{Receiver, unbounded};
use parking_lot::Mutex;

use super::{
    engine::{Engine, new_runner, start},
    state::{Fence, State, Workshop},
    wish::{FormatError, Subject, Wish},
};
use crate::{
    command::{Answer, Reply},
    loader::{PATIENCE, load_limit},
    port::{
        PortHandle,
        stream::{Opening, StreamFormat},
    },
    set_attributes::SetAttributes,
    timing::{HostFormat, ran_on},
    tools::Tools,
};
use nn_model::LoadError;
use nn_process::priority::Rank;

/// The current configuration of a box.
#[derive(Clone, Debug)]
pub struct View {
    /// The wanted configuration.
    pub wish: Wish,
    /// Its model.
    pub subject: Option<Subject>,
    /// The stream that plays, or will play.
    pub format: Option<StreamFormat>,
    /// Whether it computes on a GPU.
    pub gpu: bool,
    /// Whether another model is being loaded.
    pub loading: bool,
}

impl Workshop {
    /// A workshop with a running engine and no model, and what will be answered. The error says that the system
    /// refused a thread.
    pub fn new(
        tools: Tools,
        wish: Wish,
        port: PortHandle,
    ) -> (Arc<Self>, Receiver<Answer>, Option<std::io::Error>) {
        let (replies, answers) = unbounded();
        let rank = Rank::below_this_thread();
        let inline = wish.runs_inline(tools.workers);
        let (runner, commands) = new_runner(&tools, &replies);
        let (engine, refused) = start(&tools, rank, runner, inline);
        let state = State {
            wish,
            orders: 0,
            done: None,
            subject: None,
            format: None,
            pristine: None,
            warmed: Vec::new(),
            engine,
            leaving: None,
            lost: false,
            attributes: SetAttributes::default(),
            settings: 0,
            refit: false,
            seed: None,
            commands,
            sent: 0,
            fence: Fence::default(),
            port,
            keeps_requests: false,
            deferred: Vec::new(),
            shift: 0,
            shift_begun: false,
            shift_load: 0,
            swaps: 0,
            last_prepare: None,
            interrupted: true,
            told_rate_hz: None,
            closed: false,
        };
        (Arc::new(Self { tools, rank, replies, state: Mutex::new(state) }), answers, refused)
    }

    /// The model whose description is known and which is about to be ordered.
    pub fn announce(&self, subject: Subject) {
        self.lock().subject = Some(subject);
    }

    /// Changes the wish and has it made true. Main thread.
    pub fn order(self: &Arc<Self>, change: impl FnOnce(&mut Wish)) {
        let mut state = self.lock();
        let before = state.wish.clone();
        change(&mut state.wish);
        if state.wish != before && !self.is_heard_in_nothing(&mut state) {
            self.start_work(&mut state);
        }
    }

    /// Has the newest wish made true.
    pub(super) fn start_work(self: &Arc<Self>, state: &mut State) {
        state.orders += 1;
        if state.wish.model.is_none() {
            return self.tools.status.set_pending(false);
        }
        self.tools.status.set_pending(true);
        let workshop = self.clone();
        let job = move || workshop.realise();
        if self.tools.messages_wait && self.tools.status.repeats() {
            // Not at some time between two messages: when the next block or look comes, which waits for it.
            state.port.set_next_job(Some(Box::new(job)));
        } else {
            self.tools.loader.submit(job);
        }
    }

    /// What the box is now. Main thread.
    pub fn view(&self) -> View {
        let state = self.lock();
        View {
            wish: state.wish.clone(),
            subject: state.subject.clone(),
            format: state.format,
            gpu: state.done.as_ref().is_some_and(|done| done.gpu),
            loading: state.awaits_load(),
        }
    }

    /// The stream that a wish would lead to with the present model. Main thread.
    pub fn would_be(&self, subject: &Subject) -> Result<StreamFormat, FormatError> {
        self.lock().wish.format(self.tools.kind, subject, self.tools.workers, None)
    }

    /// The host is about to build its audio with signals of other numbers of channels. Main thread, before
    /// [`Workshop::prepare`].
    pub fn set_examples(&self, examples: usize) {
        let status = &self.tools.status;
        status.set_wanted_examples(examples);
        let mut state = self.lock();
        if state.format.is_some() && !state.interrupted && examples < state.wish.examples {
            // Until the next block tells how many of them still sound.
            status.falling_examples.fetch_max(state.wish.examples, Relaxed);
        }
        if state.wish.examples != examples {
            state.wish.examples = examples;
            state.orders += 1;
        }
    }

    /// The host (re)builds its audio. Main thread.
    pub fn prepare(self: &Arc<Self>, host: HostFormat, now_ms: f64) -> Result<(), FormatError> {
        let mut state = self.lock();
        state.port.collect();
        let played = self.tools.status.samples.load(Relaxed);
        let before = state.last_prepare.replace((now_ms, played));
        let continuous = before.is_some_and(|(then_ms, then_played)| {
            let (passed_ms, frames) = (now_ms - then_ms, played.saturating_sub(then_played));
            ran_on(passed_ms, frames, host.block_frames, host.sample_rate_hz)
        });
        state.interrupted |= !continuous;
        let changed = state.wish.host != host;
        if changed {
            // Another device, perhaps: it shows again.
            state.wish.burst_frames = 0;
            self.tools.status.burst_frames.store(0, Relaxed);
        }
        state.wish.host = host;
        self.tools.status.host_rate_hz.store(host.rate_hz().unwrap_or(0), Relaxed);
        state.orders += u64::from(changed);
        self.tell_rate(&mut state);
        let (Some(mut done), Some(subject)) = (state.done.clone(), state.subject.clone()) else {
            return Ok(());
        };
        done.host = host;
        done.burst_frames = state.wish.burst_frames;
        done.examples = state.wish.examples;
        let worst = state.worst_of_present();
        let format = done.format(self.tools.kind, &subject, self.tools.workers, worst)?;
        if continuous && state.format == Some(format) {
            state.done = Some(done);
        } else if state
            .format
            .is_some_and(|present| (present.shape, present.resampling) == (format.shape, format.resampling))
        {
            state.done = Some(done);
            self.renew_stream(&mut state, format, Opening::Cut);
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
            self.tools.loader.submit(move || drop(unused));
        }
        if let (Engine::Inline(slot), false) = (&state.engine, audio_runs) {
            slot.apply_now();
        }
        let limit = load_limit();
        if self.tools.status.pending() {
            self.tools.loader.look_after(PATIENCE.min(limit));
        }
        if state.shift_begun && self.tools.status.effort.spent() > limit {
            self.give_up(&mut state, limit);
        }
        let untaken = state.swaps > self.tools.status.swaps.load(Relaxed);
        if untaken && !state.lost && state.done.is_some() && self.has_lost_its_engine(&state) {
            // It began to hang just before something was handed over to it: that goes to another one.
            state.lost = true;
            self.start_work(&mut state);
        }
    }

    /// Gives up a model that takes too long; the present sound goes on.
    fn give_up(self: &Arc<Self>, state: &mut State, limit: Duration) {
        state.shift += 1;
        (state.shift_begun, state.refit) = (false, false);
        let model = state.wish.model.as_ref().map_or_else(String::new, |m| m.location.to_string());
        self.reply(Reply::LoadFailed(LoadError::TookTooLong { path: model, seconds: limit.as_secs() }));
        self.restore_model(state);
        self.start_work(state);
    }

    /// The box is gone: its threads end, and nobody waits for them.
    pub fn close(self: Arc<Self>) {
        let mut state = self.lock();
        state.closed = true;
        state.port.set_next_job(None);
        self.tools.status.stop();
        match std::mem::replace(&mut state.engine, Engine::None) {
            Engine::Worker(worker) => worker.wake(),
            Engine::Inline(slot) => {
                let runner = slot.empty();
                self.tools.loader.submit(move || drop(runner));
            }
            Engine::None => {}
        }
        drop(state);
        // What is left of the model is dropped where that may take time.
        self.tools.loader.submit({
            let workshop = self.clone();
            move || {
                let (pristine, unused) = {
                    let mut state = workshop.lock();
                    (state.pristine.take(), state.port.take_unused())
                };
                drop((pristine, unused));
            }
        });
    }
}
