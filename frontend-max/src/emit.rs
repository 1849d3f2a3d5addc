//! Sends what a box emits to Max's console and the box's outlets.
#![allow(unsafe_code)]

use std::ffi::c_short;

use nn_core::{
    frontend::{
        emit::{Console, SoundBox},
        text::c_line,
    },
    message::{ArrayWrite, Atom},
};

use crate::{
    array::MaxArrays,
    asking::on_behalf_of,
    atoms::{symbol, to_max},
    ffi,
};

/// What a box says: Max's console, and its outlets for messages.
pub struct BoxOutput<Outlets> {
    owner: *mut ffi::Object,
    outlets: Outlets,
}

impl<Outlets> BoxOutput<Outlets> {
    /// Those of a box. Whoever uses them asks before each use whether the box still exists.
    ///
    /// # Safety
    /// On Max's main thread. `owner` must be null or a live box, the outlets must be its own, and nothing may be said
    /// once the box is deleted.
    pub unsafe fn new(owner: *mut ffi::Object, outlets: Outlets) -> Self {
        Self { owner, outlets }
    }

    /// The box's outlets for messages.
    pub fn outlets(&self) -> &Outlets {
        &self.outlets
    }
}

impl<Outlets> Console for BoxOutput<Outlets> {
    fn note(&self, line: &str) {
        // SAFETY: the owner lives (`BoxOutput::new`). Format and argument agree; Max copies the text.
        unsafe { ffi::object_post(self.owner, c"%s".as_ptr(), c_line(line).as_ptr()) };
    }

    fn error(&self, line: &str) {
        // SAFETY: as above.
        unsafe { ffi::object_error(self.owner, c"%s".as_ptr(), c_line(line).as_ptr()) };
    }
}

impl SoundBox for BoxOutput<*mut ffi::Outlet> {
    fn send(&self, selector: &str, atoms: &[Atom]) {
        // SAFETY: the outlet belongs to a live box, on the main thread (`BoxOutput::new`).
        unsafe { send(self.outlets, selector, atoms) };
    }

    fn write_array(&self, piece: ArrayWrite) {
        // SAFETY: the owner lives (`BoxOutput::new`).
        unsafe { on_behalf_of(self.owner, || piece.perform(&MaxArrays)) };
    }

    fn rebuild_audio(&self) {
        // SAFETY: plain calls on the main thread for a living box; Max builds the chain anew when it can.
        unsafe {
            let chain = ffi::dspchain_fromobject(self.owner);
            if !chain.is_null() {
                ffi::dspchain_setbroken(chain);
            }
        }
    }
}

/// A message on an outlet. Whoever hears it may delete the box.
///
/// # Safety
/// The outlet of a live box, on the main thread.
pub unsafe fn send(outlet: *mut ffi::Outlet, selector: &str, atoms: &[Atom]) {
    let mut atoms: Vec<_> = atoms.iter().take(ffi::MAX_ATOMS).map(to_max).collect();
    // SAFETY: the outlet lives when the message begins, as the caller says; the atoms live through the call.
    unsafe { ffi::outlet_anything(outlet, symbol(selector), atoms.len() as c_short, atoms.as_mut_ptr()) };
}
