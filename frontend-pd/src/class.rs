//! The classes `nn~`, `mc.nn~` and `mcs.nn~` (`nn.info` is in [`info`]): made when Pd loads the library, asked for every box.
#![allow(unsafe_code)]

use std::{
    cell::Cell,
    ffi::{CStr, c_int, c_void},
    mem::{offset_of, size_of},
    rc::Rc,
    sync::atomic::{AtomicPtr, Ordering::Relaxed},
};

use nn_core::{
    engine::loader::Loader,
    guard::guarded,
    layout::BoxKind,
    object::{Environment, HostFormat, NnObject},
    policy,
};

use crate::{
    array::PdArrays,
    emit::{emit, from_pd, name},
    ffi::{self, Symbol},
    find::{Around, package_folder},
    info,
    instance::{Instance, State},
    multichannel,
    perform::dsp,
    source::{POLL_SOON_MS, renders_batch, source},
    wires::Making,
};

/// The buffer when none is given, as in nn~ 1.6 for Pd.
const DEFAULT_BUFFER_FRAMES: usize = 4096;
/// How often to look for answers while none is awaited.
const POLL_MS: f64 = 50.0;

/// The classes, in the order of [`index`].
static CLASSES: [AtomicPtr<ffi::Class>; 3] = [const { AtomicPtr::new(std::ptr::null_mut()) }; 3];

/// A kind of box as Pd knows it: its name and what makes one. `nn~` is the last: while Pd loads `mc.nn~`, it takes a
/// class whose name is the end of that for the one it looks for, unless that one is there already.
const KINDS: [(BoxKind, &CStr, New); 3] =
    [(BoxKind::Mc, c"mc.nn~", new_mc), (BoxKind::Mcs, c"mcs.nn~", new_mcs), (BoxKind::Nn, c"nn~", new_nn)];

type New = unsafe extern "C" fn(*mut Symbol, c_int, *const ffi::Atom) -> *mut c_void;

fn index(kind: BoxKind) -> usize {
    match kind {
        BoxKind::Nn | BoxKind::NnMulti => 0,
        BoxKind::Mc => 1,
        BoxKind::Mcs => 2,
    }
}

/// Makes the classes of all boxes. The small libraries that Pd opens under their names call this (`stub/`), each once.
///
/// # Safety
/// To be called while Pd loads a library, on its main thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nn_pd_setup_1() {
    guarded((), || {
        for (kind, name, new) in KINDS {
            // SAFETY: the caller's word.
            unsafe { set_up(kind, name, new) };
        }
        // SAFETY: as above.
        unsafe { info::set_up() };
    });
}

/// Makes a class, once.
///
/// # Safety
/// On Pd's main thread.
unsafe fn set_up(kind: BoxKind, name: &CStr, new: New) {
    let place = &CLASSES[index(kind)];
    if !place.load(Relaxed).is_null() {
        return;
    }
    // SAFETY: plain registration calls of Pd; the functions have the signatures that Pd calls them with, and the
    // argument lists end with A_NULL.
    unsafe {
        let class = ffi::class_new(
            ffi::gensym(name.as_ptr()),
            new as ffi::Method,
            free as ffi::Method,
            size_of::<Instance>(),
            if multichannel::set_channels().is_some() { ffi::CLASS_MULTICHANNEL } else { 0 },
            ffi::A_GIMME,
            ffi::A_NULL,
        );
        if class.is_null() {
            return;
        }
        ffi::class_addmethod(
            class,
            dsp as ffi::Method,
            ffi::gensym(c"dsp".as_ptr()),
            ffi::A_CANT,
            ffi::A_NULL,
        );
        ffi::class_addmethod(
            class,
            loaded as ffi::Method,
            ffi::gensym(c"loadbang".as_ptr()),
            ffi::A_DEFFLOAT,
            ffi::A_NULL,
        );
        ffi::class_addanything(class, anything as ffi::Method);
        ffi::class_domainsignalin(class, offset_of!(Instance, scalar) as c_int);
        place.store(class, Relaxed);
    }
}

/// What all boxes with sound share.
fn environment() -> Environment {
    Environment {
        source: source(),
        arrays: &PdArrays,
        loader: Loader::global(),
        workers: policy::workers_allowed(),
        default_buffer_frames: DEFAULT_BUFFER_FRAMES,
        buffer_follows_model: false,
        messages_wait: true,
        offline: renders_batch(),
        no_multichannel: multichannel::set_channels().is_none().then_some("they need Pd 0.54 or later"),
    }
}

unsafe extern "C" fn new_nn(_name: *mut Symbol, count: c_int, atoms: *const ffi::Atom) -> *mut c_void {
    // SAFETY: Pd's call, passed on.
    unsafe { new(BoxKind::Nn, count, atoms) }
}

unsafe extern "C" fn new_mc(_name: *mut Symbol, count: c_int, atoms: *const ffi::Atom) -> *mut c_void {
    // SAFETY: Pd's call, passed on.
    unsafe { new(BoxKind::Mc, count, atoms) }
}

unsafe extern "C" fn new_mcs(_name: *mut Symbol, count: c_int, atoms: *const ffi::Atom) -> *mut c_void {
    // SAFETY: Pd's call, passed on.
    unsafe { new(BoxKind::Mcs, count, atoms) }
}

/// Makes a box.
///
/// # Safety
/// To be called by Pd, on its main thread, with as many atoms as it says.
unsafe fn new(kind: BoxKind, count: c_int, atoms: *const ffi::Atom) -> *mut c_void {
    guarded(std::ptr::null_mut(), || {
        let class = CLASSES[index(kind)].load(Relaxed);
        // SAFETY: Pd calls this on its main thread while a patch is being built.
        let (arguments, canvas, host) = unsafe {
            let host = HostFormat {
                sample_rate_hz: ffi::wide(ffi::sys_getsr()),
                block_frames: usize::try_from(ffi::sys_getblksize()).unwrap_or(64),
            };
            (from_pd(count, atoms), ffi::canvas_getcurrent(), host)
        };
        let around = Around { canvas, package: package_folder(class) };
        let look = Making { around, canvas, class: kind.class_name(), arguments: &arguments };
        let (object, prepared) = NnObject::new(kind, environment(), host, &arguments, &look);
        let (inlets, outlets) = (object.inlets(), object.outlets());
        // SAFETY: a fresh box of our class gets its inlets, outlets, clock and state; `pd_new` gives zeroed memory
        // of the size registered.
        unsafe {
            let instance = ffi::pd_new(class).cast::<Instance>();
            if instance.is_null() {
                return std::ptr::null_mut();
            }
            let owner = &raw mut (*instance).object;
            let signal = ffi::gensym(c"signal".as_ptr());
            for _ in 1..inlets {
                ffi::inlet_new(owner, owner.cast(), signal, signal);
            }
            for _ in 0..outlets {
                ffi::outlet_new(owner, signal);
            }
            let information = ffi::outlet_new(owner, ffi::gensym(c"anything".as_ptr()));
            let clock = ffi::clock_new(instance.cast(), poll as ffi::Method);
            let state = State {
                object,
                port: prepared.attach(),
                information,
                clock,
                canvas,
                class,
                inputs: Vec::with_capacity(inlets),
                outputs: Vec::with_capacity(outlets),
                alive: Rc::new(Cell::new(true)),
            };
            Instance::attach(instance, Box::new(state));
            // What there is to say waits until the patch has its cords.
            ffi::clock_delay(clock, 0.0);
            instance.cast()
        }
    })
}

unsafe extern "C" fn free(instance: *mut Instance) {
    guarded((), || {
        // SAFETY: Pd deletes the box; it is out of the DSP chain, and nobody borrows its state.
        unsafe {
            let Some(state) = Instance::detach(instance) else { return };
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
            let Some(state) = Instance::state(instance) else { return };
            let look = Around { canvas: state.canvas, package: package_folder(state.class) };
            state.object.handle(&selector, &atoms, &look);
            state.object.look(false);
            if state.object.pending() {
                ffi::clock_delay(state.clock, POLL_SOON_MS);
            }
        }
        emit(instance);
    });
}

/// The patch is there with all its cords, and may quit before the clock is due: what is known already is said now. Loads
/// are not waited for, not even offline: messages of other loadbangs shall come before them.
unsafe extern "C" fn loaded(instance: *mut Instance, _action: ffi::Float) {
    guarded((), || {
        // SAFETY: Pd calls on the main thread for a live box; the borrow ends before anything is emitted.
        unsafe {
            let Some(state) = Instance::state(instance) else { return };
            state.object.at_time(ffi::clock_gettimesince(0.0));
        }
        emit(instance);
    });
}

unsafe extern "C" fn poll(instance: *mut Instance) {
    guarded((), || {
        // SAFETY: Pd's clock calls on the main thread for a live box; the borrow ends before anything is emitted.
        unsafe {
            let Some(state) = Instance::state(instance) else { return };
            // Pd's logical time, in ms since it began.
            state.object.at_time(ffi::clock_gettimesince(0.0));
            // Pd's messages and audio share a thread: what has no worker is applied here.
            state.object.poll(false);
            let delay_ms = if state.object.pending() { POLL_SOON_MS } else { POLL_MS };
            ffi::clock_delay(state.clock, delay_ms);
        }
        emit(instance);
    });
}
