//! What a box has to say, to Pd's console and the information outlet.
#![allow(unsafe_code)]

use std::ffi::{CString, c_int, c_void};

use nn_core::{
    message::{Atom, Event},
    shown::plain,
};

use crate::{ffi, instance::Instance};

/// Emits what a box has to say. Whoever hears it may send messages to the box, or delete it: nothing of the box is
/// borrowed while an outlet speaks, and a deleted box says no more.
pub fn emit(instance: *mut Instance) {
    // SAFETY: called at the end of a callback of a live box; the borrow ends with the block.
    let (events, alive, information) = unsafe {
        let Some(state) = Instance::state(instance) else { return };
        (state.object.take_events(), state.alive.clone(), state.information)
    };
    for event in events {
        if !alive.get() {
            return;
        }
        match event {
            Event::Note(line) => note(&line),
            // SAFETY: the box is alive.
            Event::Error(line) => unsafe { error(instance.cast(), &line) },
            Event::Channels => {
                // SAFETY: a plain call on Pd's thread; Pd asks the box for its channels anew.
                unsafe { ffi::canvas_update_dsp() };
            }
            // SAFETY: the outlet belongs to the living box. Nothing of the box is touched afterwards but `alive`,
            // which is ours.
            Event::Info { selector, atoms } => unsafe { send(information, &selector, &atoms) },
        }
    }
}

/// A line on the console.
pub fn note(line: &str) {
    let line = text(&plain(line));
    // SAFETY: format and argument agree; Pd copies the text.
    unsafe { ffi::post(c"%s".as_ptr(), line.as_ptr()) };
}

/// An error on the console.
///
/// # Safety
/// `owner` must be a living box.
pub unsafe fn error(owner: *const c_void, line: &str) {
    let line = text(&plain(line));
    // SAFETY: format and argument agree; Pd copies the text.
    unsafe { ffi::pd_error(owner, c"%s".as_ptr(), line.as_ptr()) };
}

/// A message on an outlet. Whoever hears it may delete the box.
///
/// # Safety
/// `outlet` must be null or belong to a living box.
pub unsafe fn send(outlet: *mut ffi::Outlet, selector: &str, atoms: &[Atom]) {
    if outlet.is_null() {
        return;
    }
    let mut atoms: Vec<_> = atoms.iter().map(to_pd).collect();
    let selector = text(selector);
    // SAFETY: the caller guarantees the outlet of a live box; the atoms live through the call.
    unsafe {
        let selector = ffi::gensym(selector.as_ptr());
        ffi::outlet_anything(outlet, selector, atoms.len() as c_int, atoms.as_mut_ptr());
    }
}

fn to_pd(atom: &Atom) -> ffi::Atom {
    match atom {
        Atom::Int(number) => float(*number as f64),
        Atom::Float(number) => float(*number),
        Atom::Symbol(word) => {
            let word = text(word);
            // SAFETY: Pd copies the text of a new symbol.
            let symbol = unsafe { ffi::gensym(word.as_ptr()) };
            ffi::Atom { kind: ffi::A_SYMBOL, word: ffi::Word { symbol } }
        }
    }
}

fn float(number: f64) -> ffi::Atom {
    ffi::Atom { kind: ffi::A_FLOAT, word: ffi::Word { float: ffi::narrow(number) } }
}

/// Text for C: a zero byte inside ends it.
pub fn text(text: &str) -> CString {
    let end = text.find('\0').unwrap_or(text.len());
    CString::new(&text[..end]).unwrap_or_default()
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
    // SAFETY: the caller guarantees `count` atoms at `atoms`.
    let atoms = unsafe { std::slice::from_raw_parts(atoms, count) };
    atoms
        .iter()
        .map(|atom| match atom.kind {
            // SAFETY: the kind says which word it is.
            ffi::A_FLOAT => Atom::Float(ffi::wide(unsafe { atom.word.float })),
            // SAFETY: as above; symbols live for ever.
            ffi::A_SYMBOL => Atom::Symbol(unsafe { name(atom.word.symbol) }),
            _ => Atom::symbol("(pointer)"),
        })
        .collect()
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
    unsafe { std::ffi::CStr::from_ptr((*symbol).name) }.to_string_lossy().into_owned()
}
