//! Where the main thread says what a box shall be, and the loader makes it so.
//!
//! Each message that takes long edits the [`Wish`] and queues one job. The job looks at the newest wish, prepares
//! what is missing (the model on its device, warmed up at its real shape, a stream with its rings), and hands it over
//! in one piece if nothing newer was wished for meanwhile. So the newest request wins, and a failing one changes
//! nothing. The main thread and the loader share this under a lock that is only ever held for moments; the audio
//! thread and the worker never see it.

mod attributes;
mod deliver;
mod engine;
mod fence;
mod fitting;
mod make;
mod measure;
mod pristine;
mod rates;
mod realise;
mod warm_up;
mod wish;

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Duration,
};

use crossbeam_channel::{Receiver, Sender, unbounded};
use parking_lot::{Mutex, MutexGuard};

use super::{
    command::{Answer, Command, Origin, Reply, Stamped},
    loader::{Loader, PATIENCE, load_limit},
    prints::Prints,
    priority::Rank,
    status::Status,
    worker::Worker,
};
use crate::{
    layout::BoxKind,
    model::{Device, ModelSource},
    port::{
        PortHandle,
        frame::FrameShape,
        stream::{Opening, StreamFormat},
    },
    resample::Plan,
    timing::{HostFormat, ran_on},
    value::Value,
};
use engine::{Engine, new_runner, start};
use pristine::Pristine;

pub use attributes::{AttributeRequest, Typed, no_model};
pub use engine::thread_refused;
pub use realise::file_name;
pub(super) use warm_up::warm_up;
pub use wish::{Deadline, Fit, FormatError, MethodWish, ModelWish, NoMethod, Subject, Wish};

/// A model that is in one call for longer than this, and much longer than is usual for it, hangs: what is asked of the
/// box then goes to a copy with a thread of its own.
pub const HANGS: Duration = Duration::from_secs(2);

/// What a workshop needs from around it.
#[derive(Clone)]
pub struct Tools {
    /// Which box.
    pub kind: BoxKind,
    /// Where models come from.
    pub source: Arc<dyn ModelSource>,
    /// Who loads them.
    pub loader: &'static Loader,
    /// Whether worker threads may be used.
    pub workers: bool,
    /// Whether messages may wait.
    pub messages_wait: bool,
    /// The box's counters and switches.
    pub status: Arc<Status>,
    /// What its models print.
    pub prints: Arc<Prints>,
}

/// Shared by the main thread and the loader.
pub struct Workshop {
    tools: Tools,
    rank: Rank,
    replies: Sender<Answer>,
    state: Mutex<State>,
}

impl std::fmt::Debug for Workshop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workshop").field("kind", &self.tools.kind).finish_non_exhaustive()
    }
}

struct State {
    wish: Wish,
    /// How often the wish has changed.
    orders: u64,
    /// The wish that has come true.
    done: Option<Wish>,
    subject: Option<Subject>,
    /// Of the stream that plays.
    format: Option<StreamFormat>,
    /// The model as it was after the load, never run.
    pristine: Option<Pristine>,
    /// What has been warmed up since the load, and how long a run then took.
    warmed: Vec<Warm>,
    engine: Engine,
    /// The worker that the runner has left, or is about to.
    leaving: Option<Worker>,
    /// The model that runs will not come back.
    lost: bool,
    /// What was set since the load, by attribute.
    applied: Vec<(String, Arc<[Value]>)>,
    /// How often attributes were set that may make a method work.
    settings: u64,
    /// Whether what plays is to be tried with other buffers.
    refit: bool,
    /// What every model is seeded with.
    seed: Option<u64>,
    commands: Sender<Stamped>,
    /// Commands that were sent so far.
    sent: u64,
    fence: fence::Fence,
    port: PortHandle,
    /// Whether requests are kept as if a model were being loaded.
    keeps_requests: bool,
    /// For the model that is being loaded.
    deferred: Vec<AttributeRequest>,
    /// The turn of work that counts: one that took too long was given up and counts no more.
    shift: u64,
    shift_begun: bool,
    /// The load at which it is.
    shift_load: u64,
    /// How often something was handed over to the runner.
    swaps: u64,
    /// The host's time at the last [`Workshop::prepare`], and how much had been played by then.
    last_prepare: Option<(f64, u64)>,
    /// Audio has stopped since the newest stream was made: what is on its way is of another time.
    interrupted: bool,
    told_rate_hz: Option<u32>,
    closed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Warm {
    method: usize,
    shape: FrameShape,
    resampling: Option<Plan>,
    device: Device,
    optimise: Option<bool>,
    cost: Duration,
    /// The longest of many runs, where that was measured.
    worst: Option<Duration>,
    /// Of a method that failed: how often attributes had been set by then. It may work after others.
    failed_after: Option<u64>,
}

impl State {
    fn remember(&mut self, attribute: &str, values: &Arc<[Value]>) {
        // A slider that is moved makes no method work that did not.
        let is_plain = |value: &Value| matches!(value, Value::Bool(_) | Value::Int(_) | Value::Float(_));
        let is_known = self.applied.iter().any(|(name, _)| name == attribute);
        self.settings += u64::from(!is_known || !values.iter().all(is_plain));
        match self.applied.iter_mut().find(|(name, _)| name == attribute) {
            Some((_, remembered)) => *remembered = values.clone(),
            None => self.applied.push((attribute.to_owned(), values.clone())),
        }
    }

    /// How long the model that plays takes at most, if that was measured.
    fn worst_of_present(&self) -> Option<Duration> {
        let (subject, format) = (self.subject.as_ref()?, self.format?);
        let playing = (subject.method, format.shape, format.resampling);
        let present = |warm: &&Warm| (warm.method, warm.shape, warm.resampling) == playing;
        self.warmed.iter().filter(present).filter_map(|warm| warm.worst).max()
    }
}

/// What a box is at this moment.
#[derive(Clone, Debug)]
pub struct View {
    /// What it is asked to be.
    pub wish: Wish,
    /// Its model.
    pub subject: Option<Subject>,
    /// The stream that plays, or will play.
    pub format: Option<StreamFormat>,
    /// Whether it computes on a GPU.
    pub gpu: bool,
    /// Whether another model is on its way.
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
            applied: Vec::new(),
            settings: 0,
            refit: false,
            seed: None,
            commands,
            sent: 0,
            fence: fence::Fence::default(),
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

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }

    fn reply(&self, reply: Reply) {
        let _gone = self.replies.send(Answer { origin: Origin::Loader, after: 0, reply });
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

    fn start_work(self: &Arc<Self>, state: &mut State) {
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

    /// The host (re)builds its audio. See [`crate::object::NnObject::prepare`]. Main thread.
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

    /// Sends a command to whoever owns the model, stamped with the frame that is being filled now.
    fn send(&self, state: &mut State, command: Command) {
        if let Command::Set { attribute, values } = &command {
            state.remember(attribute, values);
        }
        self.send_at(state, self.tools.status.filling.load(Relaxed), command);
    }

    fn send_at(&self, state: &mut State, frame: u64, command: Command) {
        // The runner is gone only when the system refused its thread, which was said.
        let _gone = state.commands.send(Stamped { frame, command });
        state.sent += 1;
        if let Engine::Worker(worker) = &state.engine {
            worker.wake();
        }
    }

    /// What is to be done from time to time. Main thread.
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

    /// A model that takes too long is not waited for any more; what plays goes on.
    fn give_up(self: &Arc<Self>, state: &mut State, limit: Duration) {
        state.shift += 1;
        (state.shift_begun, state.refit) = (false, false);
        let model = state.wish.model.as_ref().map_or_else(String::new, |m| m.path.display().to_string());
        self.reply(Reply::LoadFailed(crate::model::LoadError::TookTooLong {
            path: model,
            seconds: limit.as_secs(),
        }));
        self.restore_model(state);
        self.start_work(state);
    }

    /// The box is gone: its threads leave, nobody waits for them.
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
