//! A linked list of pointers.

use std::ffi::c_long;

use crate::abi::Address;

/// What the flags of a list say of the pointers in it: when they are taken out, nothing is done with them…
const DATA: c_long = 2;
/// …they are given back as memory, or, without either flag, freed as objects.
const MEMORY: c_long = 4;

/// A list.
#[derive(Default)]
pub struct List {
    pub items: Vec<Address>,
    pub flags: c_long,
}

/// What is done with a pointer that is taken out of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Left,
    GivenBack,
    Freed,
}

impl List {
    pub fn fate(&self) -> Fate {
        if self.flags & MEMORY != 0 {
            Fate::GivenBack
        } else if self.flags & DATA != 0 {
            Fate::Left
        } else {
            Fate::Freed
        }
    }
}
