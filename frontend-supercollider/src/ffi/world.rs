//! The server's state.

use std::{
    ffi::{c_int, c_void},
    mem::{offset_of, size_of},
};

use super::Rate;

/// The server. Only its beginning; it is never made here.
#[repr(C)]
pub struct World {
    hidden: *mut c_void,
    table: *mut c_void,
    /// In Hz.
    pub sample_rate_hz: f64,
    /// Samples in a block.
    pub block_frames: c_int,
    /// Blocks since the server began.
    pub block_counter: c_int,
    counts: [u32; 12],
    /// Number of buffers.
    pub num_sound_buffers: u32,
    /// The buffers, as the audio thread sees them.
    pub sound_buffers: *mut c_void,
    /// The same, as commands see them in the other thread.
    pub sound_buffers_mirror: *mut c_void,
    updates: *mut c_void,
    top_group: *mut c_void,
    /// Of audio.
    pub full_rate: Rate,
    control_rate: Rate,
    generators: [u32; 7],
    sample_offset: c_int,
    lock: *mut c_void,
    unused: [u8; 16],
    /// False when the server renders offline.
    pub real_time: u8,
}

/// A buffer, as far as scsynth and supernova agree.
#[repr(C)]
pub struct SoundBufferHeader {
    /// In Hz.
    pub sample_rate_hz: f64,
    sample_duration: f64,
    /// The samples, frame after frame.
    pub data: *const f32,
    /// Number of channels.
    pub channels: c_int,
    /// Number of samples of all channels.
    pub samples: c_int,
    /// Number of samples of each channel.
    pub frames: c_int,
    masks: [c_int; 3],
    file: *mut c_void,
}

const _: () = {
    assert!(offset_of!(World, sample_rate_hz) == 16 && offset_of!(World, block_frames) == 24);
    assert!(offset_of!(World, num_sound_buffers) == 80 && offset_of!(World, sound_buffers) == 88);
    assert!(offset_of!(World, sound_buffers_mirror) == 96 && offset_of!(World, full_rate) == 120);
    assert!(offset_of!(World, sample_offset) == 292 && offset_of!(World, real_time) == 320);
    assert!(size_of::<SoundBufferHeader>() == 56 && offset_of!(SoundBufferHeader, frames) == 32);
};
