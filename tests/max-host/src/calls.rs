//! Calls with typed arguments: from types and atoms to the registers in which C code looks for them.
//!
//! Whole numbers, symbols and pointers travel in one row of registers and floats in another, on the 64-bit processors
//! that Linux runs on here. So one signature serves every mix of them.

use std::ffi::{c_long, c_void};

use crate::{
    abi::{A_DEFFLOAT, A_DEFLONG, A_DEFSYM, A_FLOAT, A_GIMME, A_LONG, A_SYM, Address, RawAtom, Symbol},
    atoms::{atom_getfloat, atom_getlong, atom_getsym},
    symbols::symbol,
};

type P = *mut c_void;

/// Arguments where the code looks for them.
#[derive(Default)]
pub struct Registers {
    words: Vec<P>,
    floats: Vec<f64>,
}

/// Max takes no more typed arguments than this.
const MOST: usize = 7;

impl Registers {
    /// Begins with the object, or with nothing.
    pub fn beginning_with(object: Option<P>) -> Self {
        Self { words: object.into_iter().collect(), floats: Vec::new() }
    }

    /// Adds arguments; what is missing has its default. Fails with a type that this host does not know here.
    pub unsafe fn add(&mut self, types: &[i32], atoms: &[RawAtom]) -> Result<(), i32> {
        for (at, &kind) in types.iter().enumerate().take(MOST) {
            let atom = atoms.get(at);
            match kind {
                A_LONG | A_DEFLONG => self.words.push(atom.map_or(0, |a| atom_getlong(a)) as P),
                A_SYM | A_DEFSYM => {
                    self.words.push(atom.map_or(symbol(""), |a| atom_getsym(a)).cast());
                }
                A_FLOAT | A_DEFFLOAT => self.floats.push(atom.map_or(0.0, |a| atom_getfloat(a))),
                other => return Err(other),
            }
        }
        Ok(())
    }

    /// Calls it.
    pub unsafe fn call(mut self, code: Address) -> P {
        type Code = unsafe extern "C" fn(P, P, P, P, P, P, P, P, f64, f64, f64, f64, f64, f64, f64, f64) -> P;
        self.words.resize(MOST + 1, std::ptr::null_mut());
        self.floats.resize(MOST + 1, 0.0);
        let [a, b, c, d, e, f, g, h] = self.words[..] else { unreachable!("as many as were asked for") };
        let [s, t, u, v, w, x, y, z] = self.floats[..] else { unreachable!("as many as were asked for") };
        let code: Code = std::mem::transmute(code);
        code(a, b, c, d, e, f, g, h, s, t, u, v, w, x, y, z)
    }
}

/// Calls a class's function for new objects with what was typed. Fails with what is wrong with that.
pub unsafe fn make(
    code: Address,
    types: &[i32],
    typed: *mut Symbol,
    atoms: &mut [RawAtom],
) -> Result<P, String> {
    if types == [A_GIMME] {
        let code: unsafe extern "C" fn(P, c_long, *mut RawAtom) -> P = std::mem::transmute(code);
        return Ok(code(typed.cast(), atoms.len() as c_long, atoms.as_mut_ptr()));
    }
    for (at, &kind) in types.iter().enumerate() {
        let given = atoms.get(at).map(|atom| i32::from(atom.kind));
        let fits = match kind {
            A_LONG | A_FLOAT => matches!(given, Some(A_LONG | A_FLOAT)),
            A_DEFLONG | A_DEFFLOAT => matches!(given, None | Some(A_LONG | A_FLOAT)),
            A_SYM => given == Some(A_SYM),
            A_DEFSYM => matches!(given, None | Some(A_SYM)),
            _ => true,
        };
        if !fits {
            return Err(format!("bad or missing argument {}", at + 1));
        }
    }
    let mut registers = Registers::beginning_with(None);
    registers.add(types, atoms).map_err(|kind| format!("no argument of type {kind} in a new function"))?;
    Ok(registers.call(code))
}
