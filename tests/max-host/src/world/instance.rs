//! Objects, with their inlets and outlets.

use std::collections::HashMap;

use crate::abi::Address;

/// An object of a class.
pub struct Instance {
    pub class: usize,
    /// In the order in which they were made: from right to left.
    pub outlets: Vec<Address>,
    pub signal_inlets: usize,
    /// Inlets that give numbers other names.
    pub number_inlets: HashMap<usize, NumberInlet>,
    pub obex: HashMap<String, Address>,
    /// True while its function for new objects runs.
    pub being_made: bool,
    pub being_freed: bool,
    pub out_of_chain: bool,
}

/// An inlet that is an object of its own.
pub struct Proxy {
    pub owner: Address,
    pub inlet: usize,
    /// Where the owner reads from which inlet a message came.
    pub place: Address,
}

/// What an inlet makes of numbers.
#[derive(Clone, Copy)]
pub enum NumberInlet {
    Int,
    Float,
}

/// An outlet.
pub struct Outlet {
    pub owner: Address,
    pub kind: String,
    /// Counted from the right.
    pub number: usize,
}
