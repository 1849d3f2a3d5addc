//! Arguments that several messages take.

use super::{
    atom::Atom,
    table::{AS_USAGE, Parsed},
};

/// A message without arguments. With arguments it is a box's own answer that came back: taken as a question it would be
/// answered for ever.
pub(crate) fn bare<T>(atoms: &[Atom], request: T) -> Parsed<T> {
    if atoms.is_empty() { Ok(request) } else { Err(AS_USAGE) }
}

/// One number, where any but 0 is on.
pub(crate) fn switch(atoms: &[Atom]) -> Option<bool> {
    match atoms {
        [atom] => atom.number().filter(|n| n.is_finite()).map(|n| n != 0.0),
        _ => None,
    }
}

/// One whole number from 0 to `largest`.
pub(crate) fn whole(atoms: &[Atom], largest: u64) -> Option<u64> {
    match atoms {
        [atom] => {
            atom.number().filter(|n| n.fract() == 0.0 && *n >= 0.0 && *n <= largest as f64).map(|n| n as u64)
        }
        _ => None,
    }
}

/// One whole number of samples.
pub(crate) fn frames(atoms: &[Atom]) -> Option<usize> {
    whole(atoms, u64::from(u32::MAX)).map(|frames| frames as usize)
}

/// One word.
pub(crate) fn word(atoms: &[Atom]) -> Option<String> {
    match atoms {
        [Atom::Symbol(word)] => Some(word.clone()),
        _ => None,
    }
}

/// One name, which may be a number.
pub(crate) fn name(atoms: &[Atom]) -> Option<String> {
    match atoms {
        [atom] => atom.name(),
        _ => None,
    }
}
