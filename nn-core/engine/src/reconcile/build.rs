//! What a wanted configuration needs, prepared without any lock.

use std::sync::Arc;

use super::{
    Config, Deadline, FormatError, ModelConfig, NoMethod, Reconciler, config::ModelInfo, fresh::Fresh,
    job::Job, state::Warm, template::Template,
};
use crate::{command::EngineReport, contention, port::stream::StreamFormat};
use nn_model::{
    Device, ForkError, LoadError, Model, ModelLocation,
    effect::ModelKind,
    spec::{ModelSpec, SpecError},
};
use nn_process::effort;

/// Everything that a wanted configuration needs, but for the loaded model itself.
pub(super) struct Built {
    pub info: ModelInfo,
    pub format: StreamFormat,
    /// A copy in the state that the file holds, where one is needed.
    pub model: Option<Box<dyn Model>>,
    /// Where the present model goes on, where it changes its place: such a copy, which has been warmed up there.
    pub carrier: Option<Box<dyn Model>>,
    pub warm: Warm,
    /// Whether another copy fits beside the one that plays.
    pub copies_fit: bool,
}

impl Built {
    /// Gives what will play the memory that its method writes, and prepares it for the shape of its runs.
    pub fn own_written(&mut self, fresh: &mut Option<Fresh>) {
        let shape = self.format.model_shape();
        let model = match (&mut self.model, fresh) {
            (Some(model), _) => model,
            (None, Some(fresh)) => {
                fresh.owned = true;
                &mut fresh.model
            }
            (None, None) => return,
        };
        model.own_written(self.info.method);
        model.make_ready(self.info.method, shape.batch, shape.buffer_frames / self.info.method().in_ratio);
    }
}

/// Why a wanted configuration cannot be carried out.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Load(#[from] LoadError),
    #[error("{0} makes whole sounds and plays nothing: make a box of its own for it")]
    Generator(ModelLocation, Arc<ModelSpec>),
    #[error(transparent)]
    Method(#[from] NoMethod),
    #[error(transparent)]
    Ratios(#[from] SpecError),
    #[error(transparent)]
    Format(#[from] FormatError),
    #[error("gpu: {}: the CPU goes on", .0.what)]
    Gpu(ForkError),
    #[error("something else was asked for meanwhile")]
    Outdated,
    #[error("{0}: free memory, then send reset")]
    Copy(ForkError),
}

impl Failure {
    /// That there is no copy on a device.
    pub fn not_copied(device: Device) -> fn(ForkError) -> Self {
        match device {
            Device::Gpu => Self::Gpu,
            Device::Cpu => Self::Copy,
        }
    }
}

impl Reconciler {
    /// Prepares what a job needs. Loader thread.
    #[expect(
        clippy::too_many_lines,
        reason = "one preparation: which step is needed depends on all before it"
    )]
    pub(super) fn build(&self, job: &Job, fresh: &mut Option<Fresh>) -> Result<Built, Failure> {
        let (wanted, context) = (&job.wanted, &self.context);
        let resets = job.done.as_ref().is_some_and(|done| done.resets != wanted.resets);
        let anew = job.lost || resets || job.released;
        let done_load = job.done.as_ref().map_or(0, Config::load);
        if let Some(model_config) = &wanted.model
            // A model that cannot be copied is as after its load only after another one.
            && (done_load != model_config.load || (anew && job.template.is_none()))
            && fresh.as_ref().is_none_or(|fresh| fresh.load != model_config.load)
        {
            *fresh = Some(self.load(model_config, wanted)?);
        }
        if let Some(fresh) = fresh {
            fresh.give_back_what_is_written();
        }
        let (location, spec) = match (&*fresh, &job.present) {
            (Some(fresh), _) => (fresh.location.clone(), fresh.spec.clone()),
            (None, Some(present)) => (present.location.clone(), present.spec.clone()),
            (None, None) => {
                return Err(Failure::Load(LoadError::Unusable {
                    what: "there is no model yet: send load MODEL".into(),
                }));
            }
        };
        let method = wanted.method.find(&location, &spec)?;
        let fits = job.present.as_ref().filter(|_| fresh.is_none()).map_or_else(Vec::new, |p| p.fits.clone());
        let ratio_lcm = spec.ratio_lcm()?;
        let mut info =
            ModelInfo { ratio_lcm, location, spec, method, loaded: true, delay_frames: None, fits };
        let device = if wanted.gpu { Device::Gpu } else { Device::Cpu };
        let template = fresh.as_ref().map_or(job.template.as_ref(), |fresh| fresh.template.as_ref());
        if let Some(template) = template {
            if let Some(on) = wanted.optimise {
                template.set_optimise(on);
            }
            if let Some(hz) = wanted.rate_hz(&info.spec) {
                template.set_sample_rate(hz);
            }
        }
        let mut format = wanted.format(context.kind, &info, None)?;
        // What it declares is for the rate and buffer that it is told.
        let shape = format.model_shape();
        info.delay_frames = match (template, &*fresh) {
            (Some(template), _) => template.delay_frames(method, shape, info.method().in_ratio),
            (None, Some(fresh)) => fresh.model.delay_frames(),
            (None, None) => job.present.as_ref().and_then(|present| present.delay_frames),
        };
        if info.delay_frames.is_some() {
            format = wanted.format(context.kind, &info, None)?;
        }
        if device == Device::Gpu && template.is_none() {
            return Err(Failure::Gpu(ForkError { what: "the model cannot be copied".into() }));
        }
        let copy = |template: &Template| template.fork_to(device).map_err(Failure::not_copied(device));
        let was_on_gpu = job.done.as_ref().is_some_and(|done| done.gpu);
        let copies_fit = || template.is_none_or(Template::copies_fit);
        let stays_on_cpu = device == Device::Cpu && !was_on_gpu;
        let is_another = fresh.is_some() || anew || job.refit;
        let origin = |template: &Template| template.origin();
        let replaces = fresh.is_none()
            || job
                .template
                .as_ref()
                .map(origin)
                .is_some_and(|own| own != 0 && template.map(origin) == Some(own));
        let is_present = job.done.is_some() && !job.lost && !job.released;
        let releases = stays_on_cpu && is_another && replaces && is_present && !copies_fit();
        if releases && !self.release(job) {
            return Err(Failure::Outdated);
        }
        let known = job
            .warmed
            .iter()
            .find(|warm| device == Device::Cpu && warm.is_for(method, &format, device, wanted.optimise))
            .filter(|_| fresh.is_none() && !job.refit);
        let mut warmed = None;
        let warm = match (known, template) {
            (Some(warm), _)
                if (warm.worst.is_some() || wanted.deadline != Deadline::Auto)
                    && warm.failed_after.is_none_or(|settings| settings == job.settings) =>
            {
                *warm
            }
            // What plays goes on in its state. Should the method not work there, it is looked for what suits it.
            (known, Some(_)) if job.goes_back() || (stays_on_cpu && !is_another && !copies_fit()) => {
                known.copied().unwrap_or(Warm {
                    failed_after: Some(u64::MAX),
                    ..Warm::unknown(&info, &format, device, wanted.optimise)
                })
            }
            (_, Some(template)) => {
                let warm;
                (warm, warmed) = self.warm_up(job, template, device, &mut info, &mut format)?;
                warm
            }
            (_, None) => Warm::unknown(&info, &format, device, wanted.optimise),
        };
        let format = match wanted.deadline {
            Deadline::Auto => {
                let beside = warm.cost + contention::wait_for(&context.status);
                let worst = warm.worst.map(|worst| worst.max(beside));
                wanted.format(context.kind, &info, worst)?
            }
            _ => format,
        };
        let model = match (&*fresh, template) {
            (Some(_), _) => warmed.take(),
            (None, Some(template)) if anew || releases => {
                Some(warmed.take().map_or_else(|| copy(template), Ok)?)
            }
            _ => None,
        };
        let carrier = match (warmed, template) {
            // From the GPU to the processor: should the GPU have gone, this goes on.
            (None, Some(template)) if was_on_gpu && model.is_none() && fresh.is_none() => copy(template).ok(),
            (warmed, _) => warmed,
        };
        let copies_fit = copies_fit();
        Ok(Built { info, format, model, carrier, warm, copies_fit })
    }

    fn load(&self, model_config: &ModelConfig, wanted: &Config) -> Result<Fresh, Failure> {
        let mut model = self.context.source.load(&model_config.location)?;
        effort::note_progress();
        if let Some(line) = model.warning() {
            self.reply(EngineReport::Note(line.to_owned()));
        }
        if model.spec().kind == ModelKind::Generator {
            let spec = Arc::new(model.spec().clone());
            return Err(Failure::Generator(model_config.location.clone(), spec));
        }
        if let Some(on) = wanted.optimise {
            model.set_optimise(on);
        }
        model.prepare_thread(self.context.status.intra_op_threads());
        if model.spec().takes_sample_rate
            && let Some(hz) = wanted.rate_hz(model.spec())
            && let Err(what) = model.set_sample_rate(hz)
        {
            self.reply(EngineReport::SetFailed(what));
        }
        let template = model.fork().ok().map(Template::new);
        let spec = Arc::new(model.spec().clone());
        Ok(Fresh {
            load: model_config.load,
            location: model_config.location.clone(),
            spec,
            model,
            owned: false,
            template,
        })
    }
}
