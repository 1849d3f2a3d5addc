//! The effect of each message.

use super::{nn_object::NnObject, question::Question};
use crate::{find_model::Find, message::Request};
use nn_engine::refusal::Refusal;
use nn_engine::{
    reconcile::{AttributeRequest, MethodConfig, no_model},
    timing::BufferTooLarge,
};
use nn_model::spec::MAX_BUFFER_FRAMES;

impl NnObject {
    pub(super) fn dispatch(&mut self, request: Request, find: Find<'_>) {
        let Some(request) = self.dispatch_to_generator(request) else { return };
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
            Request::Dump => self.ask(Question::Dump),
            Request::Bang => self.ask(Question::Bang),
            Request::Latency => self.ask(Question::Latency),
            Request::MeasureLatency => self.ask(Question::MeasureLatency),
            Request::GetAttributes => self.ask(Question::Attributes),
            Request::GetMethods => self.ask(Question::Methods),
            Request::Stats => {
                self.settle_runs();
                self.stats();
            }
            Request::Load { model, method } => self.load(&model, method, find),
            Request::Reload => self.reload(find),
            Request::Method(name) => self.choose_method(name, find),
            Request::Bufsize(frames) if frames > MAX_BUFFER_FRAMES => {
                // Reported here: without a model nothing else would report it.
                let line = format!("bufsize: {}", BufferTooLarge { wanted: frames });
                self.refuse(Refusal { kind: "bufsize is too large".into(), line });
            }
            Request::Bufsize(frames) => self.reconciler.change(|wanted| wanted.buffer_frames = frames),
            Request::Deadline(deadline) => self.reconciler.change(|wanted| wanted.deadline = deadline),
            Request::Worker(worker) => self.reconciler.change(|wanted| wanted.worker = worker),
            Request::Gpu(gpu) => self.reconciler.change(|wanted| wanted.gpu = gpu),
            Request::Optimise(on) => self.reconciler.change(|wanted| wanted.optimise = Some(on)),
            Request::Resample(on) => self.reconciler.change(|wanted| wanted.resample = on),
            Request::Reset => {
                if self.has_model("reset") {
                    self.reconciler.change(|wanted| wanted.resets += 1);
                }
            }
            Request::Mix(setting, value) => self.set_mix(setting, value),
            Request::Render(atoms) => self.render(&atoms),
            Request::CancelRender => self.cancel_rendering(),
            Request::SelfTest(request) => self.test_host(request),
            Request::Seed(seed) => self.set_seed(seed),
            Request::Midi(bytes) => self.play_midi(&bytes),
            Request::Transport(change) => self.tell_transport(change),
            Request::Python(interpreter) => self.choose_interpreter(interpreter, find),
            Request::Own(alone) => self.run_scripts(find, |run_as| run_as.alone = alone),
            Request::Watch(on) => self.watch(on),
            Request::Idle(after_ms) => self.status.set_idle_after_ms(after_ms),
            Request::Threads(threads) => self.status.set_intra_op_threads(threads),
            Request::Channels(channels) => self.fix_channels(channels),
            Request::Catalog(request) => self.catalog.request(request),
        }
    }

    fn choose_method(&mut self, name: String, find: Find<'_>) {
        let typed = self.typed_model.clone().filter(|_| self.reconciler.view().wanted.model.is_none());
        match typed {
            // The box was created with a method that its model does not have.
            Some(model) => self.load(&model, Some(name), find),
            None if self.has_model("method") => {
                self.reconciler.change(|wanted| wanted.method = MethodConfig { name, asked_for: true });
            }
            None => {}
        }
    }

    fn set_seed(&mut self, seed: u64) {
        self.seed = Some(seed);
        self.reconciler.seed(seed);
    }

    /// Passes a message about an attribute on. False if it was refused, which has been reported.
    pub(super) fn address(&mut self, request: AttributeRequest) -> bool {
        match self.reconciler.address(request) {
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
        let has = self.reconciler.view().wanted.model.is_some();
        if !has {
            self.error(no_model(what));
        }
        has
    }

    /// Sends one list of the description to the information outlet and the console.
    pub(super) fn list(&mut self, selector: &'static str) {
        match self.description().into_iter().find(|(name, _)| *name == selector) {
            Some((selector, atoms)) => self.report(selector, atoms),
            None => self.error(no_model(&format!("get_{selector}"))),
        }
    }
}
