//! The effect of each message.

use super::nn_object::NnObject;
use crate::{lookup::Find, message::Request};
use nn_engine::refusal::Refusal;
use nn_engine::{
    timing::BufferTooLarge,
    workshop::{AttributeRequest, MethodWish, no_model},
};
use nn_model::spec::MAX_BUFFER_FRAMES;

impl NnObject {
    pub(super) fn fulfil(&mut self, request: Request, find: Find<'_>) {
        match request {
            Request::Enable(enabled) => self.status.set_enabled(enabled),
            Request::Wait(wait) => {
                self.status.set_wait(wait);
                self.keep_first_load();
            }
            Request::Set(name, atoms) => self.set_attribute(name, atoms),
            Request::Track(on) => self.track(on),
            Request::Get(name) => {
                self.address(AttributeRequest::Get(name));
            }
            Request::Dump => self.dump(),
            Request::Bang => self.bang(),
            Request::Latency => self.latency(),
            Request::Stats => {
                self.settle_runs();
                self.stats();
            }
            Request::Load { model, method } => self.load(&model, method, find),
            Request::Reload => self.reload(find),
            Request::Method(name) => {
                let typed = self.typed_model.clone().filter(|_| self.workshop.view().wish.model.is_none());
                match typed {
                    // The box was created with a method that its model does not have.
                    Some(model) => self.load(&model, Some(name), find),
                    None if self.has_model("method") => {
                        self.workshop.order(|wish| wish.method = MethodWish { name, asked_for: true });
                    }
                    None => {}
                }
            }
            Request::Bufsize(frames) if frames > MAX_BUFFER_FRAMES => {
                // Reported here: without a model nothing else would report it.
                let line = format!("bufsize: {}", BufferTooLarge { wish: frames });
                self.refuse(Refusal { kind: "bufsize is too large".into(), line });
            }
            Request::Bufsize(frames) => self.workshop.order(|wish| wish.buffer_frames = frames),
            Request::Deadline(deadline) => self.workshop.order(|wish| wish.deadline = deadline),
            Request::MeasureLatency => self.measure_latency(),
            Request::Gpu(gpu) => self.workshop.order(|wish| wish.gpu = gpu),
            Request::Optimise(on) => self.workshop.order(|wish| wish.optimise = Some(on)),
            Request::Resample(on) => self.workshop.order(|wish| wish.resample = on),
            Request::Reset => {
                if self.has_model("reset") {
                    self.workshop.order(|wish| wish.resets += 1);
                }
            }
            Request::Seed(seed) => self.workshop.seed(seed),
            Request::Threads(threads) => self.status.set_intra_op_threads(threads),
            Request::Channels(channels) => self.fix_channels(channels),
            Request::GetAttributes => self.list("attributes"),
            Request::GetMethods => self.list("methods"),
            Request::Catalogue(request) => self.desk.request(request),
        }
    }

    /// Passes a message about an attribute on. False if it was refused, which has been reported.
    pub(super) fn address(&mut self, request: AttributeRequest) -> bool {
        match self.workshop.address(request) {
            Ok(()) => {
                // Poll soon: a value that the model refuses must be reported, too.
                self.awaited += 1;
                true
            }
            Err(refusal) => {
                self.refuse(refusal);
                false
            }
        }
    }

    /// Whether there is a model or one is being loaded; reports an error if not.
    fn has_model(&mut self, what: &str) -> bool {
        let has = self.workshop.view().wish.model.is_some();
        if !has {
            self.error(no_model(what));
        }
        has
    }

    /// Sends one list of the description to the information outlet and the console.
    fn list(&mut self, selector: &'static str) {
        match self.description().into_iter().find(|(name, _)| *name == selector) {
            Some((selector, atoms)) => self.tell(selector, atoms),
            None => self.error(no_model(selector)),
        }
    }
}
