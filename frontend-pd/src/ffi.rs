//! The part of Pure Data's C interface that this external uses, declared from its documentation.
//!
//! Numbers and samples have 32 bits, and 64 with the feature `double`, for a Pure Data that was built so.
#![allow(unsafe_code)]

use std::ffi::{c_char, c_double, c_int, c_void};

/// Pd's `t_float` and `t_sample`.
#[cfg(not(feature = "double"))]
pub type Float = f32;
/// Pd's `t_float` and `t_sample`.
#[cfg(feature = "double")]
pub type Float = f64;

/// A number of Pd's.
#[allow(clippy::unnecessary_cast, reason = "it has one of two widths")]
pub fn wide(number: Float) -> f64 {
    number as f64
}

/// A sample of an array, as models have it.
#[allow(clippy::unnecessary_cast, reason = "it has one of two widths")]
pub fn single(number: Float) -> f32 {
    number as f32
}

/// A number for Pd.
#[allow(clippy::unnecessary_cast, reason = "it has one of two widths")]
pub fn narrow(number: f64) -> Float {
    number as Float
}
/// Pd's `t_int`: as wide as a pointer.
pub type Int = isize;

/// `t_symbol`: unique, compared by address.
#[repr(C)]
pub struct Symbol {
    /// The text, zero-terminated.
    pub name: *const c_char,
    /// What receives messages to it; null if nothing does.
    pub thing: *mut c_void,
    next: *mut Symbol,
}

/// `t_word`.
#[derive(Clone, Copy)]
#[repr(C)]
pub union Word {
    /// A number.
    pub float: Float,
    /// A symbol.
    pub symbol: *mut Symbol,
    /// Wide enough for everything else.
    pub other: *mut c_void,
}

/// `t_atom`.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Atom {
    /// One of the `A_` constants.
    pub kind: c_int,
    /// The value.
    pub word: Word,
}

/// End of an argument list.
pub const A_NULL: c_int = 0;
/// A number.
pub const A_FLOAT: c_int = 1;
/// A symbol.
pub const A_SYMBOL: c_int = 2;
/// A number, or 0.
pub const A_DEFFLOAT: c_int = 6;
/// Any arguments.
pub const A_GIMME: c_int = 10;
/// A class that takes and makes multichannel signals; only where the Pd at hand has them.
pub const CLASS_MULTICHANNEL: c_int = 0x10;
/// Not to be called by messages.
pub const A_CANT: c_int = 11;

/// `t_object`, which begins every box. Larger than Pd's on every platform: only Pd reads it.
#[repr(C)]
pub struct Object {
    class: *mut Class,
    next: *mut c_void,
    text: *mut c_void,
    outlets: *mut c_void,
    inlets: *mut c_void,
    rest: [u64; 3],
}

/// `t_signal`. Only the fields that have stayed in place from 0.53 to 0.56.
#[repr(C)]
pub struct Signal {
    /// Samples per block.
    pub frames: c_int,
    /// The samples.
    pub samples: *mut Float,
    /// Rate in Hz.
    pub sample_rate_hz: Float,
}

/// `t_signal` from Pd 0.54 on.
#[repr(C)]
pub struct MultichannelSignal {
    frames: c_int,
    samples: *mut Float,
    sample_rate_hz: Float,
    /// Channels, each of `frames` samples, one after the other.
    pub channels: c_int,
}

/// `t_class`.
#[repr(C)]
pub struct Class {
    opaque: [u8; 0],
}
/// `t_outlet`.
#[repr(C)]
pub struct Outlet {
    opaque: [u8; 0],
}
/// `t_clock`.
#[repr(C)]
pub struct Clock {
    opaque: [u8; 0],
}
/// `t_canvas`, `t_glist`.
#[repr(C)]
pub struct Canvas {
    opaque: [u8; 0],
}

/// A method of any signature.
pub type Method = *const c_void;
/// A DSP routine.
pub type Perform = unsafe extern "C" fn(*mut Int) -> *mut Int;

// On Windows the functions come from the host's library; elsewhere they are found in the host itself.
#[cfg_attr(windows, link(name = "pd", kind = "raw-dylib"))]
unsafe extern "C" {
    pub fn gensym(name: *const c_char) -> *mut Symbol;
    // Another name keeps externals of the other width out.
    #[cfg_attr(feature = "double", link_name = "class_new64")]
    pub fn class_new(
        name: *mut Symbol,
        new: Method,
        free: Method,
        size: usize,
        flags: c_int,
        first: c_int,
        ...
    ) -> *mut Class;
    pub fn class_addmethod(class: *mut Class, method: Method, selector: *mut Symbol, first: c_int, ...);
    pub fn class_addanything(class: *mut Class, method: Method);
    pub fn class_domainsignalin(class: *mut Class, offset: c_int);
    pub fn class_gethelpdir(class: *const Class) -> *const c_char;
    pub fn pd_new(class: *mut Class) -> *mut c_void;
    pub fn pd_error(object: *const c_void, format: *const c_char, ...);
    pub fn post(format: *const c_char, ...);
    pub fn inlet_new(
        owner: *mut Object,
        destination: *mut c_void,
        from: *mut Symbol,
        to: *mut Symbol,
    ) -> *mut c_void;
    pub fn pd_float(target: *mut c_void, number: Float);
    pub fn outlet_new(owner: *mut Object, kind: *mut Symbol) -> *mut Outlet;
    pub fn outlet_anything(outlet: *mut Outlet, selector: *mut Symbol, count: c_int, atoms: *mut Atom);
    pub fn clock_new(owner: *mut c_void, method: Method) -> *mut Clock;
    pub fn clock_delay(clock: *mut Clock, delay_ms: c_double);
    pub fn clock_free(clock: *mut Clock);
    pub fn clock_gettimesince(since: c_double) -> c_double;
    pub fn dsp_add(routine: Perform, count: c_int, ...);
    pub fn sys_getsr() -> Float;
    pub fn sys_getblksize() -> c_int;
    pub fn canvas_update_dsp();
    pub fn canvas_getdir(canvas: *const Canvas) -> *mut Symbol;
    pub fn canvas_getcurrent() -> *mut Canvas;
}
