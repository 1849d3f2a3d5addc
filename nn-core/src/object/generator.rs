//! A box whose model makes whole sounds: it plays nothing, and renders when it is asked to. Main thread.

use nn_engine::{command::FoundGenerator, layout::BoxKind, reconcile::AttributeRequest, refusal::Refusal};
use nn_model::{
    ModelLocation,
    generator::{SettingError, Settings},
    spec::ModelSpec,
    value::Value,
};

use super::{arrays::value, generator_box::GeneratorBox, nn_object::NnObject, replies::atoms};
use crate::message::{Atom, Request};

impl NnObject {
    /// The generator of this box, unless another model is on its way.
    pub(super) fn generator(&self) -> Option<&GeneratorBox> {
        self.generator.as_ref().filter(|_| !self.reconciler.view().loading)
    }

    /// The model that was asked for is a generator, as its file says.
    pub(super) fn begin_generator(&mut self, location: ModelLocation, spec: ModelSpec, method: &str) {
        if matches!(self.kind, BoxKind::Nn | BoxKind::NnMulti | BoxKind::Mc) {
            (self.inlets, self.outlets) = (1, 0);
        }
        if method != "forward" {
            self.note(format!(
                "'{method}' is left out: {} makes whole sounds and has no methods; send render",
                location.title()
            ));
        }
        self.become_generator(location, spec, false);
    }

    fn become_generator(&mut self, location: ModelLocation, spec: ModelSpec, keeps: bool) {
        let mut settings = Settings::new(&spec);
        if let Some(before) = self.generator.take().filter(|_| keeps) {
            for (name, values) in before.changed() {
                // What the file has no more is left out.
                let _unknown = settings.set(&name, &values);
            }
        }
        self.generator = Some(GeneratorBox { location, spec, settings });
        self.told_errors.clear();
        self.refusals.clear();
        self.bindings.clear();
        self.info("loaded", vec![Atom::Float(1.0)]);
    }

    /// The loader has found that the model is a generator: what was asked of it meanwhile is done now.
    pub(super) fn take_generator(&mut self, found: FoundGenerator) {
        let FoundGenerator { location, spec, keeps_attributes } = found;
        self.become_generator(location, (*spec).clone(), keeps_attributes);
        let asked = self.reconciler.claim_generator();
        self.awaited = self.awaited.saturating_sub(asked.len());
        for request in asked {
            match request {
                AttributeRequest::Set(name, typed) => {
                    let values: Vec<_> = typed.into_iter().map(|typed| typed.value).collect();
                    self.set_parameter(&name, &values);
                }
                AttributeRequest::Get(name) => self.get_parameter(&name),
                AttributeRequest::Midi(_) => {}
            }
        }
        self.answer_questions();
    }

    /// Does what a message asks where that is another thing for a generator; otherwise gives it back.
    pub(super) fn dispatch_to_generator(&mut self, request: Request) -> Option<Request> {
        if self.generator().is_none() {
            return Some(request);
        }
        match request {
            Request::Set(name, atoms) => {
                let values: Vec<_> = atoms.iter().map(value).collect();
                self.set_parameter(&name, &values);
            }
            Request::Get(name) => self.get_parameter(&name),
            // Every rendering begins with the model as it is after loading.
            Request::Reset => {}
            Request::Latency | Request::MeasureLatency => self.refuse_whole("latency"),
            Request::Method(_) => self.refuse_whole("method"),
            Request::Midi(_) => self.refuse_whole("midi"),
            other => return Some(other),
        }
        None
    }

    fn refuse_whole(&mut self, message: &str) {
        let title = self.model_location().map_or_else(String::new, |location| location.title());
        self.error(format!("{message}: {title} makes whole sounds and plays nothing: send render"));
    }

    fn set_parameter(&mut self, name: &str, values: &[Value]) {
        let Some(generator) = &mut self.generator else { return };
        if let Err(error) = generator.settings.set(name, values) {
            let line = format!("set: {error}");
            let kind = match &error {
                // Values of a moving slider are one series.
                SettingError::Refused { name, .. } => format!("set {name}"),
                SettingError::Unknown { .. } => line.clone(),
            };
            self.refuse(Refusal { kind, line });
        }
    }

    fn get_parameter(&mut self, name: &str) {
        let Some(generator) = &self.generator else { return };
        match generator.settings.get(name) {
            Ok(values) => self.tell_values(name, values.iter().flat_map(atoms).collect()),
            Err(error) => self.error(format!("get: {error}")),
        }
    }
}
