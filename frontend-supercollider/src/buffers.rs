//! The server's buffers as values of attributes.
#![allow(unsafe_code)] // Reads the server's memory.

use std::{cell::RefCell, collections::BTreeMap, slice};

use nn_core::{
    array::{ArrayFault, ArrayShape, Arrays},
    value::SoundBuffer,
};

use crate::{
    ffi::{SoundBufferHeader, World},
    server,
};

/// How an argument names a buffer: `buffer:3`.
const PREFIX: &str = "buffer:";

/// A copy of the buffer that a word names.
///
/// In the server's thread for commands, which alone changes these.
pub fn copy(world: &World, word: &str) -> Option<SoundBuffer> {
    let number: usize = word.strip_prefix(PREFIX)?.parse().ok()?;
    if number >= world.num_sound_buffers as usize || world.sound_buffers_mirror.is_null() {
        return None;
    }
    // supernova's have a lock behind what both have.
    let stride = size_of::<SoundBufferHeader>() + if server::is_supernova() { 8 } else { 0 };
    // SAFETY: the mirror has that many buffers of that size; their samples live while this thread does not free them.
    unsafe {
        let header = &*world.sound_buffers_mirror.byte_add(number * stride).cast::<SoundBufferHeader>();
        let (channels, frames) =
            (usize::try_from(header.channels).ok()?, usize::try_from(header.frames).ok()?);
        if header.data.is_null() || channels * frames == 0 {
            return None;
        }
        let samples = slice::from_raw_parts(header.data, channels * frames);
        let sample_rate_hz = header.sample_rate_hz.round() as u32;
        let planar = (0..channels).flat_map(|channel| samples[channel..].iter().step_by(channels));
        Some(SoundBuffer { channels, sample_rate_hz, samples: planar.copied().collect() })
    }
}

thread_local! {
    /// The buffers of the message that is being handled.
    static CURRENT: RefCell<BTreeMap<String, SoundBuffer>> = RefCell::default();
}

/// Handles a message that names these buffers.
pub fn with<R>(buffers: BTreeMap<String, SoundBuffer>, work: impl FnOnce() -> R) -> R {
    CURRENT.set(buffers);
    let result = work();
    CURRENT.take();
    result
}

/// The buffers of the message that is being handled, for the core.
#[derive(Debug)]
pub struct Buffers;

impl Arrays for Buffers {
    fn read(
        &self,
        name: &str,
        from: usize,
        most: usize,
        samples: &mut Vec<f32>,
    ) -> Result<ArrayShape, ArrayFault> {
        CURRENT.with_borrow(|buffers| {
            let Some(sound) = buffers.get(name) else {
                return Err(ArrayFault::Missing { name: name.to_owned(), cure: self.cure() });
            };
            let frames = sound.samples.len() / sound.channels.max(1);
            let (from, to) = (from.min(frames), from.saturating_add(most).min(frames));
            for channel in sound.samples.chunks_exact(frames.max(1)) {
                samples.extend_from_slice(&channel[from..to]);
            }
            Ok(ArrayShape { channels: sound.channels, frames, sample_rate_hz: sound.sample_rate_hz })
        })
    }

    fn cure(&self) -> &'static str {
        "give a Buffer that has samples, as the value itself or as buffer:NUMBER"
    }
}
