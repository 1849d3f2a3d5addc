//! Atoms and symbols, between Pd's form and the core's.
#![allow(unsafe_code)]

use std::ffi::{CStr, c_int};

use nn_core::{frontend::text::c_text, message::Atom};

use crate::ffi;

/// An atom as Pd has it.
pub fn to_pd(atom: &Atom) -> ffi::Atom {
    match atom {
        Atom::Int(number) => float(*number as f64),
        Atom::Float(number) => float(*number),
        Atom::Symbol(word) => ffi::Atom { kind: ffi::A_SYMBOL, word: ffi::Word { symbol: symbol(word) } },
    }
}

fn float(number: f64) -> ffi::Atom {
    ffi::Atom { kind: ffi::A_FLOAT, word: ffi::Word { float: ffi::narrow(number) } }
}

/// Pd's symbol of a text.
pub fn symbol(word: &str) -> *mut ffi::Symbol {
    // SAFETY: Pd copies the text of a new symbol.
    unsafe { ffi::gensym(c_text(word).as_ptr()) }
}

/// Pd's atoms as the core has them. Other kinds (pointers) become their kind's name: no message takes them.
///
/// # Safety
/// `atoms` must point to `count` atoms of a message from Pd.
pub unsafe fn from_pd(count: c_int, atoms: *const ffi::Atom) -> Vec<Atom> {
    let count = usize::try_from(count).unwrap_or(0);
    if atoms.is_null() || count == 0 {
        return Vec::new();
    }
    // SAFETY: there are `count` atoms, as the caller says.
    let atoms = unsafe { std::slice::from_raw_parts(atoms, count) };
    let word = |atom: &ffi::Atom| match atom.kind {
        // SAFETY: the kind says which word it is.
        ffi::A_FLOAT => Atom::Float(ffi::wide(unsafe { atom.word.float })),
        // SAFETY: as above; symbols live for ever.
        ffi::A_SYMBOL => Atom::Symbol(unsafe { name(atom.word.symbol) }),
        _ => Atom::symbol("(pointer)"),
    };
    atoms.iter().map(word).collect()
}

/// The text of a symbol.
///
/// # Safety
/// `symbol` must be null or a symbol of Pd's.
pub unsafe fn name(symbol: *const ffi::Symbol) -> String {
    if symbol.is_null() {
        return String::new();
    }
    // SAFETY: symbols have a zero-terminated name.
    unsafe { CStr::from_ptr((*symbol).name) }.to_string_lossy().into_owned()
}
