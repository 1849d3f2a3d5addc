//! The dictionary that `nn.info` writes: one that the patch has under that name, otherwise one of its own.
#![allow(unsafe_code)]

use std::ffi::c_long;

use nn_core::info::Tree;

use crate::{
    atoms::{name, symbol, to_max},
    ffi,
};

/// A dictionary by name. Main thread only.
#[derive(Default)]
pub struct Bound {
    /// Empty until there is one.
    name: String,
    /// The name that was asked for last, until its turn comes.
    asked: Option<String>,
    /// The one that we made; null while the patch's is used.
    own: Own,
}

struct Own(*mut ffi::Dictionary);

impl Default for Own {
    fn default() -> Self {
        Self(std::ptr::null_mut())
    }
}

impl Bound {
    /// The one of this name will be written into, after what was asked for before.
    pub fn ask(&mut self, name: String) {
        self.asked = Some(name);
    }

    /// Writes into the one of this name from now on; an empty name asks for a new one.
    pub fn bind(&mut self, name: String) {
        self.release();
        if self.asked.as_ref() == Some(&name) {
            self.asked = None;
        }
        self.name = name;
    }

    /// The name, empty while there is none.
    pub fn name(&self) -> String {
        self.asked.as_ref().unwrap_or(&self.name).clone()
    }

    /// Frees what we made.
    pub fn release(&mut self) {
        let own = std::mem::take(&mut self.own).0;
        if !own.is_null() {
            // SAFETY: made and registered by us, freed once. That takes its name away too.
            unsafe { ffi::object_free(own.cast()) };
        }
    }

    /// Replaces what the dictionary holds. Gives its name, or nothing when Max gives no dictionary.
    pub fn fill(&mut self, tree: &Tree) -> Option<String> {
        // SAFETY: plain calls on the main thread; what is retained is released, what is made is freed or handed on.
        unsafe {
            let borrowed = if self.own.0.is_null() && !self.name.is_empty() {
                ffi::dictobj_findregistered_retain(symbol(&self.name))
            } else {
                std::ptr::null_mut()
            };
            if borrowed.is_null() && self.own.0.is_null() {
                let mut wanted = if self.name.is_empty() { std::ptr::null_mut() } else { symbol(&self.name) };
                self.own = Own(ffi::dictobj_register(ffi::dictionary_new(), &raw mut wanted));
                self.name = name(wanted);
            }
            let target = if borrowed.is_null() { self.own.0 } else { borrowed };
            if target.is_null() {
                return None;
            }
            let made = ffi::dictionary_new();
            put_all(made, tree);
            ffi::dictionary_clear(target);
            ffi::dictionary_copyunique(target, made);
            ffi::object_free(made.cast());
            ffi::object_notify(target.cast(), symbol("modified"), std::ptr::null_mut());
            if !borrowed.is_null() {
                ffi::dictobj_release(borrowed);
            }
        }
        Some(self.name.clone())
    }
}

/// Puts everything below a map, or the numbered parts of a list, into a dictionary.
///
/// # Safety
/// A dictionary of ours, on the main thread.
unsafe fn put_all(dictionary: *mut ffi::Dictionary, tree: &Tree) {
    match tree {
        Tree::Map(entries) => {
            for (name, value) in entries {
                // SAFETY: the caller guarantees a live dictionary, on the main thread.
                unsafe { put(dictionary, name, value) };
            }
        }
        Tree::List(values) => {
            for (number, value) in values.iter().enumerate() {
                // SAFETY: as above.
                unsafe { put(dictionary, &number.to_string(), value) };
            }
        }
        // SAFETY: as above.
        value => unsafe { put(dictionary, "value", value) },
    }
}

unsafe fn put(dictionary: *mut ffi::Dictionary, name: &str, value: &Tree) {
    let nested = |value: &Tree| matches!(value, Tree::Map(_) | Tree::List(_));
    // SAFETY: the caller guarantees a live dictionary, on the main thread; a child belongs to its parent from then on.
    unsafe {
        match value {
            Tree::Flag(truth) => ffi::dictionary_appendlong(dictionary, symbol(name), (*truth).into()),
            Tree::Number(number) => ffi::dictionary_appendlong(dictionary, symbol(name), *number as isize),
            Tree::Real(number) => ffi::dictionary_appendfloat(dictionary, symbol(name), *number),
            Tree::Text(text) => ffi::dictionary_appendsym(dictionary, symbol(name), symbol(text)),
            Tree::List(values) if !values.iter().any(nested) => {
                let mut atoms: Vec<_> = value.atoms().iter().map(to_max).collect();
                ffi::dictionary_appendatoms(
                    dictionary,
                    symbol(name),
                    atoms.len() as c_long,
                    atoms.as_mut_ptr(),
                )
            }
            Tree::List(_) | Tree::Map(_) => {
                let child = ffi::dictionary_new();
                put_all(child, value);
                ffi::dictionary_appenddictionary(dictionary, symbol(name), child.cast())
            }
        };
    }
}
