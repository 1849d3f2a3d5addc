//! The classes `nn~`, `mc.nn~` and `mcs.nn~`, with `nn.info`: made when Max loads the library, used for every new box.
#![allow(unsafe_code)]

use std::ffi::{CStr, c_long, c_void};

use nn_core::{
    frontend::class::Classes,
    guard::guarded,
    layout::BoxKind,
    object::{HostFormat, NnObject},
};
use parking_lot::Mutex;

use crate::{
    atoms::from_max,
    attribute::values,
    attributes,
    exclusive::Exclusive,
    ffi::{self, Symbol},
    info,
    instance::{Instance, Main, Sound},
    messages, perform, presets,
    references::References,
    registration::make_class,
    source::host_context,
    wires::NewBox,
};

static CLASSES: Classes<ffi::Class> = Classes::unmade();

/// A kind of box as Max knows it: its name and what makes one.
const KINDS: [(BoxKind, &CStr, New); 3] =
    [(BoxKind::Nn, c"nn~", new_nn), (BoxKind::Mc, c"mc.nn~", new_mc), (BoxKind::Mcs, c"mcs.nn~", new_mcs)];

type New = unsafe extern "C" fn(*mut Symbol, c_long, *mut ffi::Atom) -> *mut c_void;

/// Makes the classes of all boxes. The small libraries that Max opens under their names call this, each once.
///
/// # Safety
/// To be called while Max loads a library, on its main thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nn_max_setup_1() {
    guarded((), || {
        for (kind, name, new) in KINDS {
            // SAFETY: Max loads a library on its main thread, as the caller says.
            CLASSES.of(kind).make_once(|| unsafe { set_up(kind, name, new) });
        }
        // SAFETY: as above.
        unsafe { info::set_up() };
    });
}

/// Makes a class; null when Max gives none.
///
/// # Safety
/// On Max's main thread.
unsafe fn set_up(kind: BoxKind, name: &CStr, new: New) -> *mut ffi::Class {
    let more = |class| {
        let untyped: [(ffi::Method, &CStr); 6] = [
            (perform::dsp64 as _, c"dsp64"),
            (messages::notify as _, c"notify"),
            (presets::value_of as _, c"getvalueof"),
            (presets::set_value_of as _, c"setvalueof"),
            (perform::input_changed as _, c"inputchanged"),
            (perform::multichannel_outputs as _, c"multichanneloutputs"),
        ];
        // SAFETY: plain registration calls of Max; the functions have the signatures that Max calls them with, and the
        // argument lists end with A_NOTHING.
        unsafe {
            ffi::class_dspinit(class);
            for (method, name) in untyped {
                ffi::class_addmethod(class, method, name.as_ptr(), ffi::A_CANT, ffi::A_NOTHING);
            }
            let (int, float) = (messages::int as ffi::Method, messages::float as ffi::Method);
            ffi::class_addmethod(class, int, c"int".as_ptr(), ffi::A_LONG as i32, ffi::A_NOTHING);
            ffi::class_addmethod(class, float, c"float".as_ptr(), ffi::A_FLOAT as i32, ffi::A_NOTHING);
            attributes::add(class, kind);
        }
    };
    // SAFETY: such a function, on Max's main thread.
    unsafe { make_class::<Sound>(name, new as ffi::Method, more) }
}

unsafe extern "C" fn new_nn(_name: *mut Symbol, count: c_long, atoms: *mut ffi::Atom) -> *mut c_void {
    // SAFETY: Max's call, passed on.
    unsafe { new(BoxKind::Nn, count, atoms) }
}

unsafe extern "C" fn new_mc(_name: *mut Symbol, count: c_long, atoms: *mut ffi::Atom) -> *mut c_void {
    // SAFETY: Max's call, passed on.
    unsafe { new(BoxKind::Mc, count, atoms) }
}

unsafe extern "C" fn new_mcs(_name: *mut Symbol, count: c_long, atoms: *mut ffi::Atom) -> *mut c_void {
    // SAFETY: Max's call, passed on.
    unsafe { new(BoxKind::Mcs, count, atoms) }
}

/// Makes a box.
///
/// # Safety
/// To be called by Max, on its main thread, with as many atoms as it says.
unsafe fn new(kind: BoxKind, count: c_long, atoms: *mut ffi::Atom) -> *mut c_void {
    guarded(std::ptr::null_mut(), || {
        // SAFETY: Max calls this on its main thread while a patch is being built. Words from the first that begins
        // with @ on are attributes.
        let (class, arguments, host) = unsafe {
            let host = HostFormat {
                sample_rate_hz: f64::from(ffi::sys_getsr()),
                block_frames: usize::try_from(ffi::sys_getblksize()).unwrap_or(64),
            };
            let count = ffi::attr_args_offset(count as _, atoms);
            (CLASSES.of(kind).get(), from_max(count, atoms), host)
        };
        let new_box = NewBox { class: kind.class_name() };
        let (object, prepared) = NnObject::new(kind, host_context(), host, &arguments, &new_box);
        let (inlets, outlets, is_multichannel) =
            (object.inlets(), object.outlets(), object.is_multichannel());
        // SAFETY: a fresh box of our class gets its inlets, outlets, clock and state; `object_alloc` gives zeroed
        // memory of the size registered.
        unsafe {
            let instance = ffi::object_alloc(class).cast::<Instance>();
            if instance.is_null() {
                return std::ptr::null_mut();
            }
            ffi::z_dsp_setup(instance.cast(), inlets as c_long);
            (*instance).head.misc |= ffi::Z_NO_INPLACE | if is_multichannel { ffi::Z_MC_INLETS } else { 0 };
            // From right to left.
            let information = ffi::outlet_new(instance.cast(), std::ptr::null());
            for _ in 0..outlets {
                let kind = if is_multichannel { c"multichannelsignal" } else { c"signal" };
                ffi::outlet_new(instance.cast(), kind.as_ptr());
            }
            ffi::object_obex_store(instance.cast(), ffi::gensym(c"dumpout".as_ptr()), information.cast());
            let main = Main {
                object,
                information,
                inlet_channels: vec![1; inlets],
                layouts: Vec::new(),
                shown: None,
            };
            let own = Sound {
                audio: Exclusive::new(prepared.attach()),
                references: References::default(),
                seen: Mutex::default(),
            };
            Instance::attach(instance, main, own);
            ffi::attr_args_process(instance.cast(), count as _, atoms);
            // From now on Max is notified of changes.
            if let Some(state) = Instance::state(instance) {
                state.main.try_with(|main| {
                    main.shown = Some(values(&main.object));
                    state.keep_seen(&main.object);
                });
            }
            instance.cast()
        }
    })
}
