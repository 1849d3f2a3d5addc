//! The inspector: shows attributes, and hears of nothing but what Max sets and what objects say of themselves.

use std::{ffi::c_void, sync::Arc};

use crate::{
    abi::{Address, Atom, GENERIC, OK, Symbol},
    attribute_values,
    breaches::breach,
    max::Max,
    symbols::name,
    threads::MAIN_OR_SCHEDULER,
    world::{patched::Patched, world},
};

/// An attribute has another value: whoever shows it reads it again.
pub unsafe fn refresh(object: Address, attribute: &str) {
    if world().inspected.contains_key(&object) {
        let value = attribute_values::get(object, attribute);
        if let Some(shown) = world().inspected.get_mut(&object) {
            shown.insert(attribute.to_owned(), value);
        }
    }
    let listener = world().listeners.get(&object).cloned();
    if let Some(listener) = listener {
        listener(Patched(object), attribute);
    }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn object_attr_touch(object: *mut c_void, attribute: *mut Symbol) -> isize {
    MAIN_OR_SCHEDULER.check("object_attr_touch");
    let (object, attribute) = (object as Address, name(attribute));
    let known = world().class_of(object).is_some_and(|class| class.attributes.contains_key(&attribute));
    if !known {
        breach(format!("object_attr_touch of {attribute}, which the object does not have"));
        return GENERIC;
    }
    if world().instances.get(&object).is_some_and(|instance| instance.being_made) {
        breach(format!("object_attr_touch of {attribute} while the object is being made"));
    }
    refresh(object, &attribute);
    OK
}

impl Max {
    /// Opens the inspector of a box.
    ///
    /// # Panics
    /// When it is no box.
    pub fn inspect(&self, patched: Patched) {
        let names: Vec<String> =
            world().class_of(patched.0).expect("a box").attributes.keys().cloned().collect();
        let shown = names.into_iter().map(|name| {
            let value = unsafe { attribute_values::get(patched.0, &name) };
            (name, value)
        });
        let shown = shown.collect();
        world().inspected.insert(patched.0, shown);
    }

    /// What the open inspector of a box shows of an attribute.
    pub fn inspected(&self, patched: Patched, attribute: &str) -> Option<Vec<Atom>> {
        world().inspected.get(&patched.0)?.get(attribute)?.clone()
    }

    /// Hears of every attribute of a box that changes, at once.
    pub fn listen_to_attributes(
        &self,
        patched: Patched,
        listener: impl Fn(Patched, &str) + Send + Sync + 'static,
    ) {
        world().listeners.insert(patched.0, Arc::new(listener));
    }
}

crate::keep!(object_attr_touch);
