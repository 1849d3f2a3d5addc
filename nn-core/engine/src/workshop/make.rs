//! What a wish needs, prepared without any lock.

use std::sync::Arc;

use super::{
    Deadline, FormatError, ModelWish, NoMethod, Wish, Workshop, order::Order, pristine::Pristine,
    state::Warm, wish::Subject,
};
use crate::{command::Reply, neighbours, port::stream::StreamFormat};
use nn_model::{
    Device, ForkError, LoadError, Model, ModelLocation,
    spec::{ModelSpec, SpecError},
};
use nn_process::effort;

/// A loaded model that has not been handed over.
pub(super) struct Fresh {
    pub load: u64,
    pub location: ModelLocation,
    pub spec: Arc<ModelSpec>,
    pub model: Box<dyn Model>,
    /// `None` when the model cannot be copied.
    pub pristine: Option<Pristine>,
}

/// Everything that a wish needs, but for the loaded model itself.
pub(super) struct Made {
    pub subject: Subject,
    pub format: StreamFormat,
    /// A copy in the state that the file holds, where one is needed.
    pub model: Option<Box<dyn Model>>,
    /// Where the present model goes on, where it changes its place: such a copy, which has been warmed up there.
    pub carrier: Option<Box<dyn Model>>,
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
    /// Prepares what an order needs. Loader thread.
    #[expect(
        clippy::too_many_lines,
        reason = "one preparation: which step is needed depends on all before it"
    )]
    pub(super) fn make(&self, order: &Order, fresh: &mut Option<Fresh>) -> Result<Made, Failure> {
        let (wish, tools) = (&order.wish, &self.tools);
        let resets = order.done.as_ref().is_some_and(|done| done.resets != wish.resets);
        let anew = order.lost || resets;
        let done_load = order.done.as_ref().map_or(0, Wish::load);
        if let Some(model_wish) = &wish.model
            // A model that cannot be copied is as after its load only after another one.
            && (done_load != model_wish.load || (anew && order.pristine.is_none()))
            && fresh.as_ref().is_none_or(|fresh| fresh.load != model_wish.load)
        {
            *fresh = Some(self.load(model_wish, wish)?);
        }
        let (location, spec) = match (&*fresh, &order.present) {
            (Some(fresh), _) => (fresh.location.clone(), fresh.spec.clone()),
            (None, Some(present)) => (present.location.clone(), present.spec.clone()),
            (None, None) => {
                return Err(Failure::Load(LoadError::Unusable {
                    what: "there is no model yet: send load MODEL".into(),
                }));
            }
        };
        let method = wish.method.find(&location, &spec)?;
        let fits =
            order.present.as_ref().filter(|_| fresh.is_none()).map_or_else(Vec::new, |p| p.fits.clone());
        let mut subject =
            Subject { ratio_lcm: spec.ratio_lcm()?, location, spec, method, loaded: true, fits };
        let mut format = wish.format(tools.kind, &subject, tools.workers, None)?;
        let device = if wish.gpu { Device::Gpu } else { Device::Cpu };
        let pristine = fresh.as_ref().map_or(order.pristine.as_ref(), |fresh| fresh.pristine.as_ref());
        if let Some(pristine) = pristine {
            if let Some(on) = wish.optimise {
                pristine.set_optimise(on);
            }
            if let Some(hz) = wish.rate_hz(&subject.spec) {
                pristine.set_sample_rate(hz);
            }
        }
        if device == Device::Gpu && pristine.is_none() {
            return Err(Failure::Gpu(ForkError { what: "the model cannot be copied".into() }));
        }
        let copy = |pristine: &Pristine| pristine.fork_to(device).map_err(Failure::Gpu);
        let was_on_gpu = order.done.as_ref().is_some_and(|done| done.gpu);
        let known = order
            .warmed
            .iter()
            .find(|warm| device == Device::Cpu && warm.is_for(method, &format, device, wish.optimise))
            .filter(|_| fresh.is_none() && !order.refit);
        let mut warmed = None;
        let warm = match (known, pristine) {
            (Some(warm), _)
                if (warm.worst.is_some() || wish.deadline != Deadline::Auto)
                    && warm.failed_after.is_none_or(|settings| settings == order.settings) =>
            {
                *warm
            }
            (_, Some(pristine)) => {
                let warm;
                (warm, warmed) = self.warm_up(order, pristine, device, &mut subject, &mut format)?;
                warm
            }
            (_, None) => Warm::unknown(&subject, &format, device, wish.optimise),
        };
        let format = match wish.deadline {
            Deadline::Auto => {
                let beside = warm.cost + neighbours::wait_for(&tools.status);
                let worst = warm.worst.map(|worst| worst.max(beside));
                wish.format(tools.kind, &subject, tools.workers, worst)?
            }
            _ => format,
        };
        let mut model = match (&*fresh, pristine) {
            (Some(_), _) => warmed.take(),
            (None, Some(pristine)) if anew => Some(warmed.take().map_or_else(|| copy(pristine), Ok)?),
            _ => None,
        };
        let mut carrier = match (warmed, pristine) {
            // From the GPU to the processor: should the GPU have gone, this goes on.
            (None, Some(pristine)) if was_on_gpu && model.is_none() && fresh.is_none() => copy(pristine).ok(),
            (warmed, _) => warmed,
        };
        // Here, and not in the first block that sounds.
        let playing = model.as_mut().or(fresh.as_mut().map(|fresh| &mut fresh.model));
        for copy in playing.into_iter().chain(&mut carrier) {
            copy.own_written(method);
        }
        Ok(Made { subject, format, model, carrier, warm })
    }

    fn load(&self, model_wish: &ModelWish, wish: &Wish) -> Result<Fresh, Failure> {
        let mut model = self.tools.source.load(&model_wish.location)?;
        effort::note_progress();
        if let Some(line) = model.warning() {
            self.reply(Reply::Note(line.to_owned()));
        }
        if let Some(on) = wish.optimise {
            model.set_optimise(on);
        }
        model.prepare_thread(self.tools.status.intra_op_threads());
        if model.spec().takes_sample_rate
            && let Some(hz) = wish.rate_hz(model.spec())
            && let Err(what) = model.set_sample_rate(hz)
        {
            self.reply(Reply::SetFailed(what));
        }
        let pristine = model.fork().ok().map(Pristine::new);
        let spec = Arc::new(model.spec().clone());
        Ok(Fresh { load: model_wish.load, location: model_wish.location.clone(), spec, model, pristine })
    }
}
