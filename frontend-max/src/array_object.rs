//! Max's `[array]` (8.6 and later), copied: one channel of numbers.
#![allow(unsafe_code)]

use std::ffi::c_long;

use nn_core::{
    array::{ArrayFault, ArrayShape},
    message::Atom,
};

use crate::{atoms::symbol, ffi};

const CURE: &str = "put nothing but ints and floats into it";

/// The shape of an array, and a piece of it. `None` when this Max has no such array. Main thread.
pub fn read(
    name: &str,
    from: usize,
    most: usize,
    samples: &mut Vec<f32>,
) -> Option<Result<ArrayShape, ArrayFault>> {
    let arrays = ffi::array_objects()?;
    // SAFETY: Max's main thread. What is retained is released. A copy is read, because the array itself may change
    // meanwhile; it is freed once, after the last look at its atoms.
    unsafe {
        let array = arrays.find_retain(symbol(name));
        if array.is_null() {
            return None;
        }
        let copy = ffi::object_clone(array.cast());
        arrays.release(array);
        if copy.is_null() {
            return None;
        }
        let (mut count, mut atoms): (c_long, *mut ffi::Atom) = (0, std::ptr::null_mut());
        ffi::atomarray_getatoms(copy.cast(), &raw mut count, &raw mut atoms);
        let frames = if atoms.is_null() { 0 } else { usize::try_from(count).unwrap_or(0) };
        let mut numbers = true;
        if frames > 0 {
            let all = std::slice::from_raw_parts(atoms, frames);
            let piece = &all[from.min(frames)..from.saturating_add(most).min(frames)];
            samples.extend(piece.iter().map_while(number));
            numbers = all.iter().all(|atom| number(atom).is_some());
        }
        ffi::object_free(copy.cast());
        if !numbers {
            return Some(Err(ArrayFault::NotNumbers { name: name.into(), cure: CURE }));
        }
        let sample_rate_hz = ffi::sys_getsr() as u32;
        Some(Ok(ArrayShape { channels: 1, frames, sample_rate_hz }))
    }
}

fn number(atom: &ffi::Atom) -> Option<f32> {
    match atom.kind {
        // SAFETY: the kind says which word it is.
        ffi::A_LONG => Some(unsafe { atom.word.long } as f32),
        // SAFETY: as above.
        ffi::A_FLOAT => Some(unsafe { atom.word.float } as f32),
        _ => None,
    }
}

/// What an array says of itself is `array NAME`, so `[prepend set ATTRIBUTE]` makes `set ATTRIBUTE array NAME` of it:
/// the name is the value.
pub fn named(selector: &str, mut atoms: Vec<Atom>) -> Vec<Atom> {
    if let ("set", [_, Atom::Symbol(word), Atom::Symbol(_)]) = (selector, atoms.as_slice())
        && word == "array"
    {
        atoms.remove(1);
    }
    atoms
}
