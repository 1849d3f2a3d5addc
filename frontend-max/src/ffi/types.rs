//! Structures of Max's interface, and what they must measure.

use std::{
    ffi::{c_char, c_long, c_short, c_void},
    mem::{align_of, offset_of, size_of},
};

/// `t_atom_long`, `t_ptr_int`: as wide as a pointer.
pub type AtomLong = isize;
/// `t_max_err`.
pub type MaxErr = isize;

/// `t_symbol`: unique, compared by address.
#[repr(C)]
pub struct Symbol {
    /// The text, zero-terminated.
    pub name: *const c_char,
    /// What it is bound to.
    pub thing: *mut c_void,
}

/// The value of an [`Atom`].
#[derive(Clone, Copy)]
#[repr(C)]
pub union Word {
    /// A whole number.
    pub long: AtomLong,
    /// A number.
    pub float: f64,
    /// A symbol.
    pub symbol: *mut Symbol,
    /// An object.
    pub object: *mut c_void,
}

/// `t_atom`.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Atom {
    /// One of the `A_` constants.
    pub kind: c_short,
    /// The value.
    pub word: Word,
}

/// `t_object`.
#[repr(C)]
pub struct Object {
    messages: *mut c_void,
    magic: isize,
    inlet: *mut c_void,
    outlet: *mut c_void,
}

/// `t_pxobject` with the platform's `long`.
pub type PxObject = PxObjectOf<c_long>;

/// `t_pxobject`, which begins every audio box.
#[repr(C)]
pub struct PxObjectOf<Long> {
    /// The plain part.
    pub object: Object,
    inlet: Long,
    proxy: *mut c_void,
    disabled: Long,
    count: c_short,
    /// `Z_` flags.
    pub misc: c_short,
}

macro_rules! opaque {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[repr(C)]
        pub struct $name {
            opaque: [u8; 0],
        }
    )*};
}

opaque! {
    /// `t_class`.
    Class
    /// `t_outlet`.
    Outlet
    /// `t_clock`.
    Clock
    /// `t_qelem`.
    Qelem
    /// `t_dspchain`.
    DspChain
    /// `t_dictionary`.
    Dictionary
    /// `t_buffer_ref`.
    BufferRef
    /// `t_buffer_obj`.
    Buffer
    /// `t_atomarray`.
    AtomArray
}

/// A code pointer, cast to and from any signature.
pub type Method = *const c_void;

/// `t_perfroutine64`.
pub type Perform<T> = unsafe extern "C" fn(
    owner: *mut T,
    dsp64: *mut Object,
    inputs: *mut *mut f64,
    input_count: c_long,
    outputs: *mut *mut f64,
    output_count: c_long,
    frames: c_long,
    flags: c_long,
    user: *mut c_void,
);

// What a C compiler makes of Max's headers, for both widths of `long`.
const _: () = {
    assert!(size_of::<Symbol>() == 16 && offset_of!(Symbol, name) == 0 && offset_of!(Symbol, thing) == 8);
    assert!(size_of::<Atom>() == 16 && align_of::<Atom>() == 8);
    assert!(offset_of!(Atom, kind) == 0 && offset_of!(Atom, word) == 8 && size_of::<Word>() == 8);
    assert!(size_of::<Object>() == 32);
    assert!(offset_of!(Object, messages) == 0 && offset_of!(Object, magic) == 8);
    assert!(offset_of!(Object, inlet) == 16 && offset_of!(Object, outlet) == 24);
    type Wide = PxObjectOf<i64>;
    assert!(size_of::<Wide>() == 64 && offset_of!(Wide, object) == 0 && offset_of!(Wide, inlet) == 32);
    assert!(offset_of!(Wide, proxy) == 40 && offset_of!(Wide, disabled) == 48);
    assert!(offset_of!(Wide, count) == 56 && offset_of!(Wide, misc) == 58);
    type Narrow = PxObjectOf<i32>;
    assert!(size_of::<Narrow>() == 56 && offset_of!(Narrow, object) == 0 && offset_of!(Narrow, inlet) == 32);
    assert!(offset_of!(Narrow, proxy) == 40 && offset_of!(Narrow, disabled) == 48);
    assert!(offset_of!(Narrow, count) == 52 && offset_of!(Narrow, misc) == 54);
    assert!(size_of::<PxObject>() == if cfg!(windows) { 56 } else { 64 });
    assert!(size_of::<c_long>() == if cfg!(windows) { 4 } else { 8 } && size_of::<AtomLong>() == 8);
};
