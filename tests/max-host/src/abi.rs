//! Max's structures, on the host's side.

use std::ffi::{c_char, c_long, c_short, c_void};

/// A pointer of the interface, kept as a number.
pub type Address = usize;

#[repr(C)]
pub struct Symbol {
    pub name: *const c_char,
    pub thing: *mut c_void,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub union Word {
    pub long: isize,
    pub float: f64,
    pub symbol: *mut Symbol,
    pub object: *mut c_void,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct RawAtom {
    pub kind: c_short,
    pub word: Word,
}

#[repr(C)]
pub struct Object {
    pub messages: *mut c_void,
    pub magic: isize,
    pub inlet: *mut c_void,
    pub outlet: *mut c_void,
}

#[repr(C)]
pub struct PxObject {
    pub object: Object,
    pub inlet: c_long,
    pub proxy: *mut c_void,
    pub disabled: c_long,
    pub count: c_short,
    pub misc: c_short,
}

#[repr(C)]
pub struct AtomArray {
    pub object: Object,
    pub count: c_long,
    pub atoms: *mut RawAtom,
    pub flags: c_long,
}

#[repr(C)]
pub struct BufferInfo {
    pub name: *mut Symbol,
    pub samples: *mut f32,
    pub frames: c_long,
    pub channels: c_long,
    pub size: c_long,
    pub sample_rate_hz: f32,
    pub changed: c_long,
    pub rest: [c_long; 57],
}

const _: () = {
    assert!(size_of::<Symbol>() == 16 && size_of::<RawAtom>() == 16 && size_of::<Object>() == 32);
    assert!(size_of::<PxObject>() == 64 && std::mem::offset_of!(PxObject, misc) == 58);
    assert!(size_of::<AtomArray>() == 56 && std::mem::offset_of!(AtomArray, count) == 32);
    assert!(std::mem::offset_of!(AtomArray, atoms) == 40 && std::mem::offset_of!(AtomArray, flags) == 48);
    assert!(size_of::<BufferInfo>() == 512 && std::mem::offset_of!(BufferInfo, changed) == 48);
};

pub const MAGIC: isize = 1_758_379_419;
pub const OK: isize = 0;
pub const GENERIC: isize = -1;

pub const A_LONG: i32 = 1;
pub const A_FLOAT: i32 = 2;
pub const A_SYM: i32 = 3;
pub const A_OBJ: i32 = 4;
pub const A_DEFLONG: i32 = 5;
pub const A_DEFFLOAT: i32 = 6;
pub const A_DEFSYM: i32 = 7;
pub const A_GIMME: i32 = 8;
pub const A_CANT: i32 = 9;
pub const A_DEFER: i32 = 65;
pub const A_DEFER_LOW: i32 = 67;

pub const NO_INPLACE: c_short = 1;
pub const MC_INLETS: c_short = 32;

/// An atom as tests write and read it.
#[derive(Clone, Debug, PartialEq)]
pub enum Atom {
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// A word.
    Symbol(String),
    /// An object, of which only that it is one.
    Object,
}

impl std::fmt::Display for Atom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Int(number) => write!(f, "{number}"),
            Self::Float(number) => write!(f, "{number}"),
            Self::Symbol(word) => f.write_str(word),
            Self::Object => f.write_str("<object>"),
        }
    }
}

/// Atoms as text.
pub fn joined(atoms: &[Atom]) -> String {
    atoms.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}
