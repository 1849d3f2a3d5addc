//! Arguments that several messages take.

use super::{
    atom::Atom,
    error::{MessageError, wrong},
};

/// A message without arguments. With arguments it is an answer of a box that was sent back: taken as a question it
/// would be answered for ever.
pub(super) fn bare<T>(selector: &'static str, atoms: &[Atom], request: T) -> Result<T, MessageError> {
    if atoms.is_empty() { Ok(request) } else { Err(wrong(selector, atoms, selector)) }
}

/// One number: any but 0 is on.
pub(super) fn switch(atoms: &[Atom]) -> Option<bool> {
    match atoms {
        [atom] => atom.number().filter(|n| n.is_finite()).map(|n| n != 0.0),
        _ => None,
    }
}

/// One whole number from 0 to `largest`.
pub(super) fn whole(atoms: &[Atom], largest: u64) -> Option<u64> {
    match atoms {
        [atom] => {
            atom.number().filter(|n| n.fract() == 0.0 && *n >= 0.0 && *n <= largest as f64).map(|n| n as u64)
        }
        _ => None,
    }
}
