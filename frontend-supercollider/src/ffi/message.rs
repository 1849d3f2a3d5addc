//! Messages as the server hands them on: type tags and big-endian words, padded to four bytes.

use std::{
    ffi::{c_char, c_int},
    marker::PhantomData,
    mem::{offset_of, size_of},
    slice,
};

/// A message that is being read.
#[repr(C)]
pub struct MessageIterator<'a> {
    data: *const c_char,
    read: *const c_char,
    end: *const c_char,
    tags: *const c_char,
    size: c_int,
    count: c_int,
    message: PhantomData<&'a [u8]>,
}

const _: () = {
    assert!(size_of::<MessageIterator<'_>>() == 40 && offset_of!(MessageIterator<'_>, tags) == 24);
    assert!(offset_of!(MessageIterator<'_>, size) == 32 && offset_of!(MessageIterator<'_>, count) == 36);
};

/// One argument of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// A text.
    Text(String),
}

/// What is left of a message, as bytes: arguments and their tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arguments<'a> {
    /// One letter for each.
    pub tags: &'a [u8],
    /// Their words.
    pub words: &'a [u8],
}

impl<'a> MessageIterator<'a> {
    /// What is left. Neither allocates nor waits.
    #[allow(unsafe_code)]
    pub fn rest(&self) -> Arguments<'a> {
        let none = Arguments { tags: &[], words: &[] };
        if self.tags.is_null() || self.read.is_null() {
            return none;
        }
        // SAFETY: the server's message lives for `'a`; its words lie between these two pointers, and the tags are a text that
        // ends with a zero.
        unsafe {
            let Ok(bytes) = usize::try_from(self.end.offset_from(self.read)) else { return none };
            let tags = self.tags.add(usize::try_from(self.count).unwrap_or(0));
            Arguments {
                tags: std::ffi::CStr::from_ptr(tags).to_bytes(),
                words: slice::from_raw_parts(self.read.cast(), bytes),
            }
        }
    }
}

impl Arguments<'_> {
    /// All of them in order. What is cut off or of an unknown kind ends the list.
    pub fn read(self) -> Vec<Argument> {
        let mut words = self.words;
        self.tags.iter().map_while(|tag| read(*tag, &mut words)).flatten().collect()
    }
}

/// Reads one argument; `Some(None)` for a blob, which nothing here takes.
fn read(tag: u8, words: &mut &[u8]) -> Option<Option<Argument>> {
    Some(Some(match tag {
        b'i' => Argument::Int(i32::from_be_bytes(take(words)?).into()),
        b'h' => Argument::Int(i64::from_be_bytes(take(words)?)),
        b'f' => Argument::Float(f32::from_be_bytes(take(words)?).into()),
        b'd' => Argument::Float(f64::from_be_bytes(take(words)?)),
        b'T' => Argument::Int(1),
        b'F' => Argument::Int(0),
        b's' | b'S' => {
            let length = words.iter().position(|byte| *byte == 0)?;
            let text = String::from_utf8_lossy(&words[..length]).into_owned();
            *words = words.get((length / 4 + 1) * 4..).unwrap_or(&[]);
            Argument::Text(text)
        }
        b'b' => {
            let length = usize::try_from(i32::from_be_bytes(take(words)?)).ok()?;
            *words = words.get(length.next_multiple_of(4)..)?;
            return Some(None);
        }
        _ => return None,
    }))
}

fn take<const N: usize>(words: &mut &[u8]) -> Option<[u8; N]> {
    let (first, rest) = words.split_first_chunk::<N>()?;
    *words = rest;
    Some(*first)
}
