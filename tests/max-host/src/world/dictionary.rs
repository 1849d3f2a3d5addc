//! A dictionary.

use crate::abi::{Address, Atom};

/// A dictionary.
#[derive(Default)]
pub struct Dictionary {
    pub entries: Vec<(String, Value)>,
    pub name: Option<String>,
    pub retained: usize,
    /// Part of another one, which frees it.
    pub owned: bool,
}

/// A value in one.
#[derive(Clone)]
pub enum Value {
    Atoms(Vec<Atom>),
    Dictionary(Address),
}
