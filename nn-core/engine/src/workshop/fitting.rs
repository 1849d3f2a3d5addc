//! Warming a method up, with another buffer where it does not work with the one that was wished for.

use std::time::Duration;

use super::{
    Deadline, Workshop, make::Failure, order::Order, pristine::Pristine, state::Warm, wish::Subject,
};
use crate::{
    fit::{Question, RUNS, nearest},
    port::stream::StreamFormat,
    warm_up::{MEASURED_RUNS, Warmth, warm_up_for},
};
use nn_model::{Device, Model};

/// What was warmed up, and on a GPU the copy that will play.
pub(super) type WarmedUp = (Warm, Option<Box<dyn Model>>);

impl Workshop {
    /// Warms a copy up for an order. Where its method does not work with the buffer, subject and format become those of the
    /// nearest with which it does. Loader thread.
    pub(super) fn warm_up(
        &self,
        order: &Order,
        pristine: &Pristine,
        device: Device,
        subject: &mut Subject,
        format: &mut StreamFormat,
    ) -> Result<WarmedUp, Failure> {
        let run =
            |subject: &Subject, format: &StreamFormat| self.run(order, pristine, device, subject, format);
        let (mut warmth, mut copy) = run(subject, format)?;
        if warmth.fault.is_some() && subject.fit(&order.wish).is_some() {
            // What it worked with is another matter now: the number of examples, say, or the host's block.
            subject.forget_fit(&order.wish);
            *format = self.format(order, subject)?;
            (warmth, copy) = run(subject, format)?;
        }
        if let Some(fit) = self.fit(order, pristine, subject, format, &warmth) {
            let mut fitted = subject.clone();
            fitted.remember_fit(&order.wish, fit);
            let fitted_format = self.format(order, &fitted)?;
            let (again, other) = run(&fitted, &fitted_format)?;
            // It has worked a moment ago, without the attributes that were set, or with them.
            (warmth, copy, *subject, *format) = (again, other, fitted, fitted_format);
        }
        copy.note_written(subject.method);
        let measured = order.wish.deadline == Deadline::Auto;
        let warm = Warm {
            cost: warmth.took,
            worst: measured.then_some(warmth.worst),
            failed_after: warmth.fault.map(|_| order.settings),
            ..Warm::unknown(subject, format, device, order.wish.optimise)
        };
        // What is warmed up on a GPU is a copy that will play, not only code: its runs prepare its place.
        let place = (device == Device::Gpu).then(|| pristine.in_place_of(copy.as_ref()));
        Ok((warm, place.transpose().map_err(Failure::Gpu)?))
    }

    fn format(&self, order: &Order, subject: &Subject) -> Result<StreamFormat, Failure> {
        Ok(order.wish.format(self.tools.kind, subject, self.tools.workers, None)?)
    }

    fn run(
        &self,
        order: &Order,
        pristine: &Pristine,
        device: Device,
        subject: &Subject,
        format: &StreamFormat,
    ) -> Result<(Warmth, Box<dyn Model>), Failure> {
        let mut copy = pristine.fork_to(device).map_err(Failure::Gpu)?;
        copy.prepare_thread(self.tools.status.intra_op_threads());
        let runs = if order.wish.deadline == Deadline::Auto { MEASURED_RUNS } else { RUNS };
        let mut warmth = warm_up_for(copy.as_mut(), subject.method, format, runs);
        if warmth.fault.is_some() && set(copy.as_mut(), order) {
            // It may be what was set that it lacked.
            warmth = warm_up_for(copy.as_mut(), subject.method, format, runs);
        }
        Ok((warmth, copy))
    }

    /// The block with which a method works that has failed, if there is one.
    fn fit(
        &self,
        order: &Order,
        pristine: &Pristine,
        subject: &Subject,
        format: &StreamFormat,
        warmth: &Warmth,
    ) -> Option<usize> {
        let fault = warmth.fault.as_ref()?;
        let shape = format.model_shape();
        let copy = || {
            let mut copy = pristine.fork_to(Device::Cpu).ok()?;
            set(copy.as_mut(), order);
            Some(copy)
        };
        let legal = |wish: usize| {
            let mut fitted = subject.clone();
            fitted.remember_fit(&order.wish, wish.checked_next_multiple_of(subject.ratio_lcm.max(1))?);
            Some(self.format(order, &fitted).ok()?.model_shape().buffer_frames)
        };
        let wanted = || {
            let state = self.lock();
            state.orders == order.orders && !state.closed
        };
        let (method, batch, block_frames) = (subject.method, shape.batch, shape.buffer_frames);
        let question = Question { copy: &copy, method, batch, block_frames, legal: &legal, wanted: &wanted };
        nearest(&question, fault)
    }

    /// A run of what plays has failed. Where its warm-up did too, and attributes were set since, it is tried again whether
    /// another buffer suits it: then the answer is true. Main thread.
    pub fn fit_again(self: &std::sync::Arc<Self>) -> bool {
        let mut state = self.lock();
        let (Some(subject), Some(format)) = (&state.subject, state.format) else { return false };
        let (method, settings) = (subject.method, state.settings);
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

/// Sets what was set on the model that plays. True if that was anything.
fn set(copy: &mut dyn Model, order: &Order) -> bool {
    let keeps = order.wish.model.as_ref().is_some_and(|model| model.keeps_attributes);
    if order.done.as_ref().map_or(0, super::Wish::load) != order.wish.load() && !keeps {
        return false;
    }
    let mut any = false;
    for (name, values) in order.attributes.iter() {
        if let Some(at) = copy.spec().attributes.iter().position(|attribute| attribute.name == name) {
            any |= copy.set(at, values).is_ok();
        }
    }
    any
}

impl Warm {
    /// Of what was not warmed up.
    pub(super) fn unknown(
        subject: &Subject,
        format: &StreamFormat,
        device: Device,
        optimise: Option<bool>,
    ) -> Self {
        Self {
            method: subject.method,
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
