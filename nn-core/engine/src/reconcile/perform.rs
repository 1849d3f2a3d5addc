//! The loader's part: carrying out the wanted configuration.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use super::{
    build::Failure,
    config::{Config, MethodConfig},
    fresh::Fresh,
    job::Job,
    state::{Reconciler, State},
    superseded::Overtaken,
};
use crate::command::{EngineReport, FoundGenerator};
use nn_model::{LoadError, ModelLocation, spec::ModelSpec};
use nn_process::{exit, guard::panic_text};

impl Reconciler {
    /// Carries out the newest wanted configuration, until there is no newer one. Loader thread.
    pub(super) fn reconcile(self: &Arc<Self>) {
        let Some(attempt) = self.begin_attempt() else { return };
        let mut fresh: Option<Fresh> = None;
        while let Some(job) = self.next_job(attempt, &mut fresh) {
            let made = catch_unwind(AssertUnwindSafe(|| self.build(&job, &mut fresh)))
                .unwrap_or_else(|panic| Err(stopped(&job.wanted, panic.as_ref())));
            self.pass_on_prints(&job.wanted);
            exit::arm();
            let mut made = match made {
                Ok(made) => made,
                Err(failure) => {
                    let mut state = self.lock();
                    if state.is_newest(attempt, job.revision) {
                        self.fail(&mut state, &job.wanted, failure);
                    }
                    continue;
                }
            };
            if !self.is_newest(attempt, &job) {
                continue;
            }
            // Here, and not in the first block that sounds; nor for what is not going to play.
            made.own_written(&mut fresh);
            let inline = job.wanted.runs_inline();
            let Some(change) = self.settle_engine(&job, inline) else {
                self.lock().lost = true;
                continue;
            };
            let ready = self.ready(&job, made, change);
            if let Some(inline) = self.commit(attempt, &job, ready, &mut fresh) {
                inline.await_runner(self.patience());
            }
        }
    }

    /// What models printed as they were loaded and warmed up.
    pub(super) fn pass_on_prints(&self, wanted: &Config) {
        while let Some(said) = self.context.source.take_printed() {
            let title = wanted.model.as_ref().map(|model| model.location.title());
            self.context.prints.add(title.as_deref(), said);
        }
    }

    /// Takes the work over, unless another thread already works on this model.
    fn begin_attempt(&self) -> Option<u64> {
        let mut state = self.lock();
        if state.attempt_begun {
            if state.attempted_load == state.wanted.load() {
                return None;
            }
            let (attempt, load) = (state.attempt, state.attempted_load);
            let watched = self.context.status.effort.put_aside();
            state.superseded.overtake(Overtaken { attempt, load, watched });
        }
        state.renumber_attempt();
        state.attempt_begun = true;
        self.context.status.effort.begin();
        Some(state.attempt)
    }

    /// What is to be done next; `None` when all is done, or another has taken over. What was loaded and is of no use for
    /// it is put aside, or dropped.
    fn next_job(&self, attempt: u64, fresh: &mut Option<Fresh>) -> Option<Job> {
        // Declared first, and so dropped without the lock.
        let _unused;
        let mut state = self.lock();
        let counts = state.attempt == attempt;
        let wanted = counts.then(|| state.wanted.load());
        _unused = state.superseded.exchange(fresh, wanted);
        if !counts {
            state.superseded.end(attempt);
            return None;
        }
        if state.closed || state.is_reached() {
            state.attempt_begun = false;
            self.context.status.effort.end();
            self.context.status.set_pending(false);
            return None;
        }
        state.attempted_load = state.wanted.load();
        state.lost |= self.has_lost_its_engine(&state);
        Some(Job {
            wanted: state.wanted.clone(),
            revision: state.revision,
            attempt,
            done: state.done.clone(),
            present: state.info.clone().filter(|info| info.loaded),
            format: state.format,
            template: state.template.clone(),
            warmed: state.warmed.clone(),
            engine: state.engine.clone(),
            lost: state.lost,
            released: state.released,
            attributes: state.attributes.clone(),
            settings: state.settings,
            refit: state.refit,
            seed: state.seed,
        })
    }

    fn is_newest(&self, attempt: u64, job: &Job) -> bool {
        let state = self.lock();
        state.is_newest(attempt, job.revision)
    }

    /// Says what failed and goes back to what there is.
    fn fail(&self, state: &mut State, wanted: &Config, failure: Failure) {
        let loads = state.done.as_ref().map_or(0, Config::load) != wanted.load();
        state.refit = false;
        // What cannot be made anew is not tried for ever.
        state.rests = state.released && state.done.as_ref() == Some(wanted);
        if state.rests {
            self.refuse_questions(state);
        }
        if let Failure::Method(_) = failure
            && let Some(before) = method_before(state, wanted, loads)
        {
            // Only that has failed: the rest of the wanted configuration, a load above all, may well succeed.
            state.wanted.method = before;
            return self.reply(EngineReport::Refused(failure.to_string().into()));
        }
        match failure {
            Failure::Generator(location, spec) if loads && state.done.is_none() => {
                return self.find_generator(state, location, spec);
            }
            Failure::Gpu(_) => {
                state.wanted.gpu = false;
                // Patches made on a machine with a GPU are to work on one without.
                return self.reply(EngineReport::Note(failure.to_string()));
            }
            Failure::Load(error) => self.reply(EngineReport::LoadFailed(error)),
            other if loads => {
                self.reply(EngineReport::LoadFailed(LoadError::Unusable { what: other.to_string() }))
            }
            other => self.reply(EngineReport::Refused(other.to_string().into())),
        }
        if loads {
            self.restore_model(state);
        } else if let Some(done) = &state.done {
            // Whatever it was, it is not to be tried again; nor, when it is the host's block that is too large.
            state.wanted = Config { host: state.wanted.host, ..done.clone() };
            state.done = Some(state.wanted.clone());
            state.lost = false;
        }
    }

    /// The box has a model that plays nothing: what was asked of it is answered elsewhere.
    fn find_generator(&self, state: &mut State, location: ModelLocation, spec: Arc<ModelSpec>) {
        let keeps_attributes = state.wanted.model.take().is_some_and(|model| model.keeps_attributes);
        let unused = state.superseded.clear();
        self.context.loader.submit(move || drop(unused));
        state.info = None;
        // Until the main thread knows, what is asked is kept.
        state.found_generator = true;
        self.reply(EngineReport::Generator(FoundGenerator { location, spec, keeps_attributes }));
    }

    /// The wanted model and method become those that there are, or else those that were being loaded when the one that
    /// has failed was asked for.
    pub(super) fn restore_model(&self, state: &mut State) {
        let failed = state.wanted.model.take();
        if let Some(failed) = &failed {
            // The same again would fail again.
            state.superseded.forget_like(failed);
        }
        let done = state.done.as_ref().map(|done| (done.model.clone(), done.method.clone()));
        let before = state.superseded.pop().map(|(model, method)| (Some(model), method)).or(done);
        let Some((model, method)) = before else {
            state.info = None;
            return self.pass_on_deferred(state);
        };
        state.wanted.model = model;
        if failed.is_none_or(|failed| failed.method == state.wanted.method) {
            state.wanted.method = method;
        }
        if !state.awaits_load() {
            self.pass_on_deferred(state);
        }
        if let Some(Overtaken { attempt, load, watched }) = state.superseded.resume(state.wanted.load()) {
            // A thread is at it still: another one would only be held up like that one.
            (state.attempt, state.attempt_begun, state.attempted_load) = (attempt, true, load);
            self.context.status.effort.resume(watched);
        }
    }
}

/// The method to go back to where a message asked for one that the model lacks; `None` where it came with a load, which
/// fails with it.
fn method_before(state: &State, wanted: &Config, loads: bool) -> Option<MethodConfig> {
    if !loads {
        return state.done.as_ref().map(|done| done.method.clone());
    }
    wanted.model.as_ref().map(|model| model.method.clone()).filter(|method| *method != wanted.method)
}

/// What is said of a fault of our own.
fn stopped(wanted: &Config, panic: &(dyn std::any::Any + Send)) -> Failure {
    Failure::Load(LoadError::Panicked {
        path: wanted.model.as_ref().map_or_else(String::new, |model| model.location.to_string()),
        what: panic_text(panic),
    })
}
