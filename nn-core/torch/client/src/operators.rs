//! Which operators libtorch has.
#![allow(unsafe_code)] // The edge to the library.

use std::ptr;

use crate::{
    abi::{Table, Text},
    call::{Fault, call},
    convert,
};

/// Those of these operators (`aten::conv1d`) that libtorch does not have.
pub fn lacking(table: &Table, names: &[String]) -> Result<Vec<String>, Fault> {
    let texts: Vec<_> =
        names.iter().map(|name| Text { bytes: name.as_ptr().cast(), length: name.len() }).collect();
    let mut lacking = vec![0u8; names.len()];
    // SAFETY: as many texts and places as the count says; the names outlive the call.
    call(|message| unsafe {
        (table.lacks_operators)(texts.as_ptr(), texts.len(), lacking.as_mut_ptr(), message)
    })?;
    Ok(names.iter().zip(lacking).filter(|(_, lacks)| *lacks != 0).map(|(name, _)| name.clone()).collect())
}

/// The names of all operators that libtorch has (`aten::conv1d`), in any order.
pub fn all(table: &Table) -> Result<Vec<String>, Fault> {
    let mut count = 0;
    // SAFETY: no room is offered, so only the count is written.
    call(|message| unsafe { (table.operators)(ptr::null_mut(), 0, &raw mut count, message) })?;
    let mut names = vec![Text { bytes: ptr::null(), length: 0 }; count];
    // SAFETY: there is room for as many texts as it is told.
    call(|message| unsafe { (table.operators)(names.as_mut_ptr(), names.len(), &raw mut count, message) })?;
    names.truncate(count);
    // SAFETY: the texts live as long as the process.
    Ok(names.into_iter().map(|name| unsafe { convert::text(name) }).collect())
}
