//! Warming a method up, with another buffer where it does not work with the one that was asked for.

use std::time::Duration;

use super::{
    Deadline, Reconciler, build::Failure, config::ModelInfo, job::Job, state::Warm, template::Template,
};
use crate::{
    fit::{Question, RUNS, nearest},
    port::stream::StreamFormat,
    warm_up::{MEASURED_RUNS, WarmUp, warm_up_for},
};
use nn_model::{Device, Model};

/// What was warmed up, and on a GPU the copy that will play.
pub(super) type WarmedUp = (Warm, Option<Box<dyn Model>>);

impl Reconciler {
    /// Warms a copy up for a job. Where its method does not work with the buffer, info and format become those of the
    /// nearest with which it does. Loader thread.
    pub(super) fn warm_up(
        &self,
        job: &Job,
        template: &Template,
        device: Device,
        info: &mut ModelInfo,
        format: &mut StreamFormat,
    ) -> Result<WarmedUp, Failure> {
        let run = |info: &ModelInfo, format: &StreamFormat| self.run(job, template, device, info, format);
        let (mut warm_up, mut copy) = run(info, format).map(|(warm_up, copy)| (warm_up, Some(copy)))?;
        if warm_up.fault.is_some() && info.fit(&job.wanted).is_some() {
            // What it worked with is another matter now: the number of examples, say, or the host's block.
            info.forget_fit(&job.wanted);
            *format = self.format(job, info)?;
            end(copy.take(), info.method);
            (warm_up, copy) = run(info, format).map(|(warm_up, copy)| (warm_up, Some(copy)))?;
        }
        if warm_up.fault.is_some() && device == Device::Cpu {
            end(copy.take(), info.method);
        }
        if let Some(fit) = self.fit(job, template, info, format, &warm_up) {
            let mut fitted = info.clone();
            fitted.remember_fit(&job.wanted, fit);
            let fitted_format = self.format(job, &fitted)?;
            let (again, other) = run(&fitted, &fitted_format)?;
            // It has worked a moment ago, without the attributes that were set, or with them.
            (warm_up, copy, *info, *format) = (again, Some(other), fitted, fitted_format);
        }
        let measured = job.wanted.deadline == Deadline::Auto;
        let warm = Warm {
            cost: warm_up.took,
            worst: measured.then_some(warm_up.worst),
            failed_after: warm_up.fault.map(|_| job.settings),
            ..Warm::unknown(info, format, device, job.wanted.optimise)
        };
        // What is warmed up on a GPU is a copy that will play, not only code: its runs prepare its place.
        let place = copy.as_deref().filter(|_| device == Device::Gpu).map(|copy| template.in_place_of(copy));
        end(copy, info.method);
        Ok((warm, place.transpose().map_err(Failure::Gpu)?))
    }

    fn format(&self, job: &Job, info: &ModelInfo) -> Result<StreamFormat, Failure> {
        Ok(job.wanted.format(self.context.kind, info, None)?)
    }

    fn run(
        &self,
        job: &Job,
        template: &Template,
        device: Device,
        info: &ModelInfo,
        format: &StreamFormat,
    ) -> Result<(WarmUp, Box<dyn Model>), Failure> {
        let mut copy = template.fork_to(device).map_err(Failure::not_copied(device))?;
        copy.prepare_thread(self.context.status.intra_op_threads());
        let runs = if job.wanted.deadline == Deadline::Auto { MEASURED_RUNS } else { RUNS };
        let mut warm_up = warm_up_for(copy.as_mut(), info.method, format, runs);
        if warm_up.fault.is_some() && set(copy.as_mut(), job) {
            // It may be what was set that it lacked.
            warm_up = warm_up_for(copy.as_mut(), info.method, format, runs);
        }
        Ok((warm_up, copy))
    }

    /// The block with which a method works that has failed, if there is one.
    fn fit(
        &self,
        job: &Job,
        template: &Template,
        info: &ModelInfo,
        format: &StreamFormat,
        warm_up: &WarmUp,
    ) -> Option<usize> {
        let fault = warm_up.fault.as_ref()?;
        let shape = format.model_shape();
        let copy = || {
            let mut copy = template.fork_to(Device::Cpu).ok()?;
            set(copy.as_mut(), job);
            Some(copy)
        };
        let legal = |wanted: usize| {
            let mut fitted = info.clone();
            fitted.remember_fit(&job.wanted, wanted.checked_next_multiple_of(info.ratio_lcm.max(1))?);
            Some(self.format(job, &fitted).ok()?.model_shape().buffer_frames)
        };
        let wanted = || {
            let state = self.lock();
            state.revision == job.revision && !state.closed
        };
        let (method, batch, block_frames) = (info.method, shape.batch, shape.buffer_frames);
        let question = Question { copy: &copy, method, batch, block_frames, legal: &legal, wanted: &wanted };
        nearest(&question, fault)
    }

    /// A run of what plays has failed. Where its warm-up did too, and attributes were set since, it is tried again whether
    /// another buffer suits it: then the answer is true. Main thread.
    pub fn fit_again(self: &std::sync::Arc<Self>) -> bool {
        let mut state = self.lock();
        let (Some(info), Some(format)) = (&state.info, state.format) else { return false };
        let (method, settings) = (info.method, state.settings);
        let is_present = |warm: &&Warm| warm.method == method && warm.shape == format.shape;
        let failed = state.warmed.iter().filter(is_present).find_map(|warm| warm.failed_after);
        let again = failed.is_some_and(|before| before != settings) && !state.refit && state.done.is_some();
        if again {
            state.refit = true;
            self.start_work(&mut state);
        }
        again
    }
}

/// Notes what a copy has written, which is used no more. One after the other: each may take as much memory as the model
/// itself.
fn end(copy: Option<Box<dyn Model>>, method: usize) {
    if let Some(copy) = copy {
        copy.note_written(method);
    }
}

/// Sets what was set on the model that plays. True if that was anything.
fn set(copy: &mut dyn Model, job: &Job) -> bool {
    let keeps = job.wanted.model.as_ref().is_some_and(|model| model.keeps_attributes);
    if job.done.as_ref().map_or(0, super::Config::load) != job.wanted.load() && !keeps {
        return false;
    }
    let mut any = false;
    for (name, values) in job.attributes.iter() {
        if let Some(at) = copy.spec().attributes.iter().position(|attribute| attribute.name == name) {
            any |= copy.set(at, values).is_ok();
        }
    }
    any
}

impl Warm {
    /// Of what was not warmed up.
    pub(super) fn unknown(
        info: &ModelInfo,
        format: &StreamFormat,
        device: Device,
        optimise: Option<bool>,
    ) -> Self {
        Self {
            method: info.method,
            shape: format.shape,
            resampling: format.resampling,
            device,
            optimise,
            cost: Duration::ZERO,
            worst: None,
            failed_after: None,
        }
    }
}
