//! The generator of a box, and what it is set to.

use nn_model::{ModelLocation, generator::Settings, shown::plain, spec::ModelSpec, value::Value};

use crate::message::Atom;

/// The generator of a box.
#[derive(Debug)]
pub(super) struct GeneratorBox {
    pub(super) location: ModelLocation,
    pub(super) spec: ModelSpec,
    pub(super) settings: Settings,
}

impl GeneratorBox {
    /// All parameters and what they are set to, for presets.
    pub(super) fn all_set(&self) -> Vec<(String, Vec<Value>)> {
        let names = self.spec.parameters.iter().map(|parameter| parameter.attribute.clone());
        names.filter_map(|name| Some((self.settings.get(&name).ok()?, name))).map(|(a, b)| (b, a)).collect()
    }

    /// The parameters that are not as the file has them.
    pub(super) fn changed(&self) -> Vec<(String, Vec<Value>)> {
        let usual = Settings::new(&self.spec);
        self.all_set().into_iter().filter(|(name, now)| usual.get(name).ok().as_ref() != Some(now)).collect()
    }

    /// What it says of itself, for `bang` and `dump`.
    pub(super) fn description(&self) -> Vec<(&'static str, Vec<Atom>)> {
        let Self { spec, location, .. } = self;
        let number = |number: usize| Atom::Int(number as i64);
        let names: Vec<_> =
            spec.parameters.iter().map(|parameter| Atom::symbol(parameter.attribute.clone())).collect();
        // Existing patches know an empty symbol as "none".
        let names = if names.is_empty() { vec![Atom::symbol("")] } else { names };
        let rates = &spec.native.rates_hz;
        let mut lines = vec![
            ("model", vec![Atom::symbol(location.to_string())]),
            ("kind", vec![Atom::symbol("gen")]),
            ("methods", vec![Atom::symbol("")]),
            ("attributes", names),
            ("sounds", vec![number(spec.sounds.inputs.len()), number(spec.sounds.outputs.len())]),
            ("rate", vec![rates.first().map_or(Atom::Int(-1), |&hz| Atom::Int(i64::from(hz)))]),
        ];
        for (selector, sounds) in
            [("input_labels", &spec.sounds.inputs), ("output_labels", &spec.sounds.outputs)]
        {
            if sounds.iter().any(|sound| !sound.label.is_empty()) {
                lines
                    .push((selector, sounds.iter().map(|sound| Atom::symbol(plain(&sound.label))).collect()));
            }
        }
        lines
    }
}
