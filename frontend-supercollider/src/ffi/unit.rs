//! Units and what they are connected to.
//!
//! A server lays the units of a synth one behind the other, without regard to their alignment: they begin at multiples of
//! four bytes. So do the wires and the lists of pointers, which are to be read as such.
#![allow(unsafe_code)] // Reads the server's memory.

use std::{
    ffi::{c_int, c_void},
    mem::{offset_of, size_of},
};

use super::{Rate, World};

/// Constant for the life of a synth.
pub const CALC_RATE_SCALAR: i16 = 0;
/// One value for each sample.
pub const CALC_RATE_AUDIO: i16 = 2;

/// Computes one block of a unit.
pub type Calc = unsafe extern "C" fn(*mut Unit, c_int);

/// A unit generator in a synth.
#[repr(C, packed(4))]
pub struct Unit {
    /// The server.
    pub world: *mut World,
    /// Its class.
    pub definition: *mut c_void,
    /// The synth that it is part of.
    pub parent: *mut Graph,
    /// Number of inputs.
    pub num_inputs: u32,
    /// Number of outputs.
    pub num_outputs: u32,
    /// Its rate.
    pub calc_rate: i16,
    /// Distinguishes operators.
    pub special_index: i16,
    /// Its place in the synth.
    pub parent_index: i16,
    /// Whether it has finished.
    pub done: i16,
    /// What its inputs are connected to.
    pub wires: *mut *mut Wire,
    /// What its outputs are connected to.
    pub out_wires: *mut *mut Wire,
    /// Rate and block.
    pub rate: *mut Rate,
    /// Nothing.
    pub extensions: *mut c_void,
    /// The samples of its inputs.
    pub in_buffers: *mut *mut f32,
    /// The samples of its outputs.
    pub out_buffers: *mut *mut f32,
    /// Computes a block.
    pub calc: Option<Calc>,
    /// Samples in a block.
    pub block_frames: c_int,
    tail: u32,
}

/// A connection.
#[repr(C, packed(4))]
pub struct Wire {
    /// The unit from which it comes.
    pub from: *mut Unit,
    /// The rate of what comes.
    pub calc_rate: i32,
    gap: u32,
    /// Its samples.
    pub buffer: *mut f32,
    /// Its value, where it is one.
    pub scalar: f32,
    tail: u32,
}

impl Unit {
    /// Where the samples of an input begin: a block of them where it has audio rate, else one.
    ///
    /// # Safety
    /// A live unit that has that input.
    pub unsafe fn input(&self, number: usize) -> *const f32 {
        // SAFETY: the list has a pointer for each input.
        unsafe { self.in_buffers.add(number).read_unaligned() }
    }

    /// Where the samples of an output begin.
    ///
    /// # Safety
    /// A live unit that has that output.
    pub unsafe fn output(&self, number: usize) -> *mut f32 {
        // SAFETY: the list has a pointer for each output.
        unsafe { self.out_buffers.add(number).read_unaligned() }
    }

    /// Whether an input has a value for each sample.
    ///
    /// # Safety
    /// A live unit that has that input.
    pub unsafe fn is_audio(&self, number: usize) -> bool {
        // SAFETY: the list has a wire for each input.
        unsafe { (*self.wires.add(number).read_unaligned()).calc_rate == i32::from(CALC_RATE_AUDIO) }
    }
}

/// A synth or a group.
#[repr(C)]
pub struct Node {
    /// Its number.
    pub id: i32,
    hash: i32,
    world: *mut World,
    definition: *mut c_void,
    calc: *mut c_void,
    previous: *mut Node,
    next: *mut Node,
    parent: *mut c_void,
    is_group: i32,
}

/// A synth, which begins with its node.
#[repr(C)]
pub struct Graph {
    /// Its node.
    pub node: Node,
}

const _: () = {
    assert!(size_of::<Unit>() == 104 && size_of::<Wire>() == 32);
    assert!(size_of::<Node>() == 64 && offset_of!(Node, parent) == 48 && offset_of!(Node, is_group) == 56);
    assert!(offset_of!(Unit, parent) == 16 && offset_of!(Unit, num_inputs) == 24);
    assert!(offset_of!(Unit, wires) == 40 && offset_of!(Unit, rate) == 56);
    assert!(offset_of!(Unit, in_buffers) == 72 && offset_of!(Unit, out_buffers) == 80);
    assert!(offset_of!(Unit, calc) == 88 && offset_of!(Unit, block_frames) == 96);
    assert!(offset_of!(Wire, calc_rate) == 8 && offset_of!(Wire, scalar) == 24);
};
