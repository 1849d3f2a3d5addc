//! The loader's part: making a wish come true.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    Deadline, FormatError, HANGS, ModelWish, NoMethod, State, Warm, Wish, Workshop,
    warm_up::{MEASURED_RUNS, warm_up},
    wish::Subject,
};
use crate::{
    engine::{command::Reply, exit, runner::panic_text},
    model::{Device, ForkError, LoadError, Model},
    port::stream::StreamFormat,
    spec::{ModelSpec, SpecError},
};

/// A loaded model that has not been handed over.
pub(super) struct Fresh {
    pub load: u64,
    pub path: PathBuf,
    pub model: Box<dyn Model>,
    pub spec: Arc<ModelSpec>,
}

/// Everything that a wish needs.
pub(super) struct Made {
    pub subject: Subject,
    pub format: StreamFormat,
    /// The state that the file holds, where the wish asks for it.
    pub model: Option<Box<dyn Model>>,
    /// A new model that stays as it is.
    pub pristine: Option<Box<dyn Model>>,
    pub warm: Warm,
}

/// Why a wish cannot come true.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error(transparent)]
    Method(#[from] NoMethod),
    #[error(transparent)]
    Ratios(#[from] SpecError),
    #[error(transparent)]
    Format(#[from] FormatError),
    #[error("gpu: {}: the CPU goes on", .0.what)]
    Gpu(ForkError),
}

impl Workshop {
    /// Makes the newest wish true, until there is none. Loader thread.
    pub(super) fn realise(self: &Arc<Self>) {
        let Some(shift) = self.begin_shift() else { return };
        let mut fresh: Option<Fresh> = None;
        loop {
            let (wish, orders, mut pristine) = {
                let mut state = self.lock();
                if state.shift != shift {
                    return;
                }
                if state.closed || state.is_realised() {
                    state.shift_begun = None;
                    self.tools.status.set_pending(false);
                    return;
                }
                state.shift_load = state.wish.load();
                (state.wish.clone(), state.orders, state.pristine.take())
            };
            if let (Some(on), Some(pristine)) = (wish.optimise, &mut pristine) {
                pristine.set_optimise(on);
            }
            let made = catch_unwind(AssertUnwindSafe(|| self.make(&wish, &mut fresh, pristine.as_deref())))
                .unwrap_or_else(|panic| {
                    Err(Failure::Load(LoadError::Panicked {
                        path: wish.model.as_ref().map_or_else(String::new, |m| m.path.display().to_string()),
                        what: panic_text(panic.as_ref()),
                    }))
                });
            exit::arm();
            let mut state = self.lock();
            if state.shift != shift {
                return;
            }
            if state.pristine.is_none() {
                state.pristine = pristine.take();
            }
            if fresh.as_ref().is_some_and(|fresh| fresh.load != state.wish.load()) {
                // Something newer was asked for: this one is never heard.
                fresh = None;
            }
            let moved = match made {
                Ok(made) if state.orders == orders => self.deliver(&mut state, &wish, made, fresh.take()),
                Err(failure) if state.orders == orders => {
                    fresh = None;
                    self.fail(&mut state, &wish, failure);
                    None
                }
                _ => None,
            };
            drop(state);
            if let Some(slot) = moved {
                slot.await_runner(HANGS);
            }
        }
    }

    /// Takes the work over, unless somebody is already at this very model.
    fn begin_shift(&self) -> Option<u64> {
        let mut state = self.lock();
        if state.shift_begun.is_some() && state.shift_load == state.wish.load() {
            return None;
        }
        state.shift += 1;
        state.shift_begun = Some(Instant::now());
        Some(state.shift)
    }

    /// Prepares everything, without the lock.
    fn make(
        &self,
        wish: &Wish,
        fresh: &mut Option<Fresh>,
        pristine: Option<&dyn Model>,
    ) -> Result<Made, Failure> {
        let tools = &self.tools;
        let (done, present) = {
            let state = self.lock();
            (state.done.clone(), state.subject.clone().filter(|subject| subject.loaded))
        };
        let model_wish = wish.model.as_ref().filter(|_| wish.load() != 0);
        let done_load = done.as_ref().map_or(0, Wish::load);
        let resets = done.as_ref().is_some_and(|done| done.resets != wish.resets);
        // A model that cannot be copied is as after its load only after another one.
        let reloads = resets && pristine.is_none();
        if let Some(model_wish) = model_wish
            && (done_load != model_wish.load || reloads)
            && fresh.as_ref().is_none_or(|fresh| fresh.load != model_wish.load)
        {
            *fresh = Some(self.load(model_wish, wish)?);
        }
        let (path, spec) = match (&*fresh, &present) {
            (Some(fresh), _) => (fresh.path.clone(), fresh.spec.clone()),
            (None, Some(present)) => (present.path.clone(), present.spec.clone()),
            (None, None) => {
                return Err(Failure::Load(LoadError::Read {
                    path: String::new(),
                    what: "there is no model yet: send load MODEL".into(),
                }));
            }
        };
        let method = wish.method.find(&path, &spec)?;
        let subject = Subject { ratio_lcm: spec.ratio_lcm()?, path, spec, method, loaded: true };
        let mut format = wish.format(tools.kind, &subject, tools.workers, None)?;
        let device = if wish.gpu { Device::Gpu } else { Device::Cpu };
        let template = fresh.as_ref().map(|fresh| fresh.model.as_ref()).or(pristine);
        let to_device = |template: &dyn Model| template.fork_to(device).map_err(Failure::Gpu);
        if let (Device::Gpu, Some(template)) = (device, template) {
            to_device(template)?;
        }
        let mut warm = {
            let state = self.lock();
            let known = |warm: &&Warm| {
                (warm.method, warm.shape, warm.device, warm.optimise)
                    == (method, format.shape, device, wish.optimise)
            };
            state.warmed.iter().find(known).copied().filter(|_| fresh.is_none())
        };
        if let Some(template) = template {
            let runs = if wish.deadline == Deadline::Auto { MEASURED_RUNS } else { 2 };
            if warm.is_none_or(|warm| warm.worst.is_none() && wish.deadline == Deadline::Auto) {
                tools.source.prepare_thread(tools.status.intra_op_threads());
                let (cost, worst) = warm_up(template, method, format.shape, device, runs);
                let worst = (wish.deadline == Deadline::Auto).then_some(worst);
                warm =
                    Some(Warm { method, shape: format.shape, device, optimise: wish.optimise, cost, worst });
            }
        }
        let warm = warm.unwrap_or(Warm {
            method,
            shape: format.shape,
            device,
            optimise: wish.optimise,
            cost: Duration::ZERO,
            worst: None,
        });
        if wish.deadline == Deadline::Auto {
            format = wish.format(tools.kind, &subject, tools.workers, warm.worst)?;
        }
        let mut made = Made { subject, format, model: None, pristine: None, warm };
        match fresh {
            Some(fresh) => {
                made.pristine = fresh.model.fork().ok();
                if device == Device::Gpu {
                    made.model = Some(to_device(fresh.model.as_ref())?);
                }
            }
            None if resets => {
                made.model = pristine.map(to_device).transpose()?;
                if let (Some(model), Some(hz)) = (&mut made.model, wish.host.rate_hz())
                    && model.spec().takes_sample_rate
                {
                    // Refused rates are reported when the host says them.
                    let _told = model.set_sample_rate(hz);
                }
            }
            None => {}
        }
        Ok(made)
    }

    fn load(&self, model_wish: &ModelWish, wish: &Wish) -> Result<Fresh, Failure> {
        let mut model = self.tools.source.load(&model_wish.path)?;
        if let Some(on) = wish.optimise {
            model.set_optimise(on);
        }
        self.tools.source.prepare_thread(self.tools.status.intra_op_threads());
        if model.spec().takes_sample_rate
            && let Some(hz) = wish.host.rate_hz()
            && let Err(what) = model.set_sample_rate(hz)
        {
            self.reply(Reply::SetFailed(what));
        }
        let spec = Arc::new(model.spec().clone());
        Ok(Fresh { load: model_wish.load, path: model_wish.path.clone(), model, spec })
    }

    /// Says what failed and goes back to what there is.
    fn fail(&self, state: &mut State, wish: &Wish, failure: Failure) {
        let loads = state.done.as_ref().map_or(0, Wish::load) != wish.load();
        match failure {
            Failure::Gpu(_) => {
                state.wish.gpu = false;
                // Patches made on a machine with a GPU are to work on one without.
                return self.reply(Reply::Note(failure.to_string()));
            }
            Failure::Format(_) if !loads => {
                if let Some(done) = &state.done {
                    let host = state.wish.host;
                    state.wish = Wish { host, ..done.clone() };
                    // Nothing else can be tried when it is the host's block that is too large.
                    state.done = Some(state.wish.clone());
                }
                return self.reply(Reply::Refused(failure.to_string()));
            }
            Failure::Load(error) => self.reply(Reply::LoadFailed(error)),
            other if loads => self.reply(Reply::LoadFailed(LoadError::Unusable { what: other.to_string() })),
            other => self.reply(Reply::Refused(other.to_string())),
        }
        self.restore(state);
    }

    /// The model and method of the wish are those that there are.
    pub(super) fn restore(&self, state: &mut State) {
        match &state.done {
            Some(done) => {
                state.wish.model = done.model.clone();
                state.wish.method = done.method.clone();
            }
            None => {
                state.wish.model = None;
                state.subject = None;
            }
        }
        self.pass_on_deferred(state);
    }
}

impl State {
    /// True when nothing is left to do.
    pub(super) fn is_realised(&self) -> bool {
        self.wish.model.is_none() || self.done.as_ref() == Some(&self.wish)
    }

    /// True while another model than the present one is on its way.
    pub(super) fn awaits_load(&self) -> bool {
        self.wish.load() != self.done.as_ref().map_or(0, Wish::load)
    }
}
