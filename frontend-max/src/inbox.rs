//! How the main thread gets to what Max sends to a box, on whichever thread.
#![allow(unsafe_code)]

use std::sync::atomic::Ordering::Relaxed;

use nn_core::guard::guarded;

use crate::{
    array_object,
    asking::on_behalf_of,
    attribute::untold,
    emit::emit,
    errand::Errand,
    ffi, find,
    instance::{Instance, Main},
    main_thread::on_main_thread,
    perform::now_ms,
    source::POLL_SOON_MS,
};

/// How often to look for answers while none is awaited.
const POLL_MS: f64 = 50.0;

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
            on_behalf_of(instance.cast(), || {
                while let Ok(errand) = main.errands.try_recv() {
                    fulfil(main, errand);
                }
                if state.references.take_changed() {
                    main.object.arrays_changed();
                }
                main.object.at_time(now_ms());
                main.object.poll(audio_runs);
            });
            state.references.keep(instance.cast(), main.object.followed_arrays());
            let delay_ms = if main.object.pending() { POLL_SOON_MS } else { POLL_MS };
            state.bell.ring_in(delay_ms);
            state.keep_seen(&main.object);
            (main.object.take_sheet(), untold(&main.object, &mut main.shown), main.alive.clone())
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
        for attribute in untold {
            if !alive.load(Relaxed) {
                return;
            }
            ffi::object_attr_touch(instance.cast(), ffi::gensym(attribute.name().as_ptr()));
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
        Errand::Set(attribute, atoms) => main.object.handle(attribute.message(), &atoms, look),
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
