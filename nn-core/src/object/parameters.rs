//! Parameters of effects: attributes that have inlets too.

use super::nn_object::NnObject;
use crate::message::{Atom, Event};
use nn_engine::layout::BoxKind;

impl NnObject {
    /// A number has come into an inlet that may have no signal: if it is that of a parameter, it sets that. False if it is
    /// none, and nothing was done. For hosts that do not make signals of such numbers themselves.
    ///
    /// Thread: main.
    pub fn number_at(&mut self, inlet: usize, number: f64) -> bool {
        let Some(attribute) = self.parameter_of(inlet) else { return false };
        self.handle("set", &[Atom::symbol(attribute), Atom::Float(number)], &|_: &str| None);
        true
    }

    /// Whether a channel of an inlet is that of a parameter: without a signal it is to be NaN, or absent.
    ///
    /// Thread: main.
    pub fn is_parameter(&self, inlet: usize, channel: usize) -> bool {
        let Some(info) = self.reconciler.view().info else { return false };
        let method = info.method();
        let of_model = if matches!(self.kind, BoxKind::Nn | BoxKind::Mc) { inlet } else { channel };
        (method.in_channels - method.parameters..method.in_channels).contains(&of_model)
    }

    /// The attribute of the parameter that an inlet has.
    fn parameter_of(&self, inlet: usize) -> Option<String> {
        let info = self.reconciler.view().info?;
        let method = info.method();
        let by_inlet = matches!(self.kind, BoxKind::Nn | BoxKind::Mc);
        let number = inlet.checked_sub(method.in_channels - method.parameters).filter(|_| by_inlet)?;
        info.spec.parameters.get(number).map(|parameter| parameter.attribute.clone())
    }

    /// An attribute was set: where that is a parameter, a number that the host holds for its inlet counts no more.
    pub(super) fn release_inlet(&mut self, attribute: &str) {
        let Some(info) = self.reconciler.view().info else { return };
        let Some(name) = info.spec.attribute(attribute).map(|attribute| attribute.name.clone()) else {
            return;
        };
        if let Some(inlet) = (0..self.inlets).find(|&inlet| self.parameter_of(inlet).as_ref() == Some(&name))
        {
            self.events.push(Event::ReleaseInlet(inlet));
        }
    }
}
