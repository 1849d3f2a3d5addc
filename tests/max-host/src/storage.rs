//! Where attributes without functions of their own keep their values: in the object's own memory, one or an array.

use std::ffi::{c_long, c_void};

use crate::{
    abi::{Atom, RawAtom, Symbol},
    atoms::{atom_getfloat, atom_getsym, from_raw},
    symbols::name,
    world::class::Attribute,
};

/// The types that an attribute may have.
pub const KINDS: [&str; 9] =
    ["char", "long", "atom_long", "int32", "float32", "float64", "symbol", "atom", "object"];

fn size(kind: &str) -> usize {
    match kind {
        "char" => 1,
        "int32" | "float32" => 4,
        "atom" => size_of::<RawAtom>(),
        _ => 8,
    }
}

unsafe fn store_one(attribute: &Attribute, place: *mut c_void, value: &RawAtom) -> bool {
    let (low, high) = attribute.clip;
    let number = || {
        let value = atom_getfloat(value);
        let value = low.map_or(value, |low| value.max(low));
        high.map_or(value, |high| value.min(high))
    };
    match attribute.kind.as_str() {
        "char" => *place.cast::<u8>() = number() as u8,
        "long" => *place.cast::<c_long>() = number() as c_long,
        "atom_long" => *place.cast::<isize>() = number() as isize,
        "int32" => *place.cast::<i32>() = number() as i32,
        "float32" => *place.cast::<f32>() = number() as f32,
        "float64" => *place.cast::<f64>() = number(),
        "symbol" => *place.cast::<*mut Symbol>() = atom_getsym(value),
        "atom" => *place.cast::<RawAtom>() = *value,
        _ => return false,
    }
    true
}

unsafe fn load_one(kind: &str, place: *const c_void) -> Option<Atom> {
    Some(match kind {
        "char" => Atom::Int((*place.cast::<u8>()).into()),
        "long" => Atom::Int(*place.cast::<c_long>()),
        "atom_long" => Atom::Int(*place.cast::<isize>() as i64),
        "int32" => Atom::Int((*place.cast::<i32>()).into()),
        "float32" => Atom::Float((*place.cast::<f32>()).into()),
        "float64" => Atom::Float(*place.cast::<f64>()),
        "symbol" => Atom::Symbol(name(*place.cast::<*mut Symbol>())),
        "atom" => from_raw(&*place.cast::<RawAtom>()),
        _ => return None,
    })
}

/// Writes values into an object; what an array has no room for is left out. False when there is nothing to write.
pub unsafe fn store(attribute: &Attribute, object: usize, values: &[RawAtom]) -> bool {
    let Some(array) = attribute.array else {
        return values
            .first()
            .is_some_and(|value| store_one(attribute, (object + attribute.offset) as *mut c_void, value));
    };
    let values = &values[..values.len().min(array.most)];
    if array.count_offset != 0 {
        *((object + array.count_offset) as *mut c_long) = values.len() as c_long;
    }
    let place = |at: usize| (object + attribute.offset + at * size(&attribute.kind)) as *mut c_void;
    values.iter().enumerate().all(|(at, value)| store_one(attribute, place(at), value))
}

/// Reads values from an object.
pub unsafe fn load(attribute: &Attribute, object: usize) -> Option<Vec<Atom>> {
    let count = match attribute.array {
        None => 1,
        Some(array) if array.count_offset == 0 => array.most,
        Some(array) => *((object + array.count_offset) as *const c_long) as usize,
    };
    let place = |at: usize| (object + attribute.offset + at * size(&attribute.kind)) as *const c_void;
    (0..count).map(|at| load_one(&attribute.kind, place(at))).collect()
}
