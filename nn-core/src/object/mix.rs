//! How a box mixes its model's sound with the input: messages, answers, notes. Main thread.

use super::nn_object::NnObject;
use crate::message::Atom;
use nn_engine::{
    command::Loaded,
    fit::input::{dry_channels, takes_signals},
    reconcile::ModelInfo,
    refusal::Refusal,
};
use nn_model::{
    effect::{Mix, MixSetting},
    spec::MethodSpec,
};

impl NnObject {
    /// How the model's sound is mixed with the input.
    ///
    /// Thread: main.
    pub fn mix(&self) -> Mix {
        self.reconciler.view().mix
    }

    /// `wet`, `dry`, `input_gain`, `output_gain`.
    pub(super) fn set_mix(&mut self, setting: MixSetting, value: f32) {
        let view = self.reconciler.view();
        // While another model is on its way, it is that one which is meant.
        let info = view.info.filter(|info| info.loaded != view.loading);
        let changes = value != Mix::default().get(setting);
        match info.and_then(|info| refusal(setting, info.method())).filter(|_| changes) {
            Some(why) => {
                let name = setting.name();
                self.refuse(Refusal {
                    kind: format!("{name}: {why}"),
                    line: format!("{name} {value}: {why}"),
                });
            }
            None => self.reconciler.set_mix(setting, value),
        }
    }

    /// All four values, where one is not as for any other model.
    pub(super) fn mix_lines(&self) -> Vec<(&'static str, Vec<Atom>)> {
        let mix = self.mix();
        if mix.is_neutral() {
            return Vec::new();
        }
        let line = |setting: MixSetting| (setting.name(), vec![Atom::Float(f64::from(mix.get(setting)))]);
        MixSetting::ALL.map(line).into()
    }

    /// Says how the file of a model that was loaded wants it mixed, where that is not the model alone.
    pub(super) fn tell_of_mix(&mut self, loaded: Loaded) {
        let view = self.reconciler.view();
        // Another one may have come since: it is told of for itself.
        let is_present = view.loading || loaded.load == view.wanted.load();
        let says = is_present && !loaded.keeps_attributes;
        let Some(file) = view.info.and_then(|info| info.spec.mix).filter(|_| says) else { return };
        let neutral = Mix::default();
        let from_file = |&setting: &MixSetting| {
            let value = view.mix.get(setting);
            value != neutral.get(setting) && value == neutral.with(setting, file.get(setting)).get(setting)
        };
        let said: Vec<_> = MixSetting::ALL.into_iter().filter(from_file).collect();
        if said.is_empty() {
            return;
        }
        let values = |mix: Mix| {
            let shown = |&setting: &MixSetting| format!("{} {}", setting.name(), mix.get(setting));
            said.iter().map(shown).collect::<Vec<_>>().join(", ")
        };
        self.note(format!(
            "it begins with {}, as its file says: for the model alone, send {}",
            values(view.mix),
            values(neutral)
        ));
    }

    /// Says that a method has no dry sound although one is wanted.
    pub(super) fn warn_of_dry(&mut self, info: &ModelInfo) {
        let why = refusal(MixSetting::Dry, info.method()).filter(|_| self.mix().dry > 0.0);
        let told = why.as_ref().map(|_| info.method().name.clone());
        if let Some(why) = why.filter(|_| told != self.reported.without_dry) {
            self.note(format!("dry {} is left out: {why}", self.mix().dry));
        }
        self.reported.without_dry = told;
    }
}

/// Why a method cannot have another value than 0; `None` where it can.
fn refusal(setting: MixSetting, method: &MethodSpec) -> Option<String> {
    let MethodSpec { name, in_ratio, out_ratio, .. } = method;
    let hears = takes_signals(method).contains(&true);
    match setting {
        MixSetting::Wet | MixSetting::OutputGain => None,
        _ if !hears => Some(format!("{name} has no input that takes a signal: use wet and output_gain")),
        MixSetting::Dry if dry_channels(method) == 0 => Some(format!(
            "inputs of {name} have ratio {in_ratio} and its outputs {out_ratio}: mix in the patch, with what went into the first \
             box of the chain, delayed by what latency says"
        )),
        _ => None,
    }
}
