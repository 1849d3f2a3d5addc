//! Handing over: commands to the runner, streams to the port, in one piece.

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Duration,
};

use super::{
    build::Built,
    config::ModelInfo,
    engine::{Change, Engine},
    fresh::Fresh,
    job::Job,
    state::{Reconciler, State},
};
use crate::{
    command::{Command, EngineReport, Fade, Loaded, Stamped, Swap},
    fit::input::takes_signals,
    inline::Inline,
    port::{
        declick::FADE_MS,
        stream::{Opening, Stream, StreamFormat},
        transport::{Transport, WorkerRings},
    },
    resample::Resampling,
};
use nn_model::Device;

/// What was made for a job, with everything that takes memory or threads.
pub(super) struct Ready {
    made: Built,
    change: Change,
    stream: Option<(Box<Stream>, Option<WorkerRings>)>,
    /// What continues the present stream with another number of examples.
    continuation: Option<Box<Stream>>,
    fade: Option<Fade>,
    resampling: Option<Box<Resampling>>,
    /// Whether the runner has anything to change but the number of examples.
    swaps: bool,
}

impl Reconciler {
    /// Builds the stream where one is needed. Loader thread, without the lock: a large one takes a while.
    pub(super) fn ready(&self, job: &Job, made: Built, change: Change) -> Ready {
        let same_host = job.done.as_ref().is_none_or(|done| done.host == job.wanted.host);
        // What is on its way to another rate and back cannot be given from one state to the next.
        let direct = made.format.resampling.is_none();
        let (last_prepare, interrupted, same_inputs) = {
            let state = self.lock();
            // A stream fades inputs that take signals, and those only, as long as it lasts.
            let inputs = |info: &ModelInfo| (takes_signals(info.method()), info.method().parameters);
            let same = state.info.as_ref().is_none_or(|info| inputs(info) == inputs(&made.info));
            (state.last_prepare, state.interrupted, same)
        };
        let goes_on = change.is_none() && same_host && same_inputs;
        let stays = goes_on && job.format == Some(made.format) && direct;
        if stays {
            let fade = Some(self.fade(&made));
            let (stream, continuation, resampling) = (None, None, None);
            return Ready { made, change, stream, continuation, fade, resampling, swaps: true };
        }
        let only_examples = job.differs_in_examples_only();
        let continues = job.format.is_some_and(|present| present.differs_in_examples_only(&made.format));
        if goes_on && continues && !interrupted && (direct || only_examples) {
            let format = made.format;
            let resampling =
                format.resampling.map(|plan| Box::new(Resampling::new(plan, format.shape, false)));
            let (continuation, fade) = (Some(Stream::continuation(format)), Some(self.fade(&made)));
            let swaps = !only_examples;
            return Ready { made, change, stream: None, continuation, fade, resampling, swaps };
        }
        let played = self.context.status.played_frames.load(Relaxed);
        let heard = self.context.joins_sound
            || !interrupted
            || last_prepare.is_some_and(|(_, before)| played > before);
        let opening = if same_host && heard { Opening::Faded } else { Opening::Cut };
        let engine = match &change {
            Change::None => job.engine.clone(),
            Change::New(engine, _) => engine.clone(),
            Change::ToCallback(inline) => Engine::Inline(inline.clone()),
            Change::ToWorker(worker) => Engine::Worker(worker.clone()),
        };
        let fades_in = opening == Opening::Faded;
        let resampling =
            made.format.resampling.map(|plan| Box::new(Resampling::new(plan, made.format.shape, fades_in)));
        let stream = Some(stream(&engine, made.format, opening, &made.info));
        Ready { made, change, stream, continuation: None, fade: None, resampling, swaps: true }
    }

    /// Hands over what was made for a job: this completes it. What was loaded is taken out of `fresh`.
    /// Returns the `Inline` to which the runner is on its way.
    #[expect(
        clippy::too_many_lines,
        reason = "one transaction under one lock, whose commands go out in this order"
    )]
    pub(super) fn commit(
        &self,
        attempt: u64,
        job: &Job,
        ready: Ready,
        fresh: &mut Option<Fresh>,
    ) -> Option<Arc<Inline>> {
        let status = &self.context.status;
        let Ready { made, change, stream, continuation, fade, mut resampling, swaps } = ready;
        let Built { info, format, model, carrier, warm, copies_fit } = made;
        let mut state = self.lock();
        let newest = state.is_newest(attempt, job.revision);
        if !newest && change.is_none() {
            return None;
        }
        let state = &mut *state;
        let fresh = fresh.take();
        let (is_fresh, is_load) =
            (fresh.is_some(), job.done.as_ref().map_or(0, |d| d.load()) != job.wanted.load());
        let keep_attributes =
            !is_load || job.wanted.model.as_ref().is_some_and(|model| model.keeps_attributes);
        let template = fresh.as_ref().map(|fresh| fresh.template.clone());
        let (stream, rings) = match stream {
            Some((stream, rings)) => (Some(stream), rings),
            None => (None, None),
        };
        let on_its_way = self.change_engine(state, change);
        let on_a_worker = matches!(state.engine, Engine::Worker(_));
        let is_copy = model.is_some();
        let is_another = is_copy || is_fresh;
        // A new stream begins with it, whatever the number of the buffer that was being filled.
        let sequence = if stream.is_some() { 0 } else { status.filling.load(Relaxed) };
        if continuation.is_some()
            && let Some(resampling) = resampling.take()
        {
            self.send_at(state, sequence, Command::Reshape(resampling));
        }
        let swap = Command::Swap(Box::new(Swap {
            signals: takes_signals(info.method()),
            model: model.or(fresh.map(|fresh| fresh.model)),
            method: info.method,
            carrier,
            optimise: job.wanted.optimise,
            keep_attributes,
            shape: format.model_shape(),
            // On a GPU the model brings what it needs.
            warm_up: (on_a_worker && copies_fit && warm.device == Device::Cpu)
                .then_some(format.model_shape()),
            fade,
            rings,
            resampling,
        }));
        if swaps {
            state.released &= !is_another;
            state.swaps += 1;
            self.send_at(state, sequence, swap);
        }
        if let Some(continuation) = continuation {
            state.port.send_continuation(continuation);
        }
        let rate_hz = job.wanted.rate_hz(&info.spec);
        if let Some(hz) = rate_hz.filter(|_| !is_fresh && !is_copy && rate_hz != state.told_rate_hz) {
            self.send_at(state, sequence, Command::SampleRate(hz));
        }
        if let Some(mut stream) = stream {
            stream.set_keeps_state(!is_fresh && !is_copy);
            state.port.send(stream);
            state.interrupted = false;
            status.filling.store(0, Relaxed);
        }
        if let Some((worker, inline)) = &on_its_way {
            // Whatever was sent before is done, or goes with it.
            worker.move_to(inline.clone());
            let _gone = state.commands.send(Stamped { sequence: 0, command: Command::Leave });
            state.sent += 1;
            worker.wake();
        }

        if let Some(template) = template {
            state.warmed.clear();
            state.template = template;
        }
        state.warmed.retain(|other| !other.is_for(warm.method, &format, warm.device, warm.optimise));
        state.warmed.push(warm);
        state.told_rate_hz = rate_hz.or(state.told_rate_hz.filter(|_| !is_fresh));
        state.attributes.survive(keep_attributes);
        if is_load {
            let since = job.wanted.model.as_ref().map_or(0, |model| model.mix_since);
            state.begin_mix(info.spec.mix, since, status);
        }
        let mut done = job.wanted.clone();
        done.method.name.clone_from(&info.method().name);
        done.method.asked_for = true;
        if newest {
            state.wanted.method = done.method.clone();
        }
        state.info = Some(info);
        state.format = Some(format);
        state.superseded.forget_before(done.load());
        state.done = Some(done);
        (state.lost, state.refit) = (false, false);
        status.set_ready();
        self.pass_on_deferred(state);
        let loaded = Loaded { load: job.wanted.load(), keeps_attributes: keep_attributes };
        self.reply(EngineReport::Reconciled { loaded: is_load.then_some(loaded) });
        on_its_way.map(|(_, inline)| inline)
    }

    /// Puts another engine in the place of the present one. Answers where the runner is on its way from and to.
    fn change_engine(
        &self,
        state: &mut State,
        change: Change,
    ) -> Option<(crate::worker::Worker, Arc<Inline>)> {
        match change {
            Change::None => None,
            Change::New(engine, commands) => {
                let old = std::mem::replace(&mut state.engine, engine);
                state.commands = commands;
                for lost in [state.leaving.take(), old.worker()].into_iter().flatten() {
                    lost.retire();
                }
                state.swaps = self.context.status.swaps.load(Relaxed);
                self.context.status.runs.end();
                self.reply(EngineReport::NewEngine);
                None
            }
            Change::ToWorker(worker) => {
                state.engine = Engine::Worker(worker);
                None
            }
            Change::ToCallback(inline) => {
                let old = std::mem::replace(&mut state.engine, Engine::Inline(inline.clone()));
                state.leaving = old.worker();
                state.leaving.clone().map(|worker| (worker, inline))
            }
        }
    }

    /// Starts a stream for the present model. Main thread, when the host builds its audio.
    pub(super) fn renew_stream(&self, state: &mut State, format: StreamFormat, opening: Opening) {
        let Some(info) = &state.info else { return };
        let (stream, rings) = stream(&state.engine, format, opening, info);
        self.send_at(state, 0, Command::Begin(rings));
        state.format = Some(format);
        state.port.send(stream);
        state.interrupted = false;
        // What is sent from now on is for the new stream.
        self.context.status.filling.store(0, Relaxed);
    }

    /// How the new state joins the old one in a stream that goes on.
    fn fade(&self, made: &Built) -> Fade {
        let status = &self.context.status;
        let rate_hz = made.format.sample_rate_hz;
        let frames = (FADE_MS * 1e-3 * rate_hz) as usize;
        let deadline_s = made.format.timing.deadline_frames as f32 / rate_hz.max(1.0);
        if status.waiting() || status.repeats() {
            return Fade { frames, cost: Duration::ZERO, budget: Duration::MAX };
        }
        Fade {
            frames,
            cost: made.warm.cost + status.mean_run(),
            // Half of the time: both may be slower than they were.
            budget: Duration::from_secs_f32((deadline_s * 0.5).max(0.0)),
        }
    }
}

fn stream(
    engine: &Engine,
    format: StreamFormat,
    opening: Opening,
    info: &ModelInfo,
) -> (Box<Stream>, Option<WorkerRings>) {
    let pool_buffers = format.timing.pool_buffers;
    let (mut stream, rings) = match engine {
        Engine::Worker(worker) => {
            let (stream, rings) = Stream::with_worker(format, worker.thread().clone(), opening);
            (stream, Some(rings))
        }
        Engine::Inline(inline) => {
            (Stream::new(format, Transport::inline(pool_buffers, inline.clone()), opening), None)
        }
        Engine::None => (Stream::new(format, Transport::to_nobody(pool_buffers), opening), None),
    };
    stream.set_inputs(takes_signals(info.method()), info.method().parameters);
    (stream, rings)
}
