//! Calls of the library that may fail.
#![allow(unsafe_code)] // The edge to the library.

use std::{
    ffi::{CStr, c_char},
    mem::MaybeUninit,
};

use crate::abi::{Message, OK, Status};

/// Room for the text of an error; what is longer is cut.
const MESSAGE_BYTES: usize = 1024;

/// A call that did not succeed.
#[derive(Debug)]
pub struct Fault {
    /// What kind of failure.
    pub status: Status,
    /// What the library wrote.
    pub text: String,
}

/// Makes a call with room for a message. The room is only touched when something fails.
pub fn call(function: impl FnOnce(*mut Message) -> Status) -> Result<(), Fault> {
    let mut room = MaybeUninit::<[u8; MESSAGE_BYTES]>::uninit();
    let text = room.as_mut_ptr().cast::<u8>();
    // SAFETY: the first byte lies in the room. An empty text is there even if nothing is written.
    unsafe { text.write(0) };
    let mut message = Message { text: text.cast::<c_char>(), capacity_bytes: MESSAGE_BYTES };
    let status = function(&raw mut message);
    if status == OK {
        return Ok(());
    }
    // SAFETY: the room holds a NUL-terminated text, ours or the library's.
    let text = unsafe { CStr::from_ptr(text.cast()) };
    Err(Fault { status, text: text.to_string_lossy().into_owned() })
}
