//! Atoms, symbols and texts, between Max's form and the core's.
#![allow(unsafe_code)]

use std::ffi::{CStr, c_long};

use nn_core::{frontend::text::c_text, message::Atom};

use crate::ffi;

/// An atom as Max has it. Not on the audio thread.
pub fn to_max(atom: &Atom) -> ffi::Atom {
    match atom {
        Atom::Int(number) => ffi::Atom { kind: ffi::A_LONG, word: ffi::Word { long: *number as isize } },
        Atom::Float(number) => ffi::Atom { kind: ffi::A_FLOAT, word: ffi::Word { float: *number } },
        Atom::Symbol(word) => ffi::Atom { kind: ffi::A_SYM, word: ffi::Word { symbol: symbol(word) } },
    }
}

/// Max's symbol of a text.
pub fn symbol(word: &str) -> *mut ffi::Symbol {
    // SAFETY: Max copies the text of a new symbol.
    unsafe { ffi::gensym(c_text(word).as_ptr()) }
}

/// Max's atoms as the core has them. Other kinds (objects) become words that no message takes.
///
/// # Safety
/// `atoms` must point to `count` atoms of Max's.
pub unsafe fn from_max(count: c_long, atoms: *const ffi::Atom) -> Vec<Atom> {
    let count = usize::try_from(count).unwrap_or(0);
    if atoms.is_null() || count == 0 {
        return Vec::new();
    }
    // SAFETY: the caller guarantees `count` atoms at `atoms`.
    let atoms = unsafe { std::slice::from_raw_parts(atoms, count) };
    let word = |atom: &ffi::Atom| match atom.kind {
        // SAFETY: the kind says which word it is.
        ffi::A_LONG => Atom::Int(unsafe { atom.word.long } as i64),
        // SAFETY: as above.
        ffi::A_FLOAT => Atom::Float(unsafe { atom.word.float }),
        // SAFETY: as above.
        ffi::A_SYM => Atom::Symbol(unsafe { name(atom.word.symbol) }),
        _ => Atom::symbol("object"),
    };
    atoms.iter().map(word).collect()
}

/// The text of a symbol.
///
/// # Safety
/// `symbol` must be null or one of Max's.
pub unsafe fn name(symbol: *const ffi::Symbol) -> String {
    if symbol.is_null() {
        return String::new();
    }
    // SAFETY: symbols live for ever, and their texts are zero-terminated.
    unsafe { CStr::from_ptr((*symbol).name) }.to_string_lossy().into_owned()
}

/// Hands atoms to Max: into the memory that it offers, otherwise into new memory of its own.
///
/// # Safety
/// `count` and `atoms` must be as Max passes them to what answers.
pub unsafe fn give(values: &[Atom], count: *mut c_long, atoms: *mut *mut ffi::Atom) -> ffi::MaxErr {
    // SAFETY: the caller passes on what Max gave: where there is memory, there is as much as `count` says.
    unsafe {
        let offered = usize::try_from(*count).unwrap_or(0);
        if (*atoms).is_null() || offered < values.len() {
            *atoms = ffi::sysmem_newptr(values.len().max(1) * size_of::<ffi::Atom>()).cast();
        }
        if (*atoms).is_null() {
            return ffi::MAX_ERR_GENERIC;
        }
        for (at, value) in values.iter().enumerate() {
            (*atoms).add(at).write(to_max(value));
        }
        *count = values.len() as c_long;
    }
    ffi::MAX_ERR_NONE
}
