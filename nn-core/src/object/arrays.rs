//! Attributes whose values are arrays of the host: copied when set, and again when the array changes (`track 1`).

use super::{
    nn_object::{Binding, NnObject},
    rendering::Rendering,
};
use crate::message::Atom;
use nn_engine::{
    command::Loaded,
    reconcile::{AttributeRequest, Typed},
};
use nn_model::{
    array::{self, Arrays, Watch},
    value::{Value, ValueType},
};

impl NnObject {
    /// `set ATTRIBUTE VALUE…`.
    pub(super) fn set_attribute(&mut self, attribute: String, atoms: Vec<Atom>) {
        let (typed, watches) = self.typed(&attribute, &atoms);
        self.bindings.retain(|binding| binding.attribute != attribute);
        if !self.address(AttributeRequest::Set(attribute.clone(), typed)) {
            return;
        }
        self.release_inlet(&attribute);
        if !watches.is_empty() {
            self.bindings.push(Binding { attribute, atoms, watches, load: self.loads });
        }
    }

    /// The typed values, with copies of arrays where the attribute takes them.
    fn typed(&self, attribute: &str, atoms: &[Atom]) -> (Vec<Typed>, Vec<Watch>) {
        let arrays = self.context.arrays;
        let types = self.reconciler.types(attribute);
        // While the model is unknown, any value may be the name of an array.
        let may_be_one = |at: usize| {
            let is_one =
                |types: &Vec<ValueType>| matches!(types.get(at), Some(ValueType::Tensor | ValueType::Buffer));
            types.as_ref().is_none_or(is_one)
        };
        let mut watches = Vec::new();
        let typed = atoms.iter().enumerate().map(|(at, atom)| {
            let Atom::Symbol(name) = atom else { return Typed::plain(value(atom)) };
            if !may_be_one(at) {
                return Typed::plain(value(atom));
            }
            let array = array::copy(arrays, name);
            // No array of that name, and the model is not known yet: most likely just a word.
            if types.is_some() || array.is_ok() {
                watches.push(Watch::new(name, array.as_ref().ok()));
            }
            Typed { value: value(atom), array: Some(array) }
        });
        (typed.collect(), watches)
    }

    /// `track 0/1`. Arrays that have changed since they were set are set again at once.
    pub(super) fn track(&mut self, on: bool) {
        self.tracks = on;
        if on {
            for at in 0..self.bindings.len() {
                self.set_anew(at);
            }
        }
    }

    /// Checks a piece of each array that an attribute follows.
    pub(super) fn follow_arrays(&mut self) {
        self.follow(Watch::has_changed);
    }

    /// For a host that is notified when an array changes: attributes that follow it are updated now, instead of when
    /// [`NnObject::poll`] finds the change.
    ///
    /// Thread: main.
    pub fn arrays_changed(&mut self) {
        self.follow(Watch::has_changed_anywhere);
    }

    /// Names of the arrays that attributes follow and of those that are rendered from or into, one per attribute: a name may
    /// come more than once.
    ///
    /// Thread: main.
    pub fn followed_arrays(&self) -> impl Iterator<Item = &str> {
        let bindings = if self.tracks { &self.bindings[..] } else { &[] };
        let followed = bindings.iter().flat_map(|binding| binding.watches.iter().map(Watch::name));
        followed.chain(self.rendering.iter().flat_map(Rendering::arrays))
    }

    fn follow(&mut self, look: impl Fn(&mut Watch, &dyn Arrays) -> bool) {
        if !self.tracks {
            return;
        }
        let arrays = self.context.arrays;
        for at in 0..self.bindings.len() {
            // Every watch must advance: no short circuit.
            let changes = self.bindings[at].watches.iter_mut().map(|watch| look(watch, arrays));
            if changes.fold(false, |any, changed| any | changed) {
                self.set_anew(at);
            }
        }
    }

    /// A missing array is an error; its last values stay.
    fn set_anew(&mut self, at: usize) {
        let (attribute, atoms) = (self.bindings[at].attribute.clone(), self.bindings[at].atoms.clone());
        let (typed, watches) = self.typed(&attribute, &atoms);
        self.bindings[at].watches = watches;
        self.address(AttributeRequest::Set(attribute, typed));
    }

    /// A model has been loaded: drops the bindings of the model before, except those that were set again.
    pub(super) fn forget_bindings(&mut self, loaded: Loaded) {
        // What was set since then is for this model too, should a later load fail.
        self.bindings.retain(|binding| loaded.keeps_attributes || binding.load >= loaded.load);
    }
}

pub(super) fn value(atom: &Atom) -> Value {
    match atom {
        Atom::Int(number) => Value::Int(*number),
        Atom::Float(number) => Value::Float(*number),
        Atom::Symbol(word) => Value::String(word.clone()),
    }
}
