//! Classes, with their methods and attributes.

use std::collections::BTreeMap;

use crate::abi::Address;

/// A method: what to call, and with what.
#[derive(Clone, Debug)]
pub struct Method {
    pub code: Address,
    pub types: Vec<i32>,
}

/// An attribute of a class.
#[derive(Clone, Debug, Default)]
pub struct Attribute {
    pub kind: String,
    pub get: Address,
    pub set: Address,
    pub offset: usize,
    pub clip: (Option<f64>, Option<f64>),
    /// Several values.
    pub array: Option<Array>,
    /// Label, style and so on.
    pub looks: BTreeMap<String, String>,
}

/// Room for several values, and where their number stands in the object; 0 for nowhere.
#[derive(Clone, Copy, Debug)]
pub struct Array {
    pub most: usize,
    pub count_offset: usize,
}

/// A class.
#[derive(Debug)]
pub struct Class {
    pub name: String,
    pub new: Address,
    pub new_types: Vec<i32>,
    pub free: Address,
    pub size: usize,
    pub methods: BTreeMap<String, Method>,
    pub attributes: BTreeMap<String, Attribute>,
    pub is_audio: bool,
    pub registered: bool,
}
