//! How another thread comes to run the model.

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::{Duration, Instant},
};

use crossbeam_channel::{RecvTimeoutError, bounded};

use super::{
    engine::{Change, Engine, HANGS, new_runner, start, thread_refused},
    job::Job,
    state::{Reconciler, State},
};
use nn_process::exit;

use crate::{
    command::{Command, EngineReport, Release},
    inline::Inline,
    loader::load_limit,
    port::declick::FADE_MS,
    runner::Runner,
    worker::Worker,
};

/// How much later than its time a buffer may come.
const MOMENT: Duration = Duration::from_millis(50);
/// How often it is looked whether the runner can be reached.
const LOOK: Duration = Duration::from_millis(2);

impl Reconciler {
    /// True when the model that runs will not come back. Of a model that is merely slow it is known how slow.
    pub(super) fn has_lost_its_engine(&self, state: &State) -> bool {
        let status = &self.context.status;
        let buffer = state
            .format
            .map_or(0.0, |format| format.shape.buffer_frames as f32 / format.sample_rate_hz.max(1.0));
        let usual = Duration::from_secs_f32(buffer).max(Duration::from_nanos(status.runs.worst_ns()));
        matches!(state.engine, Engine::None) || status.running_for() > HANGS.max(usual * 4)
    }

    /// Changes the engine where a job needs another one. Loader thread, without the lock: what is taken over may
    /// have to be waited for. `None` when it turns out to be lost.
    pub(super) fn settle_engine(&self, job: &Job, inline: bool) -> Option<Change> {
        if job.lost {
            let (mut runner, commands) = new_runner(&self.context, &self.replies);
            runner.inherit(job.attributes.clone(), job.seed);
            return Some(Change::New(self.started(runner, inline), commands));
        }
        match (&job.engine, inline) {
            (Engine::Worker(_), true) => Some(Change::ToCallback(Arc::new(Inline::new(None)))),
            (Engine::Inline(inline), false) => {
                let runner = inline.take_away(self.patience())?;
                match Worker::start(runner, self.context.status.clone(), self.rank) {
                    Ok(worker) => Some(Change::ToWorker(worker)),
                    Err(what) => {
                        self.reply(EngineReport::Refused(thread_refused(&what).into()));
                        None
                    }
                }
            }
            _ => Some(Change::None),
        }
    }

    /// Has the runner give its model up for a job, and drops it: it is gone for whatever comes, also where it does not go in
    /// time. False, and it stays, where the job is not the newest any more. Loader thread.
    pub(super) fn release(&self, job: &Job) -> bool {
        let (to, left) = bounded(1);
        let status = &self.context.status;
        let engine = {
            let mut state = self.lock();
            if !state.is_newest(job.attempt, job.revision) {
                return false;
            }
            let rate_hz = state.format.map_or(0.0, |format| format.sample_rate_hz);
            let fade_frames = (FADE_MS * 1e-3 * rate_hz) as usize;
            // Two buffers, and a moment; where the host waits, none comes.
            let buffers =
                state.format.map_or(0.0, |format| format.shape.buffer_frames as f32 * 2.0 / rate_hz.max(1.0));
            let comes = if status.repeats() {
                Duration::ZERO
            } else {
                Duration::from_secs_f32(buffers.min(1.0)) + MOMENT
            };
            let until = Instant::now() + comes;
            let release = Command::Release(Release { to, fade_frames, until });
            self.send_at(&mut state, status.filling.load(Relaxed), release);
            state.released = true;
            state.engine.clone()
        };
        let begin = Instant::now();
        while begin.elapsed() < self.patience() && !status.stopped() && !exit::leaving() {
            if let (Engine::Inline(inline), true) = (&engine, status.repeats()) {
                // The callback waits for the loader.
                inline.apply_now();
            }
            if !matches!(left.recv_timeout(LOOK), Err(RecvTimeoutError::Timeout)) {
                break;
            }
        }
        true
    }

    /// How long the runner is waited for where it should come in a moment.
    pub(super) fn patience(&self) -> Duration {
        if self.context.status.repeats() { load_limit() } else { HANGS }
    }

    fn started(&self, runner: Box<Runner>, inline: bool) -> Engine {
        let (engine, refused) = start(&self.context, self.rank, runner, inline);
        if let Some(what) = refused {
            self.reply(EngineReport::Refused(thread_refused(&what).into()));
        }
        engine
    }
}
