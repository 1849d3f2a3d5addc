//! Sends what a box emits to Pd's console and the box's outlets.
#![allow(unsafe_code)]

use std::ffi::{c_int, c_void};

use nn_core::{
    frontend::{
        alive::Alive,
        emit::{Console, InfoBox, SoundBox},
        text::c_line,
    },
    info::{OUTLETS, Outlet, Tree},
    message::{ArrayWrite, Atom},
};

use crate::{
    array::PdArrays,
    atoms::{symbol, to_pd},
    ffi,
    no_signal::NO_SIGNAL,
};

/// What a box says: Pd's console, and its outlets for messages.
pub struct BoxOutput<Outlets> {
    owner: *const c_void,
    outlets: Outlets,
}

impl<Outlets> BoxOutput<Outlets> {
    /// Those of a box. Whoever uses them asks before each use whether the box still exists.
    ///
    /// # Safety
    /// `owner` must be a living box, the outlets must be its own, and nothing may be said once the box is deleted.
    pub unsafe fn new(owner: *const c_void, outlets: Outlets) -> Self {
        Self { owner, outlets }
    }
}

impl<Outlets> Console for BoxOutput<Outlets> {
    fn note(&self, line: &str) {
        let line = c_line(line);
        // SAFETY: format and argument agree; Pd copies the text.
        unsafe { ffi::post(c"%s".as_ptr(), line.as_ptr()) };
    }

    fn error(&self, line: &str) {
        let line = c_line(line);
        // SAFETY: format and argument agree; Pd copies the text. The owner lives (`BoxOutput::new`).
        unsafe { ffi::pd_error(self.owner, c"%s".as_ptr(), line.as_ptr()) };
    }
}

/// What a box with sound says something with.
pub struct SoundOutput {
    /// The information outlet.
    pub information: *mut ffi::Outlet,
    /// Its inlets but for the first.
    pub inlets: Vec<*mut c_void>,
}

impl SoundBox for BoxOutput<SoundOutput> {
    fn send(&self, selector: &str, atoms: &[Atom]) {
        // SAFETY: the outlet belongs to a living box (`BoxOutput::new`).
        unsafe { send(self.outlets.information, selector, atoms) };
    }

    fn write_array(&self, piece: ArrayWrite) {
        piece.perform(&PdArrays);
    }

    fn release_inlet(&self, inlet: usize) {
        let inlet = inlet.checked_sub(1).and_then(|number| self.outlets.inlets.get(number));
        if let Some(&inlet) = inlet.filter(|inlet| !inlet.is_null()) {
            // SAFETY: an inlet of a living box (`BoxOutput::new`), which holds the number as that of its signal.
            unsafe { ffi::pd_float(inlet, NO_SIGNAL) };
        }
    }

    fn rebuild_audio(&self) {
        // SAFETY: a plain call on Pd's thread; Pd asks the box for its channels anew.
        unsafe { ffi::canvas_update_dsp() };
    }
}

impl InfoBox for BoxOutput<[*mut ffi::Outlet; OUTLETS]> {
    fn send(&self, outlet: Outlet, selector: &str, atoms: &[Atom]) {
        // SAFETY: the outlet belongs to a living box (`BoxOutput::new`).
        unsafe { send(self.outlets[outlet as usize], selector, atoms) };
    }

    /// Pd has no dictionaries: one list for each entry.
    fn send_tree(&self, outlet: Outlet, tree: &Tree, alive: &Alive) {
        for list in tree.lists() {
            let Some((selector, atoms)) = list.split_first() else { continue };
            if alive.has_ended() {
                return;
            }
            self.send(outlet, &selector.to_string(), atoms);
        }
    }

    fn bind(&self, _name: String) {}
}

/// A message on an outlet. Whoever hears it may delete the box.
///
/// # Safety
/// `outlet` must be null or belong to a living box.
unsafe fn send(outlet: *mut ffi::Outlet, selector: &str, atoms: &[Atom]) {
    if outlet.is_null() {
        return;
    }
    let mut atoms: Vec<_> = atoms.iter().map(to_pd).collect();
    // SAFETY: the outlet lives when the message begins, as the caller says; the atoms live through the call.
    unsafe {
        ffi::outlet_anything(outlet, symbol(selector), atoms.len() as c_int, atoms.as_mut_ptr());
    }
}
