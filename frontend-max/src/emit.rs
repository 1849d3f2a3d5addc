//! What a box has to say, to Max's console and the information outlet.
#![allow(unsafe_code)]

use std::{ffi::c_short, sync::atomic::Ordering::Relaxed};

use nn_core::{
    message::{Atom, Event},
    shown::plain,
};

use crate::{
    atoms::{symbol, text, to_max},
    ffi,
    instance::Instance,
};

/// Emits what a box has to say. Main thread. Whoever hears it may send messages to the box, or delete it: nothing of
/// the box is borrowed while an outlet speaks, and a deleted box says no more.
pub fn emit(instance: *mut Instance) {
    // SAFETY: called at the end of a callback of a live box; the borrow ends with the block.
    let said = unsafe {
        let Some(state) = Instance::state(instance) else { return };
        state.main.try_with(|main| (main.object.take_events(), main.alive.clone(), main.information))
    };
    // Another callback is at it, below this one, and will speak.
    let Some((events, alive, information)) = said else { return };
    let owner = instance.cast::<ffi::Object>();
    for event in events {
        if !alive.load(Relaxed) {
            return;
        }
        match event {
            // SAFETY: the box is alive.
            Event::Note(line) => unsafe { note(owner, &line) },
            // SAFETY: as above.
            Event::Error(line) => unsafe { error(owner, &line) },
            Event::Channels => {
                // SAFETY: plain calls on the main thread for a living box; Max builds the chain anew when it can.
                unsafe {
                    let chain = ffi::dspchain_fromobject(owner);
                    if !chain.is_null() {
                        ffi::dspchain_setbroken(chain);
                    }
                }
            }
            Event::Info { selector, atoms } => {
                // SAFETY: the outlet belongs to the living box. Nothing of the box is touched afterwards but `alive`,
                // which is ours.
                unsafe { send(information, &selector, &atoms) };
            }
        }
    }
}

/// A line on the console.
///
/// # Safety
/// A live box, and not on the audio thread.
pub unsafe fn note(owner: *mut ffi::Object, line: &str) {
    // SAFETY: format and argument agree; Max copies the text.
    unsafe { ffi::object_post(owner, c"%s".as_ptr(), text(&plain(line)).as_ptr()) };
}

/// An error on the console.
///
/// # Safety
/// As for [`note`].
pub unsafe fn error(owner: *mut ffi::Object, line: &str) {
    // SAFETY: as above.
    unsafe { ffi::object_error(owner, c"%s".as_ptr(), text(&plain(line)).as_ptr()) };
}

/// A message on an outlet. Whoever hears it may delete the box.
///
/// # Safety
/// The outlet of a live box, on the main thread.
pub unsafe fn send(outlet: *mut ffi::Outlet, selector: &str, atoms: &[Atom]) {
    let mut atoms: Vec<_> = atoms.iter().take(ffi::MAX_ATOMS).map(to_max).collect();
    // SAFETY: the caller guarantees the outlet of a live box, on the main thread; the atoms live through the call.
    unsafe { ffi::outlet_anything(outlet, symbol(selector), atoms.len() as c_short, atoms.as_mut_ptr()) };
}
