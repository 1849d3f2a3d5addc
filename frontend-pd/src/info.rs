//! The class `nn.info`.
#![allow(unsafe_code)]

use std::{
    cell::Cell,
    ffi::{c_int, c_void},
    mem::size_of,
    rc::Rc,
    sync::atomic::{AtomicPtr, Ordering::Relaxed},
};

use nn_core::{
    engine::loader::Loader,
    guard::guarded,
    info::{Event, NnInfo, OUTLETS, Outlet, Speaking, Surroundings},
};

use crate::{
    emit::{error, from_pd, name, note, send},
    ffi::{self, Symbol},
    find::{Around, canvas_folder, package_folder},
    source::{POLL_SOON_MS, renders_batch, source},
};

static CLASS: AtomicPtr<ffi::Class> = AtomicPtr::new(std::ptr::null_mut());

/// The box, as Pd allocates it.
#[repr(C)]
struct Instance {
    object: ffi::Object,
    /// Ours, given by `new` and taken back by `free`.
    state: *mut State,
}

/// What belongs to a box.
struct State {
    info: NnInfo,
    outlets: [*mut ffi::Outlet; OUTLETS],
    /// Polls for answers.
    clock: *mut ffi::Clock,
    /// The patch it is in, which lives longer.
    canvas: *mut ffi::Canvas,
    /// False once the box is deleted: what is being emitted then stops.
    alive: Rc<Cell<bool>>,
    /// Whether something is being emitted.
    speaking: Speaking,
}

/// Makes the class, once.
///
/// # Safety
/// On Pd's main thread.
pub unsafe fn set_up() {
    if !CLASS.load(Relaxed).is_null() {
        return;
    }
    // SAFETY: plain registration calls of Pd; the functions have the signatures that Pd calls them with, and the
    // argument list ends with A_NULL.
    unsafe {
        let class = ffi::class_new(
            ffi::gensym(c"nn.info".as_ptr()),
            new as ffi::Method,
            free as ffi::Method,
            size_of::<Instance>(),
            0,
            ffi::A_GIMME,
            ffi::A_NULL,
        );
        if !class.is_null() {
            ffi::class_addmethod(
                class,
                loaded as ffi::Method,
                ffi::gensym(c"loadbang".as_ptr()),
                ffi::A_DEFFLOAT,
                ffi::A_NULL,
            );
            ffi::class_addanything(class, anything as ffi::Method);
            CLASS.store(class, Relaxed);
        }
    }
}

/// What the box finds around it, for the time of a call.
fn around<T>(canvas: *const ffi::Canvas, call: impl FnOnce(&Surroundings<'_>) -> T) -> T {
    let folder = canvas_folder(canvas);
    let look = Around { canvas, package: package_folder(CLASS.load(Relaxed)) };
    call(&Surroundings { find: &look, folder: folder.as_deref() })
}

unsafe extern "C" fn new(_name: *mut Symbol, count: c_int, atoms: *const ffi::Atom) -> *mut c_void {
    guarded(std::ptr::null_mut(), || {
        // SAFETY: Pd calls this on its main thread while a patch is being built.
        let (arguments, canvas) = unsafe { (from_pd(count, atoms), ffi::canvas_getcurrent()) };
        let info = around(canvas, |around| NnInfo::new(source(), Loader::global(), &arguments, around));
        // SAFETY: a fresh box of our class gets its outlets, clock and state; `pd_new` gives zeroed memory of the size
        // registered.
        unsafe {
            let instance = ffi::pd_new(CLASS.load(Relaxed)).cast::<Instance>();
            if instance.is_null() {
                return std::ptr::null_mut();
            }
            let owner = &raw mut (*instance).object;
            let outlets = [(); OUTLETS].map(|()| ffi::outlet_new(owner, ffi::gensym(c"anything".as_ptr())));
            let clock = ffi::clock_new(instance.cast(), poll as ffi::Method);
            let state = State {
                info,
                outlets,
                clock,
                canvas,
                alive: Rc::new(Cell::new(true)),
                speaking: Speaking::default(),
            };
            (*instance).state = Box::into_raw(Box::new(state));
            // What there is to say waits until the patch has its cords.
            ffi::clock_delay(clock, 0.0);
            instance.cast()
        }
    })
}

unsafe extern "C" fn free(instance: *mut Instance) {
    guarded((), || {
        // SAFETY: Pd deletes the box, and nobody borrows its state, which comes from `new`.
        unsafe {
            let state = std::mem::replace(&mut (*instance).state, std::ptr::null_mut());
            if state.is_null() {
                return;
            }
            let state = Box::from_raw(state);
            state.alive.set(false);
            ffi::clock_free(state.clock);
        }
    });
}

unsafe extern "C" fn anything(
    instance: *mut Instance,
    selector: *mut Symbol,
    count: c_int,
    atoms: *const ffi::Atom,
) {
    guarded((), || {
        // SAFETY: a message from Pd to a live box; the borrow of its state ends before anything is emitted.
        unsafe {
            let (selector, atoms) = (name(selector), from_pd(count, atoms));
            let Some(state) = (*instance).state.as_mut() else { return };
            around(state.canvas, |around| state.info.handle(&selector, &atoms, around));
        }
        look_and_emit(instance);
    });
}

unsafe extern "C" fn poll(instance: *mut Instance) {
    guarded((), || look_and_emit(instance));
}

/// The patch is there with all its cords, and may quit before the clock is due.
unsafe extern "C" fn loaded(instance: *mut Instance, _action: ffi::Float) {
    guarded((), || look_and_emit(instance));
}

/// Looks for answers and says what there is to say, one request after the other. Whoever hears it may send messages to
/// the box, or delete it: nothing of the box is borrowed while an outlet speaks, and a deleted box says no more.
fn look_and_emit(instance: *mut Instance) {
    // SAFETY: called at the end of a callback of a live box; the borrow ends with the statement.
    let Some(state) = (unsafe { (*instance).state.as_mut() }) else { return };
    let (outlets, alive, turn) = (state.outlets, state.alive.clone(), state.speaking.begin());
    loop {
        // SAFETY: the box is alive; the borrow ends with the round.
        let Some(state) = (unsafe { (*instance).state.as_mut() }) else { return };
        match (renders_batch(), turn.is_nested()) {
            // A rendering is to be the same every time, and may end at any time.
            (true, false) => state.info.settle(),
            (true, true) => state.info.settle_questions(),
            (false, false) => state.info.poll(),
            (false, true) => {}
        }
        let events = state.info.take_events();
        if events.is_empty() {
            if !turn.is_nested() && state.info.pending() {
                // SAFETY: the clock of the living box.
                unsafe { ffi::clock_delay(state.clock, POLL_SOON_MS) };
            }
            return;
        }
        emit(instance, events, outlets, &alive);
        if !alive.get() {
            return;
        }
    }
}

fn emit(
    instance: *mut Instance,
    events: Vec<Event>,
    outlets: [*mut ffi::Outlet; OUTLETS],
    alive: &Cell<bool>,
) {
    let outlet = |outlet: Outlet| outlets.get(outlet as usize).copied().unwrap_or(std::ptr::null_mut());
    for event in events {
        if !alive.get() {
            return;
        }
        match event {
            Event::Note(line) => note(&line),
            // SAFETY: the box is alive.
            Event::Error(line) => unsafe { error(instance.cast(), &line) },
            // SAFETY: the outlet belongs to the living box.
            Event::Message { outlet: to, selector, atoms } => unsafe { send(outlet(to), &selector, &atoms) },
            // Pd has no dictionaries.
            Event::Dictionary { outlet: to, tree } => {
                for list in tree.lists() {
                    let Some((selector, atoms)) = list.split_first() else { continue };
                    if !alive.get() {
                        return;
                    }
                    // SAFETY: as above.
                    unsafe { send(outlet(to), &selector.to_string(), atoms) };
                }
            }
            Event::Bind(_) => {}
        }
    }
}
