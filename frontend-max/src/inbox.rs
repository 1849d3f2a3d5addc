//! What the main thread does for a box with sound when the box's scheduler fires.
#![allow(unsafe_code)]

use std::path::{Path, PathBuf};

use nn_core::{
    frontend::{emit::emit, poll, text::c_text},
    message::Atom,
    model::ModelLocation,
};

use crate::{
    array_object,
    asking::on_behalf_of,
    attribute::changed,
    deferred::{Deferred, SoundTask},
    emit::BoxOutput,
    ffi, find,
    instance::{Instance, Main, Sound},
    max_box::{MaxBox, State},
    perform::now_ms,
};

impl MaxBox for Sound {
    type Head = ffi::PxObject;
    type Main = Main;
    type Deferred = SoundTask;

    unsafe fn poll_box(instance: *mut Instance) {
        // SAFETY: a live box, on the main thread, as the caller says; the borrow ends before anything is emitted.
        unsafe {
            let Some(state) = Instance::state(instance) else { return };
            let alive = state.alive.clone();
            let audio_runs = ffi::sys_getdspobjdspstate(instance.cast()) != 0;
            let polled = state.main.try_with(|main| {
                on_behalf_of(instance.cast(), || {
                    while let Some(deferred) = state.inbox.take() {
                        dispatch(main, deferred);
                    }
                    if state.own.references.take_changed() {
                        main.object.arrays_changed();
                    }
                    main.object.at_time(now_ms());
                    main.object.poll(audio_runs);
                });
                state.own.references.keep(instance.cast(), main.object.followed_arrays());
                state.scheduler.wake_in(poll::next_ms(main.object.may_tell_soon()));
                state.keep_seen(&main.object);
                (main.object.take_summary(), changed(&main.object, &mut main.shown))
            });
            let Some((summary, changed)) = polled else {
                // Within another callback.
                return state.scheduler.wake();
            };
            if let Some(summary) = summary
                && !state.editor.show(instance.cast(), &summary)
            {
                state.main.try_with(|main| dispatch(main, Deferred::Message("dump".into(), Vec::new())));
            }
            // What is notified of an attribute may send messages to the box, or delete it.
            for attribute in changed {
                if alive.has_ended() {
                    return;
                }
                ffi::object_attr_touch(instance.cast(), ffi::gensym(c_text(attribute.shown().name).as_ptr()));
            }
            if alive.has_ended() {
                return;
            }
            let said = Instance::state(instance)
                .and_then(|state| state.main.try_with(|main| (main.object.take_events(), main.information)));
            // None: another callback, further down the stack, uses it and will emit.
            let Some((events, information)) = said else { return };
            emit(events, &alive, &BoxOutput::new(instance.cast(), information));
        }
    }

    fn model_path(main: &Main) -> Option<PathBuf> {
        main.object.model_location().as_ref().and_then(ModelLocation::as_file).map(Path::to_owned)
    }

    fn hint(state: &State<Self>, is_inlet: bool, index: usize) -> Option<String> {
        state.main.try_with(|main| {
            if is_inlet { main.object.inlet_hint(index) } else { main.object.outlet_hint(index) }
        })
    }

    unsafe fn leave_audio(instance: *mut Instance) {
        // SAFETY: a live box, on the main thread, as the caller says.
        unsafe { ffi::z_dsp_free(instance.cast()) };
    }

    fn free(&self) {
        self.references.free_all();
    }
}

fn dispatch(main: &mut Main, deferred: Deferred<SoundTask>) {
    let look = &find::MaxSearchPath;
    match deferred {
        Deferred::Message(selector, atoms) => {
            main.object.handle(&selector, &array_object::named(&selector, atoms), look);
        }
        Deferred::Describe => main.object.ask_summary(),
        Deferred::Own(SoundTask::Set(attribute, atoms)) => {
            main.object.handle(attribute.message(), &atoms, look);
        }
        Deferred::Own(SoundTask::Number(inlet, number)) => {
            if !number.number().is_some_and(|value| main.object.number_at(inlet, value)) {
                let selector = if matches!(number, Atom::Int(_)) { "int" } else { "float" };
                main.object.handle(selector, &[number], look);
            }
        }
        Deferred::Own(SoundTask::Recall(preset)) => main.object.recall(&preset),
    }
}
