//! The classes `nn~`, `mc.nn~` and `mcs.nn~` (`nn.info` is in [`info`]): made when Pd loads the library, used for every
//! box.
#![allow(unsafe_code)]

use std::{
    ffi::{CStr, c_int, c_void},
    mem::offset_of,
};

use nn_core::{
    frontend::{alive::Alive, class::Classes, source::source},
    guard::guarded,
    layout::BoxKind,
    object::{HostContext, HostFormat, NnObject},
};

use crate::{
    array::PdArrays,
    atoms::from_pd,
    batch::renders_batch,
    ffi::{self, Symbol},
    find::{PdSearchPath, package_folder},
    info,
    instance::{Instance, Sound},
    multichannel,
    no_signal::NO_SIGNAL,
    pd_box::make_class,
    perform::dsp,
    wires::NewBox,
};

static CLASSES: Classes<ffi::Class> = Classes::unmade();

/// A kind of box as Pd knows it: its name and what makes one. `nn~` is the last: while Pd loads `mc.nn~`, it takes a
/// class whose name is the end of that for the one it looks for, unless that one is there already.
const KINDS: [(BoxKind, &CStr, New); 3] =
    [(BoxKind::Mc, c"mc.nn~", new_mc), (BoxKind::Mcs, c"mcs.nn~", new_mcs), (BoxKind::Nn, c"nn~", new_nn)];

type New = unsafe extern "C" fn(*mut Symbol, c_int, *const ffi::Atom) -> *mut c_void;

/// Makes the classes of all boxes. The small libraries that Pd opens under their names call this (`stub/`), each once.
///
/// # Safety
/// To be called while Pd loads a library, on its main thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nn_pd_setup_1() {
    guarded((), || {
        #[cfg(feature = "fake")]
        crate::fakes::play();
        for (kind, name, new) in KINDS {
            // SAFETY: Pd loads a library on its main thread, as the caller says.
            CLASSES.of(kind).make_once(|| unsafe { set_up(name, new) });
        }
        // SAFETY: as above.
        unsafe { info::set_up() };
    });
}

/// Makes a class; null when Pd gives none.
///
/// # Safety
/// On Pd's main thread.
unsafe fn set_up(name: &CStr, new: New) -> *mut ffi::Class {
    let flags = if multichannel::set_channels().is_some() { ffi::CLASS_MULTICHANNEL } else { 0 };
    // SAFETY: plain registration calls of Pd; the functions have the signatures that Pd calls them with, and the
    // argument list ends with A_NULL.
    unsafe {
        let class = make_class::<Sound>(name, new as ffi::Method, flags);
        if !class.is_null() {
            let selector = ffi::gensym(c"dsp".as_ptr());
            ffi::class_addmethod(class, dsp as ffi::Method, selector, ffi::A_CANT, ffi::A_NULL);
            ffi::class_domainsignalin(class, offset_of!(Instance, head.scalar) as c_int);
        }
        class
    }
}

/// What all boxes with sound share.
fn host_context() -> HostContext {
    HostContext {
        arrays: &PdArrays,
        messages_wait: true,
        offline: renders_batch(),
        no_multichannel: multichannel::set_channels().is_none().then_some("they need Pd 0.54 or later"),
        ..HostContext::new(source())
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
        let class = CLASSES.of(kind).get();
        // SAFETY: Pd calls this on its main thread while a patch is being built.
        let (arguments, canvas, host) = unsafe {
            let host = HostFormat {
                sample_rate_hz: ffi::wide(ffi::sys_getsr()),
                block_frames: usize::try_from(ffi::sys_getblksize()).unwrap_or(64),
            };
            (from_pd(count, atoms), ffi::canvas_getcurrent(), host)
        };
        let around = PdSearchPath { canvas, package: package_folder(class) };
        let look = NewBox { around, canvas, class: kind.class_name(), arguments: &arguments };
        let (object, prepared) = NnObject::new(kind, host_context(), host, &arguments, &look);
        let (inlets, outlets) = (object.inlets(), object.outlets());
        // SAFETY: a fresh box of our class gets its inlets, outlets, clock and state; `pd_new` gives zeroed memory
        // of the size registered.
        unsafe {
            let instance = ffi::pd_new(class).cast::<Instance>();
            if instance.is_null() {
                return std::ptr::null_mut();
            }
            let owner = &raw mut (*instance).head.object;
            let signal = ffi::gensym(c"signal".as_ptr());
            let more_inlets = (1..inlets).map(|_| {
                let inlet = ffi::inlet_new(owner, owner.cast(), signal, signal);
                ffi::pd_float(inlet, NO_SIGNAL);
                inlet
            });
            let more_inlets = more_inlets.collect();
            for _ in 0..outlets {
                ffi::outlet_new(owner, signal);
            }
            let information = ffi::outlet_new(owner, ffi::gensym(c"anything".as_ptr()));
            let clock = Instance::clock(instance);
            let state = Sound {
                object,
                port: prepared.attach(),
                information,
                clock,
                canvas,
                class,
                more_inlets,
                inputs: Vec::with_capacity(inlets),
                outputs: Vec::with_capacity(outlets),
                alive: Alive::default(),
            };
            Instance::attach(instance, Box::new(state));
            // Messages and console lines wait until the patch is connected.
            ffi::clock_delay(clock, 0.0);
            instance.cast()
        }
    })
}
