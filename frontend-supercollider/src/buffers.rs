//! The server's buffers as values of attributes.
#![allow(unsafe_code)] // Reads the server's memory.

use std::{cell::RefCell, collections::BTreeMap};

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

/// A copy of the buffer that a word names. UGens may write it meanwhile (RecordBuf): each sample is what it was at some moment.
///
/// # Safety
/// A live server, in its thread for commands, which alone makes and frees these.
pub unsafe fn copy(world: *const World, word: &str) -> Option<SoundBuffer> {
    let number: usize = word.strip_prefix(PREFIX)?.parse().ok()?;
    // supernova's have a lock behind what both have.
    let stride = size_of::<SoundBufferHeader>() + if server::is_supernova() { 8 } else { 0 };
    // SAFETY: the mirror has that many buffers of that size; their samples live while this thread does not free them.
    unsafe {
        let (count, mirror) = ((*world).num_sound_buffers as usize, (*world).sound_buffers_mirror);
        if number >= count || mirror.is_null() {
            return None;
        }
        let header = &*mirror.byte_add(number * stride).cast::<SoundBufferHeader>();
        let (channels, frames) =
            (usize::try_from(header.channels).ok()?, usize::try_from(header.frames).ok()?);
        if header.data.is_null() || channels * frames == 0 {
            return None;
        }
        let data = header.data;
        let planar =
            (0..channels).flat_map(|channel| (0..frames).map(move |frame| frame * channels + channel));
        let samples = planar.map(|place| data.add(place).read_volatile()).collect();
        Some(SoundBuffer { channels, sample_rate_hz: header.sample_rate_hz.round() as u32, samples })
    }
}

thread_local! {
    /// Copies of the buffers that messages named, and of what was rendered for them.
    static COPIES: RefCell<BTreeMap<String, SoundBuffer>> = RefCell::default();
    /// Buffers whose sound is whole.
    static WRITTEN: RefCell<Vec<String>> = RefCell::default();
}

/// Keeps the buffers of a message, until [`forget`].
pub fn keep(buffers: BTreeMap<String, SoundBuffer>) {
    COPIES.with_borrow_mut(|copies| copies.extend(buffers));
}

/// Nobody needs the copies any more.
pub fn forget() {
    COPIES.with_borrow_mut(BTreeMap::clear);
}

/// The buffers whose sound is whole since the last call, each with its sound.
pub fn take_written() -> Vec<(String, SoundBuffer)> {
    let names = WRITTEN.take();
    COPIES.with_borrow(|copies| {
        names.into_iter().filter_map(|name| copies.get(&name).cloned().map(|sound| (name, sound))).collect()
    })
}

/// The copies, for the core.
#[derive(Debug)]
pub struct Buffers;

impl Buffers {
    fn with<R>(&self, name: &str, work: impl FnOnce(&mut SoundBuffer) -> R) -> Result<R, ArrayFault> {
        COPIES.with_borrow_mut(|copies| match copies.get_mut(name) {
            Some(sound) => Ok(work(sound)),
            None => Err(ArrayFault::Missing { name: name.to_owned(), cure: self.cure() }),
        })
    }
}

fn shape(sound: &SoundBuffer) -> ArrayShape {
    let (channels, frames) = (sound.channels, sound.frames());
    ArrayShape { channels, frames, sample_rate_hz: sound.sample_rate_hz }
}

impl Arrays for Buffers {
    fn read(
        &self,
        name: &str,
        from: usize,
        most: usize,
        samples: &mut Vec<f32>,
    ) -> Result<ArrayShape, ArrayFault> {
        self.with(name, |sound| {
            let frames = sound.frames();
            let (from, to) = (from.min(frames), from.saturating_add(most).min(frames));
            for channel in sound.samples.chunks_exact(frames.max(1)) {
                samples.extend_from_slice(&channel[from..to]);
            }
            shape(sound)
        })
    }

    fn shape_to_write(&self, name: &str) -> Result<ArrayShape, ArrayFault> {
        self.with(name, |sound| shape(sound))
    }

    fn resize(&self, name: &str, channels: usize, frames: usize) -> Result<(), ArrayFault> {
        self.with(name, |sound| (sound.channels, sound.samples) = (channels, vec![0.0; channels * frames]))
    }

    fn write(&self, name: &str, from: usize, channels: &[Vec<f32>]) -> Result<(), ArrayFault> {
        self.with(name, |sound| {
            let frames = sound.frames();
            for (own, new) in sound.samples.chunks_exact_mut(frames.max(1)).zip(channels) {
                let room = own.get_mut(from..).unwrap_or_default();
                let fits = room.len().min(new.len());
                room[..fits].copy_from_slice(&new[..fits]);
            }
        })
    }

    fn written(&self, name: &str) {
        WRITTEN.with_borrow_mut(|names| names.push(name.to_owned()));
    }

    fn cure(&self) -> &'static str {
        "give a Buffer that has samples, as the value itself or as buffer:NUMBER"
    }
}
