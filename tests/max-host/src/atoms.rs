//! Atoms, on both sides.

use std::ffi::{c_char, c_long, c_short, c_void};

use crate::{
    abi::{A_FLOAT, A_LONG, A_OBJ, A_SYM, Atom, OK, RawAtom, Symbol, Word},
    memory::sysmem_newptr,
    symbols::{name, symbol},
};

pub fn to_raw(atom: &Atom) -> RawAtom {
    let (kind, word) = match atom {
        Atom::Int(number) => (A_LONG, Word { long: *number as isize }),
        Atom::Float(number) => (A_FLOAT, Word { float: *number }),
        Atom::Symbol(word) => (A_SYM, Word { symbol: symbol(word) }),
        Atom::Object => (A_OBJ, Word { object: std::ptr::null_mut() }),
    };
    RawAtom { kind: kind as c_short, word }
}

pub fn all_to_raw(atoms: &[Atom]) -> Vec<RawAtom> {
    atoms.iter().map(to_raw).collect()
}

pub unsafe fn from_raw(atom: &RawAtom) -> Atom {
    match i32::from(atom.kind) {
        A_LONG => Atom::Int(atom.word.long as i64),
        A_FLOAT => Atom::Float(atom.word.float),
        A_SYM => Atom::Symbol(name(atom.word.symbol)),
        _ => Atom::Object,
    }
}

pub unsafe fn all_from_raw(count: usize, atoms: *const RawAtom) -> Vec<Atom> {
    if atoms.is_null() || count == 0 {
        return Vec::new();
    }
    std::slice::from_raw_parts(atoms, count).iter().map(|atom| unsafe { from_raw(atom) }).collect()
}

/// Words as a user types them into a box.
pub fn parsed(text: &str) -> Vec<Atom> {
    let atom = |word: &str| match (word.parse(), word.parse::<f64>()) {
        (Ok(number), _) => Atom::Int(number),
        (_, Ok(number)) if word.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) => {
            Atom::Float(number)
        }
        _ => Atom::Symbol(word.to_owned()),
    };
    text.split_whitespace().map(atom).collect()
}

#[unsafe(no_mangle)]
unsafe extern "C" fn atom_setlong(atom: *mut RawAtom, value: isize) -> isize {
    *atom = RawAtom { kind: A_LONG as c_short, word: Word { long: value } };
    OK
}

#[unsafe(no_mangle)]
unsafe extern "C" fn atom_setfloat(atom: *mut RawAtom, value: f64) -> isize {
    *atom = RawAtom { kind: A_FLOAT as c_short, word: Word { float: value } };
    OK
}

#[unsafe(no_mangle)]
unsafe extern "C" fn atom_setsym(atom: *mut RawAtom, value: *mut Symbol) -> isize {
    *atom = RawAtom { kind: A_SYM as c_short, word: Word { symbol: value } };
    OK
}

#[unsafe(no_mangle)]
unsafe extern "C" fn atom_setobj(atom: *mut RawAtom, value: *mut c_void) -> isize {
    *atom = RawAtom { kind: A_OBJ as c_short, word: Word { object: value } };
    OK
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn atom_getlong(atom: *const RawAtom) -> isize {
    match from_raw(&*atom) {
        Atom::Int(number) => number as isize,
        Atom::Float(number) => number as isize,
        Atom::Symbol(word) => word.parse().unwrap_or(0),
        Atom::Object => 0,
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn atom_getfloat(atom: *const RawAtom) -> f64 {
    match from_raw(&*atom) {
        Atom::Int(number) => number as f64,
        Atom::Float(number) => number,
        Atom::Symbol(word) => word.parse().unwrap_or(0.0),
        Atom::Object => 0.0,
    }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn atom_getsym(atom: *const RawAtom) -> *mut Symbol {
    if i32::from((*atom).kind) == A_SYM { (*atom).word.symbol } else { symbol("") }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn atom_getobj(atom: *const RawAtom) -> *mut c_void {
    if i32::from((*atom).kind) == A_OBJ { (*atom).word.object } else { std::ptr::null_mut() }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn atom_gettype(atom: *const RawAtom) -> c_long {
    (*atom).kind.into()
}

/// Memory for atoms, unless the caller has brought some.
unsafe fn allocate(wanted: c_long, count: *mut c_long, atoms: *mut *mut RawAtom, made: *mut c_char) -> isize {
    if !(*atoms).is_null() && *count >= wanted {
        (*count, *made) = (wanted, 0);
        return OK;
    }
    let memory = sysmem_newptr(wanted as isize * size_of::<RawAtom>() as isize);
    (*count, *atoms, *made) = (wanted, memory.cast(), 1);
    OK
}

#[unsafe(no_mangle)]
unsafe extern "C" fn atom_alloc(count: *mut c_long, atoms: *mut *mut RawAtom, made: *mut c_char) -> isize {
    allocate(1, count, atoms, made)
}

#[unsafe(no_mangle)]
unsafe extern "C" fn atom_alloc_array(
    wanted: c_long,
    count: *mut c_long,
    atoms: *mut *mut RawAtom,
    made: *mut c_char,
) -> isize {
    allocate(wanted, count, atoms, made)
}

crate::keep!(
    atom_setlong,
    atom_setfloat,
    atom_setsym,
    atom_setobj,
    atom_getlong,
    atom_getfloat,
    atom_getsym,
    atom_getobj,
    atom_gettype,
    atom_alloc,
    atom_alloc_array
);
