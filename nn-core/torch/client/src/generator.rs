//! A generator of Neutone: an order in, whole sounds out, and somebody who looks at it meanwhile.
#![allow(unsafe_code)] // The edge to the library.

use std::{
    ptr::{self, NonNull},
    sync::Arc,
};

use crate::{
    abi::{Input, Items, NOT_A_TENSOR, RawOrder, RawWatch, Table, Text, WRONG_SHAPE},
    call::{Fault, call},
    devices::explained,
    handle::Handle,
    library::Original,
};
use nn_model::{
    generator::{GenerateError, Generator, Order, Progress, check_made},
    spec::ModelSpec,
    value::SoundBuffer,
};

/// A generator that libtorch computes.
pub(super) struct TorchGenerator {
    handle: Handle,
    spec: ModelSpec,
    /// Keeps the weights for others of the same content.
    _original: Option<Arc<Original>>,
}

impl TorchGenerator {
    /// A generator from a copy of its module, whose spec is that of one.
    pub(super) fn new(handle: Handle, spec: ModelSpec, original: Option<Arc<Original>>) -> Self {
        Self { handle, spec, _original: original }
    }
}

impl Generator for TorchGenerator {
    fn spec(&self) -> &ModelSpec {
        &self.spec
    }

    fn seed(&mut self, seed: u64) {
        let seeded = self.handle.seed(seed);
        debug_assert!(seeded.is_ok(), "{seeded:?}");
    }

    fn progress(&self) -> Result<Arc<dyn Progress>, GenerateError> {
        let watch = RawGuard::new(&self.handle);
        let watch = watch.map_err(|fault| GenerateError::Unusable { what: explained(fault.text) })?;
        Ok(Arc::new(watch))
    }

    fn generate(&mut self, order: &Order) -> Result<Vec<SoundBuffer>, GenerateError> {
        let made = self.handle.generate(order).map_err(|Fault { status, text }| match status {
            NOT_A_TENSOR => GenerateError::NotSounds { found: text },
            WRONG_SHAPE => GenerateError::Shape { found: text },
            _ => GenerateError::Threw { what: explained(text) },
        })?;
        if made.is_empty() && !self.spec.sounds.outputs.is_empty() {
            return Err(GenerateError::Stopped);
        }
        check_made(&self.spec, &made)?;
        Ok(made)
    }
}

impl Handle {
    /// Makes a generator's sounds.
    fn generate(&mut self, order: &Order) -> Result<Vec<SoundBuffer>, Fault> {
        let texts: Vec<Text> = order.texts.iter().map(|text| Text::of(text)).collect();
        let tokens: Vec<Items<i64>> = order.tokens.iter().map(|list| Items::of(list)).collect();
        let sounds: Vec<Input> = order.sounds.iter().map(input).collect();
        let raw_order = RawOrder {
            hz: i64::from(order.rate_hz),
            sounds: Items::of(&sounds),
            numbers: Items::of(&order.numbers),
            frames: order.frames,
            texts: Items::of(&texts),
            tokens: Items::of(&tokens),
        };
        let mut made = Items::<Input> { items: ptr::null(), count: 0 };
        let (raw, table) = self.parts();
        // SAFETY: the model lives, nobody else calls it, all of the order borrows from values that live, and both places
        // are there.
        call(|message| unsafe {
            let (items, count) = (&raw mut made.items, &raw mut made.count);
            (table.generate)(raw.as_ptr(), &raw const raw_order, items, count, message)
        })?;
        let copied = |sound: &Input| {
            let samples = Items { items: sound.samples, count: sound.channels * sound.frames };
            // SAFETY: the answer lives until the next call on this model.
            let samples = unsafe { crate::convert::slice(samples) }.to_vec();
            SoundBuffer { channels: sound.channels, samples, sample_rate_hz: order.rate_hz }
        };
        // SAFETY: as above.
        Ok(unsafe { crate::convert::slice(made) }.iter().map(copied).collect())
    }
}

/// A sound as the library reads it; whole frames only.
fn input(sound: &SoundBuffer) -> Input {
    let frames = sound.samples.len().checked_div(sound.channels).unwrap_or(0);
    Input { samples: sound.samples.as_ptr(), batch: 1, channels: sound.channels, frames }
}

/// The one owner of a watch.
struct RawGuard {
    raw: NonNull<RawWatch>,
    table: &'static Table,
}

// SAFETY: the library reads and writes plain numbers of objects that it keeps, from any thread.
unsafe impl Send for RawGuard {}
// SAFETY: as above.
unsafe impl Sync for RawGuard {}

impl RawGuard {
    /// Looks at a model that nobody calls just now.
    fn new(handle: &Handle) -> Result<Self, Fault> {
        let ((model, table), mut raw) = (handle.parts(), ptr::null_mut());
        // SAFETY: the model lives, nothing of it runs, and `raw` is a place for a pointer.
        call(|message| unsafe { (table.watch_new)(model.as_ptr(), &raw mut raw, message) })?;
        let raw = NonNull::new(raw)
            .ok_or_else(|| Fault { status: crate::abi::OK, text: "the library gave no watch".into() })?;
        Ok(Self { raw, table })
    }
}

impl Drop for RawGuard {
    fn drop(&mut self) {
        // SAFETY: made by `watch_new`, freed once, here.
        unsafe { (self.table.watch_free)(self.raw.as_ptr()) }
    }
}

impl Progress for RawGuard {
    fn percent(&self) -> Option<f64> {
        // SAFETY: the watch lives.
        let percent = unsafe { (self.table.watch_percent)(self.raw.as_ptr()) };
        percent.is_finite().then(|| percent.clamp(0.0, 100.0))
    }

    fn stop(&self) {
        // SAFETY: the watch lives. A model that cannot be told goes on to its end.
        let _told = unsafe { (self.table.watch_stop)(self.raw.as_ptr()) };
    }
}
