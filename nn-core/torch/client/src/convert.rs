//! Values and texts across the edge.
#![allow(unsafe_code)] // Reads memory of the library.

use std::{marker::PhantomData, ptr};

use crate::abi::{Items, RawValue, Text};
use nn_model::value::{SoundBuffer, Value};

const BOOL: u32 = 0;
const INT: u32 = 1;
const FLOAT: u32 = 2;
const STRING: u32 = 3;
const TENSOR: u32 = 4;
const BUFFER: u32 = 5;

const NOTHING: RawValue = RawValue {
    kind: BOOL,
    whole: 0,
    number: 0.0,
    text: Text { bytes: ptr::null(), length: 0 },
    samples: ptr::null(),
    channels: 0,
    frames: 0,
};

/// Values in the table's form, pointing into those they were made from.
pub struct RawValues<'a> {
    raw: Vec<RawValue>,
    _borrowed: PhantomData<&'a [Value]>,
}

impl<'a> RawValues<'a> {
    /// One raw value per value.
    pub fn new(values: &'a [Value]) -> Self {
        Self { raw: values.iter().map(raw).collect(), _borrowed: PhantomData }
    }

    /// What the table takes.
    pub fn as_slice(&self) -> &[RawValue] {
        &self.raw
    }
}

fn raw(value: &Value) -> RawValue {
    match value {
        &Value::Bool(truth) => RawValue { kind: BOOL, whole: truth.into(), ..NOTHING },
        &Value::Int(whole) => RawValue { kind: INT, whole, ..NOTHING },
        &Value::Float(number) => RawValue { kind: FLOAT, number, ..NOTHING },
        Value::String(text) => RawValue { kind: STRING, text: Text::of(text), ..NOTHING },
        Value::Tensor(samples) => RawValue {
            kind: TENSOR,
            samples: samples.as_ptr(),
            channels: 1,
            frames: samples.len(),
            ..NOTHING
        },
        Value::Buffer(SoundBuffer { channels, samples, sample_rate_hz }) => RawValue {
            kind: BUFFER,
            whole: (*sample_rate_hz).into(),
            samples: samples.as_ptr(),
            channels: *channels,
            // Whole frames only: never more samples than there are.
            frames: samples.len().checked_div(*channels).unwrap_or(0),
            ..NOTHING
        },
    }
}

impl Text {
    /// A text as the library reads it, for as long as the text lives.
    pub fn of(text: &str) -> Self {
        Self { bytes: text.as_ptr().cast(), length: text.len() }
    }
}

impl<T> Items<T> {
    /// Items as the library reads them, for as long as they live.
    pub fn of(items: &[T]) -> Self {
        Self { items: items.as_ptr(), count: items.len() }
    }
}

/// # Safety
/// The value and what it points to are the library's answer to a getter, and no call was made since.
pub unsafe fn value(raw: &RawValue) -> Value {
    match raw.kind {
        BOOL => Value::Bool(raw.whole != 0),
        INT => Value::Int(raw.whole),
        FLOAT => Value::Float(raw.number),
        // SAFETY: promised by the caller.
        TENSOR => Value::Tensor(unsafe { slice(Items { items: raw.samples, count: raw.frames }) }.to_vec()),
        // SAFETY: promised by the caller. Buffers answer a text about them.
        _ => Value::String(unsafe { text(raw.text) }),
    }
}

/// # Safety
/// `items` points to `count` items that live and do not change for `'a`, or `count` is 0.
pub unsafe fn slice<'a, T>(items: Items<T>) -> &'a [T] {
    if items.count == 0 || items.items.is_null() {
        return &[];
    }
    // SAFETY: promised by the caller.
    unsafe { std::slice::from_raw_parts(items.items, items.count) }
}

/// # Safety
/// As for [`slice()`], for the time of the call.
pub unsafe fn text(text: Text) -> String {
    // SAFETY: promised by the caller.
    let bytes = unsafe { slice(Items { items: text.bytes.cast::<u8>(), count: text.length }) };
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// There and back without the library; a buffer comes back as a text only.
    #[test]
    fn values_keep_every_bit() {
        let values = vec![
            Value::Bool(true),
            Value::Int(i64::MIN + 1),
            Value::Float(0.1),
            Value::String("é ö".into()),
            Value::String(String::new()),
            Value::Tensor(vec![1.5, -2.5]),
            Value::Tensor(Vec::new()),
        ];
        let raw = RawValues::new(&values);
        // SAFETY: `raw` points into `values`, which live.
        let back: Vec<_> = raw.as_slice().iter().map(|one| unsafe { value(one) }).collect();
        assert_eq!(back, values);
    }

    #[test]
    fn a_buffer_never_promises_more_samples_than_it_has() {
        let sound = |channels| {
            let buffer = SoundBuffer { channels, samples: vec![0.0; 5], sample_rate_hz: 48_000 };
            raw(&Value::Buffer(buffer)).frames
        };
        assert_eq!((sound(1), sound(2), sound(0)), (5, 2, 0));
    }
}
