//! From a typed name to a load.

use std::sync::Arc;

use super::nn_object::NnObject;
use crate::{
    find_model::{self, Find},
    message::Atom,
};
use nn_engine::{
    layout::{BoxKind, MAX_PORTS},
    reconcile::{MethodConfig, ModelConfig, ModelInfo, no_model},
    resample::Rates,
};
use nn_model::{LoadError, ModelLocation, effect::ModelKind, spec::ModelSpec};

/// The method of a box that names none.
const USUAL_METHOD: &str = "forward";

impl NnObject {
    /// Describes a model, sets inlets and outlets, and queues the load. For a box that is being created.
    ///
    /// `buffer_follows_model`: no buffer was typed, and the largest ratio of the model is used. False if the model
    /// did not say how many inlets and outlets the box has.
    pub(super) fn begin_load(
        &mut self,
        name: &str,
        method: &str,
        buffer_follows_model: bool,
        find: Find<'_>,
    ) -> bool {
        self.typed_model = Some(name.to_owned());
        let mut method = MethodConfig { name: method.to_owned(), asked_for: true };
        self.reconciler.change(|wanted| wanted.method = method.clone());
        let Some(location) = self.find(name, find) else { return false };
        if matches!(location, ModelLocation::Program(..)) && method.name == USUAL_METHOD {
            // Scripts seldom have it: where it stands for none that was typed, the first is meant.
            method.asked_for = false;
            self.reconciler.change(|wanted| wanted.method = method.clone());
        }
        let spec = match self.context.source.describe_at_once(&location) {
            Ok(Some(spec)) => spec,
            // Only the loader has the time to describe it: a difference in channels is reported after the load.
            Ok(None) => {
                self.ask_load(location, false, 0);
                return false;
            }
            Err(error) => {
                self.fail_load(error.to_string());
                return false;
            }
        };
        if spec.kind == ModelKind::Generator {
            self.begin_generator(location, spec, &method.name);
            return true;
        }
        let info = match info(location.clone(), spec, &method) {
            Ok(info) => info,
            Err(line) => {
                self.fail_load(line);
                return false;
            }
        };
        if buffer_follows_model {
            let largest = info.spec.largest_ratio().max(self.host.block_frames);
            self.reconciler.change(|wanted| wanted.buffer_frames = largest);
        }
        self.inlets = self.inlets_for(&info);
        self.outlets = self.outlets_for(&info);
        if let Err(error) = self.reconciler.would_be(&info) {
            self.fail_load(error.to_string());
            return true;
        }
        self.reconciler.announce(info);
        self.ask_load(location, false, 0);
        true
    }

    /// Without a description, the box gets the inlets and outlets that its patch connects: otherwise the host would
    /// drop connections, and the patch would lose them when it is saved. Other kinds of boxes have theirs whatever
    /// the model.
    pub(super) fn keep_wires(&mut self, find: Find<'_>) {
        if matches!(self.kind, BoxKind::Nn | BoxKind::Mc)
            && let Some(ports) = find.connected()
        {
            self.inlets = ports.inlets.unwrap_or(self.inlets).clamp(1, MAX_PORTS);
            self.outlets = ports.outlets.unwrap_or(self.outlets).min(MAX_PORTS);
        }
    }

    /// `load MODEL [METHOD]`.
    pub(super) fn load(&mut self, name: &str, method: Option<String>, find: Find<'_>) {
        self.typed_model = Some(name.to_owned());
        let Some(location) = self.find(name, find) else { return };
        self.watching.begin(&location);
        // As one change: between two, the loader could try the method on the present model.
        let load = self.next_load();
        self.reconciler.change(|wanted| {
            match method {
                Some(name) => wanted.method = MethodConfig { name, asked_for: true },
                None => wanted.method.asked_for = false,
            }
            let method = wanted.method.clone();
            wanted.model =
                Some(ModelConfig { location, load, keeps_attributes: false, mix_since: load, method });
        });
    }

    /// `reload`: the model that was typed last, searched for again if there is no model.
    pub(super) fn reload(&mut self, find: Find<'_>) {
        let view = self.reconciler.view();
        // Attributes were set on the model that plays, not on one that is still loading.
        let keeps = !view.loading || view.wanted.model.as_ref().is_some_and(|model| model.keeps_attributes);
        let mix_since = view.wanted.model.as_ref().filter(|_| !keeps).map_or(0, |model| model.mix_since);
        let present = view.wanted.model.map(|model| model.location);
        let present = present.or_else(|| self.generator().map(|generator| generator.location.clone()));
        let location = match (present, self.typed_model.clone()) {
            (Some(location), _) => Some(location),
            (None, Some(name)) => self.find(&name, find),
            (None, None) => return self.error(no_model("reload")),
        };
        if let Some(location) = location {
            let location = self.as_it_is_run(location, find);
            self.ask_load(location, keeps, mix_since);
        }
    }

    fn next_load(&mut self) -> u64 {
        self.loads += 1;
        self.loads
    }

    fn ask_load(&mut self, location: ModelLocation, keeps_attributes: bool, mix_since: u64) {
        let load = self.next_load();
        self.watching.begin(&location);
        self.reconciler.change(|wanted| {
            let method = wanted.method.clone();
            wanted.model = Some(ModelConfig { location, load, keeps_attributes, mix_since, method });
        });
    }

    fn find(&mut self, name: &str, find: Find<'_>) -> Option<ModelLocation> {
        match find_model::model(name, &*self.context.source, find) {
            Ok(location) => Some(self.as_it_is_run(location, find)),
            Err(error) => {
                self.fail_load(error.to_string());
                None
            }
        }
    }

    /// Reports a load that has failed, each one with `loaded 0`.
    pub(super) fn fail_load(&mut self, line: String) {
        self.error(line);
        self.info("loaded", vec![Atom::Float(0.0)]);
    }

    /// Reports that the model was made for another rate than the host's, and what follows; once for each pair of
    /// rates.
    pub(super) fn warn_of_rate(&mut self, info: &ModelInfo) {
        if self.prepared
            && let Some(host_hz) = self.host.rate_hz()
            && let Some(model_hz) = info.spec.rate_for(host_hz)
            && model_hz != host_hz
        {
            // A model that is bound to its rates runs at no other.
            let resample = self.wants_resampling() || !info.spec.native.rates_hz.is_empty();
            let rates = (model_hz, host_hz, resample);
            if self.told_rates.replace(rates) == Some(rates) {
                return;
            }
            let what = match (Rates::new(host_hz, model_hz), resample) {
                (None, _) => "pitch and speed will differ, the two are too far apart to be resampled",
                (Some(_), false) => "pitch and speed will differ: send resample 1",
                (Some(_), true) => "it is resampled and runs at its own rate",
            };
            self.note(format!(
                "the model was made for {model_hz} Hz and the host runs at {host_hz} Hz: {what}"
            ));
        }
    }
}

/// The info that a description makes, or a line that says why it makes none.
fn info(location: ModelLocation, spec: ModelSpec, method: &MethodConfig) -> Result<ModelInfo, String> {
    let index = method.find(&location, &spec).map_err(|error| error.to_string())?;
    let ratio_lcm =
        spec.ratio_lcm().map_err(|what| LoadError::Spec { path: location.to_string(), what }.to_string())?;
    Ok(ModelInfo {
        location,
        spec: Arc::new(spec),
        method: index,
        ratio_lcm,
        loaded: false,
        delay_frames: None,
        fits: Vec::new(),
    })
}
