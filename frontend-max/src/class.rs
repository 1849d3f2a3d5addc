//! The classes `nn~`, `mc.nn~` and `mcs.nn~`, with `nn.info`: made when Max loads the library, asked for every box.
#![allow(unsafe_code)]

use std::{
    ffi::{CStr, c_long, c_void},
    mem::size_of,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicPtr, Ordering::Relaxed},
    },
};

use crossbeam_channel::unbounded;
use nn_core::{
    guard::guarded,
    layout::BoxKind,
    object::{HostFormat, NnObject},
};
use parking_lot::Mutex;

use crate::{
    atoms::from_max,
    attribute::values,
    attributes,
    bell::Bell,
    collective,
    editor::Editor,
    exclusive::Exclusive,
    ffi::{self, Symbol},
    hints, inbox, info,
    instance::{Instance, Main, State},
    main_thread::MainThread,
    messages, perform, presets,
    references::References,
    source::environment,
    wires::Making,
};

/// The classes, in the order of [`KINDS`].
static CLASSES: [AtomicPtr<ffi::Class>; 3] = [const { AtomicPtr::new(std::ptr::null_mut()) }; 3];

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
        for (place, (kind, name, new)) in CLASSES.iter().zip(KINDS) {
            if place.load(Relaxed).is_null() {
                // SAFETY: the caller's word.
                place.store(unsafe { set_up(kind, name, new) }, Relaxed);
            }
        }
        // SAFETY: the caller's word.
        unsafe { info::set_up() };
    });
}

/// Makes a class.
///
/// # Safety
/// On Max's main thread.
unsafe fn set_up(kind: BoxKind, name: &CStr, new: New) -> *mut ffi::Class {
    // SAFETY: plain registration calls of Max; the functions have the signatures that Max calls them with, and the
    // argument lists end with A_NOTHING.
    unsafe {
        let class = ffi::class_new(
            name.as_ptr(),
            new as ffi::Method,
            free as ffi::Method,
            size_of::<Instance>() as c_long,
            std::ptr::null(),
            ffi::A_GIMME as _,
            ffi::A_NOTHING,
        );
        if class.is_null() {
            return class;
        }
        ffi::class_dspinit(class);
        let untyped: [(ffi::Method, &CStr); 10] = [
            (perform::dsp64 as _, c"dsp64"),
            (hints::assist as _, c"assist"),
            (messages::double_click as _, c"dblclick"),
            (messages::window_closed as _, c"edclose"),
            (messages::notify as _, c"notify"),
            (collective::file_usage as _, c"fileusage"),
            (presets::value_of as _, c"getvalueof"),
            (presets::set_value_of as _, c"setvalueof"),
            (perform::input_changed as _, c"inputchanged"),
            (perform::multichannel_outputs as _, c"multichanneloutputs"),
        ];
        for (method, name) in untyped {
            ffi::class_addmethod(class, method, name.as_ptr(), ffi::A_CANT, ffi::A_NOTHING);
        }
        let add = |method, name: &CStr, kind: i32| {
            ffi::class_addmethod(class, method, name.as_ptr(), kind, ffi::A_NOTHING)
        };
        ffi::class_addmethod(class, messages::bang as _, c"bang".as_ptr(), ffi::A_NOTHING);
        add(messages::int as _, c"int", ffi::A_LONG.into());
        add(messages::float as _, c"float", ffi::A_FLOAT.into());
        add(messages::anything as _, c"list", ffi::A_GIMME);
        add(messages::anything as _, c"anything", ffi::A_GIMME);
        attributes::add(class, kind);
        ffi::class_register(ffi::gensym(c"box".as_ptr()), class);
        class
    }
}

unsafe extern "C" fn new_nn(_name: *mut Symbol, count: c_long, atoms: *mut ffi::Atom) -> *mut c_void {
    // SAFETY: Max's call, passed on.
    unsafe { new(0, count, atoms) }
}

unsafe extern "C" fn new_mc(_name: *mut Symbol, count: c_long, atoms: *mut ffi::Atom) -> *mut c_void {
    // SAFETY: Max's call, passed on.
    unsafe { new(1, count, atoms) }
}

unsafe extern "C" fn new_mcs(_name: *mut Symbol, count: c_long, atoms: *mut ffi::Atom) -> *mut c_void {
    // SAFETY: Max's call, passed on.
    unsafe { new(2, count, atoms) }
}

/// Makes a box.
///
/// # Safety
/// To be called by Max, on its main thread, with as many atoms as it says.
unsafe fn new(index: usize, count: c_long, atoms: *mut ffi::Atom) -> *mut c_void {
    guarded(std::ptr::null_mut(), || {
        // SAFETY: Max calls this on its main thread while a patch is being built. Words from the first that begins
        // with @ on are attributes.
        let (class, arguments, host) = unsafe {
            let host = HostFormat {
                sample_rate_hz: f64::from(ffi::sys_getsr()),
                block_frames: usize::try_from(ffi::sys_getblksize()).unwrap_or(64),
            };
            let count = ffi::attr_args_offset(count as _, atoms);
            (CLASSES[index].load(Relaxed), from_max(count, atoms), host)
        };
        let (kind, class_name, _) = KINDS[index];
        let making = Making { class: class_name.to_str().unwrap_or_default() };
        let (object, prepared) = NnObject::new(kind, environment(), host, &arguments, &making);
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
            (*instance).object.misc |= ffi::Z_NO_INPLACE | if is_multichannel { ffi::Z_MC_INLETS } else { 0 };
            // From right to left.
            let information = ffi::outlet_new(instance.cast(), std::ptr::null());
            for _ in 0..outlets {
                let kind = if is_multichannel { c"multichannelsignal" } else { c"signal" };
                ffi::outlet_new(instance.cast(), kind.as_ptr());
            }
            ffi::object_obex_store(instance.cast(), ffi::gensym(c"dumpout".as_ptr()), information.cast());
            let (inbox, errands) = unbounded();
            let main = Main {
                object,
                errands,
                information,
                inlet_channels: vec![1; inlets],
                layouts: Vec::new(),
                shown: None,
                alive: Arc::new(AtomicBool::new(true)),
            };
            let state = State {
                main: MainThread::new(main),
                audio: Exclusive::new(prepared.attach()),
                inbox,
                bell: Bell::hang(instance.cast(), inbox::serve as _),
                references: References::default(),
                editor: Editor::default(),
                seen: Mutex::default(),
            };
            // What there is to say waits until the patch has its cords.
            state.bell.ring_in(0.0);
            Instance::attach(instance, Box::new(state));
            ffi::attr_args_process(instance.cast(), count as _, atoms);
            // From now on Max is told of changes.
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

unsafe extern "C" fn free(instance: *mut Instance) {
    guarded((), || {
        // SAFETY: Max deletes the box. Out of the chain first: afterwards no callback runs.
        unsafe {
            ffi::z_dsp_free(instance.cast());
            let Some(state) = Instance::detach(instance) else { return };
            state.bell.take_down();
            state.references.free_all();
            state.editor.free();
            if state.main.try_with(|main| main.alive.store(false, Relaxed)).is_none() {
                // Deleted from inside one of its own callbacks, which no host may do: what that still uses stays.
                std::mem::forget(state);
            }
        }
    });
}
