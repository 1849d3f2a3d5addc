//! What Max sends to a box, on whichever thread, and how the main thread gets to it.
#![allow(unsafe_code)]

use std::{
    ffi::{c_char, c_long, c_void},
    sync::atomic::Ordering::Relaxed,
};

use nn_core::{door::guarded, message::Atom};

use crate::{
    array::on_behalf_of,
    array_object, attributes,
    emit::{emit, from_max, name},
    ffi, find,
    instance::{Errand, Instance, Main},
    perform::now_ms,
};

/// How often to look for answers: while one is awaited, and otherwise.
pub const POLL_SOON_MS: f64 = 2.0;
const POLL_MS: f64 = 50.0;

/// True on Max's main thread.
pub fn on_main_thread() -> bool {
    // SAFETY: a plain question.
    unsafe { ffi::systhread_ismainthread() != 0 }
}

/// Does an errand: at once on the main thread, and otherwise when that comes by.
///
/// # Safety
/// `instance` must be a live box.
pub unsafe fn run(instance: *mut Instance, errand: Errand) {
    // SAFETY: the caller's word; the borrow ends before anything is emitted.
    let state = unsafe { Instance::state(instance) };
    let Some(state) = state else { return };
    // What came before is done before.
    let _open = state.inbox.send(errand);
    if on_main_thread() {
        attend(instance);
    } else {
        state.bell.ring();
    }
}

/// Does all errands, looks for answers, says what there is to say. Main thread, a live box.
fn attend(instance: *mut Instance) {
    // SAFETY: as said; the borrow ends before anything is emitted.
    unsafe {
        let Some(state) = Instance::state(instance) else { return };
        let audio_runs = ffi::sys_getdspobjdspstate(instance.cast()) != 0;
        let attended = state.main.try_with(|main| {
            on_behalf_of(instance, || {
                while let Ok(errand) = main.errands.try_recv() {
                    fulfil(main, errand);
                }
                if state.references.take_changed() {
                    main.object.arrays_changed();
                }
                main.object.at_time(now_ms());
                main.object.poll(audio_runs);
            });
            state.references.keep(instance, main.object.followed_arrays());
            let delay_ms = if main.object.pending() { POLL_SOON_MS } else { POLL_MS };
            state.bell.ring_in(delay_ms);
            (main.object.take_sheet(), attributes::untold(main), main.alive.clone())
        });
        let Some((sheet, untold, alive)) = attended else {
            // In the midst of another callback.
            return state.bell.ring();
        };
        if let Some(sheet) = sheet
            && !state.editor.show(instance.cast(), &sheet)
        {
            state.main.try_with(|main| fulfil(main, Errand::Message("dump".into(), Vec::new())));
        }
        // Whoever is told of an attribute may send messages to the box, or delete it.
        for name in untold {
            if !alive.load(Relaxed) {
                return;
            }
            ffi::object_attr_touch(instance.cast(), ffi::gensym(name.as_ptr()));
        }
        if !alive.load(Relaxed) {
            return;
        }
    }
    emit(instance);
}

fn fulfil(main: &mut Main, errand: Errand) {
    let look = &find::MaxPlaces;
    match errand {
        Errand::Message(selector, atoms) => {
            main.object.handle(&selector, &array_object::named(&selector, atoms), look);
        }
        Errand::Set(attribute, atoms) => attributes::set(main, attribute, &atoms),
        Errand::Recall(preset) => main.object.recall(&preset),
        Errand::Describe => main.object.ask_sheet(),
    }
}

/// The bell was rung.
///
/// # Safety
/// To be called by Max, on its main thread, with a live box.
pub unsafe extern "C" fn serve(instance: *mut Instance) {
    guarded((), || attend(instance));
}

/// Any message with a name.
///
/// # Safety
/// To be called by Max with a live box and as many atoms as it says.
pub unsafe extern "C" fn anything(
    instance: *mut Instance,
    selector: *mut ffi::Symbol,
    count: c_long,
    atoms: *const ffi::Atom,
) {
    // SAFETY: Max's call, passed on.
    guarded((), || unsafe { run(instance, Errand::Message(name(selector), from_max(count, atoms))) });
}

/// # Safety
/// To be called by Max with a live box.
pub unsafe extern "C" fn bang(instance: *mut Instance) {
    // SAFETY: Max's call, passed on.
    guarded((), || unsafe { run(instance, Errand::Message("bang".into(), Vec::new())) });
}

/// # Safety
/// To be called by Max with a live box.
pub unsafe extern "C" fn int(instance: *mut Instance, number: ffi::AtomLong) {
    let atoms = vec![Atom::Int(number as i64)];
    // SAFETY: Max's call, passed on.
    guarded((), || unsafe { run(instance, Errand::Message("int".into(), atoms)) });
}

/// # Safety
/// To be called by Max with a live box.
pub unsafe extern "C" fn float(instance: *mut Instance, number: f64) {
    // SAFETY: Max's call, passed on.
    guarded((), || unsafe { run(instance, Errand::Message("float".into(), vec![Atom::Float(number)])) });
}

/// A double click on the box tells what it is: in a window, otherwise on the console.
///
/// # Safety
/// To be called by Max with a live box.
pub unsafe extern "C" fn double_click(instance: *mut Instance) -> *mut c_void {
    // SAFETY: Max's call, passed on.
    guarded((), || unsafe { run(instance, Errand::Describe) });
    std::ptr::null_mut()
}

/// The window that a double click has opened is closed.
///
/// # Safety
/// To be called by Max, on its main thread, with a live box.
pub unsafe extern "C" fn window_closed(instance: *mut Instance, _text: *mut *mut c_char, _size: c_long) {
    guarded((), || {
        // SAFETY: a live box.
        if let Some(state) = unsafe { Instance::state(instance) } {
            state.editor.forget();
        }
    });
}
