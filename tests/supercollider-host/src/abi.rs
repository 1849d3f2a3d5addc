//! The servers' C interface of API version 3, written from its description and not from the frontend's declarations.

use std::{
    ffi::{c_char, c_int, c_void},
    mem::{offset_of, size_of},
};

/// Constant.
pub const SCALAR: i16 = 0;
/// One value in a block.
pub const CONTROL: i16 = 1;
/// One value for each sample.
pub const AUDIO: i16 = 2;

pub type UnitFunction = unsafe extern "C" fn(*mut Unit);
pub type Calc = unsafe extern "C" fn(*mut Unit, c_int);
pub type Command = unsafe extern "C" fn(*mut World, *mut c_void, *mut MessageIterator, *mut c_void);
pub type Stage = unsafe extern "C" fn(*mut World, *mut c_void) -> bool;
pub type CleanUp = unsafe extern "C" fn(*mut World, *mut c_void);

#[repr(C)]
pub struct Unit {
    pub world: *mut World,
    pub definition: *mut c_void,
    pub parent: *mut Graph,
    pub num_inputs: u32,
    pub num_outputs: u32,
    pub calc_rate: i16,
    pub special_index: i16,
    pub parent_index: i16,
    pub done: i16,
    pub input: *mut *mut Wire,
    pub output: *mut *mut Wire,
    pub rate: *mut Rate,
    pub extensions: *mut c_void,
    pub in_buffers: *mut *mut f32,
    pub out_buffers: *mut *mut f32,
    pub calc: Option<Calc>,
    pub block_frames: c_int,
}

#[repr(C)]
pub struct Wire {
    pub from: *mut Unit,
    pub calc_rate: i32,
    pub buffer: *mut f32,
    pub scalar: f32,
}

#[repr(C)]
#[derive(Clone, Copy, Default)]
pub struct Rate {
    pub sample_rate_hz: f64,
    pub sample_s: f64,
    pub buffer_s: f64,
    pub buffer_rate_hz: f64,
    pub slope: f64,
    pub radians: f64,
    pub block_frames: c_int,
    pub loops: c_int,
    pub remain: c_int,
    pub filter_slope: f64,
}

impl Rate {
    /// Of so many Hz, a block of so many samples.
    pub fn of(sample_rate_hz: f64, block_frames: usize) -> Self {
        let frames = block_frames as f64;
        Self {
            sample_rate_hz,
            sample_s: 1.0 / sample_rate_hz,
            buffer_s: frames / sample_rate_hz,
            buffer_rate_hz: sample_rate_hz / frames,
            slope: 1.0 / frames,
            radians: std::f64::consts::TAU / sample_rate_hz,
            block_frames: block_frames as c_int,
            ..Self::default()
        }
    }
}

#[repr(C)]
pub struct Graph {
    pub node: i32,
    pub hash: i32,
    pub world: *mut World,
    pub rest: [usize; 6],
}

/// As large as supernova's, the larger one.
#[repr(C)]
pub struct World {
    pub hidden: *mut c_void,
    pub table: *mut Table,
    pub sample_rate_hz: f64,
    pub block_frames: c_int,
    pub block_counter: c_int,
    pub counts: [u32; 12],
    pub num_buffers: u32,
    pub buffers: *mut c_void,
    pub buffers_mirror: *mut c_void,
    pub updates: *mut c_void,
    pub top_group: *mut c_void,
    pub full_rate: Rate,
    pub buffer_rate: Rate,
    pub generators: [u32; 7],
    pub sample_offset: c_int,
    pub lock: *mut c_void,
    pub unused: [u64; 2],
    pub real_time: bool,
    pub running: bool,
    pub more: [u64; 7],
}

#[repr(C)]
pub struct MessageIterator {
    pub data: *const u8,
    pub read: *const u8,
    pub end: *const u8,
    pub tags: *const c_char,
    pub size: c_int,
    pub count: c_int,
}

/// The functions, by their places: 8 bytes each.
#[repr(C)]
pub struct Table(pub [*const c_void; 40]);

/// Places of the functions that this host has.
pub mod place {
    pub const PRINT: usize = 32 / 8;
    pub const DEFINE_UNIT: usize = 48 / 8;
    pub const DEFINE_COMMAND: usize = 56 / 8;
    pub const CLEAR_OUTPUTS: usize = 80 / 8;
    pub const RT_ALLOC: usize = 112 / 8;
    pub const RT_FREE: usize = 128 / 8;
    pub const ASYNC_COMMAND: usize = 248 / 8;
}

const _: () = {
    assert!(size_of::<Unit>() == 104 && offset_of!(Unit, done) == 38 && offset_of!(Unit, in_buffers) == 72);
    assert!(offset_of!(Unit, calc) == 88 && offset_of!(Unit, block_frames) == 96);
    assert!(size_of::<Wire>() == 32 && size_of::<Rate>() == 72 && size_of::<Graph>() == 64);
    assert!(offset_of!(World, num_buffers) == 80 && offset_of!(World, full_rate) == 120);
    assert!(offset_of!(World, buffer_rate) == 192 && offset_of!(World, sample_offset) == 292);
    assert!(offset_of!(World, lock) == 296 && offset_of!(World, real_time) == 320);
    assert!(size_of::<World>() == 384 && size_of::<MessageIterator>() == 40 && size_of::<Table>() == 320);
};
