//! The functions that the server gives a plug-in.

use std::{
    ffi::{c_char, c_int, c_void},
    mem::{offset_of, size_of},
};

use super::{MessageIterator, Unit, World};

/// A constructor or destructor.
pub type UnitFunction = unsafe extern "C" fn(*mut Unit);
/// What `/cmd` calls, in the audio thread.
pub type PlugInCommand = unsafe extern "C" fn(*mut World, *mut c_void, *mut MessageIterator<'_>, *mut c_void);
/// A stage of an asynchronous command; false ends it without an answer.
pub type AsyncStage = unsafe extern "C" fn(*mut World, *mut c_void) -> bool;
/// The end of an asynchronous command.
pub type CleanUp = unsafe extern "C" fn(*mut World, *mut c_void);

type Unused = *const c_void;

/// The server's functions, in its order.
#[repr(C)]
pub struct InterfaceTable {
    sine_size: u32,
    tables: [Unused; 3],
    /// Prints; any thread, but not while a block is computed.
    pub print: unsafe extern "C" fn(*const c_char, ...) -> c_int,
    random_seed: Unused,
    /// Makes a class of units: name, size, constructor, destructor, flags.
    pub define_unit:
        unsafe extern "C" fn(*const c_char, usize, UnitFunction, Option<UnitFunction>, u32) -> bool,
    /// Makes a command: name, function, its data.
    pub define_plug_in_command: unsafe extern "C" fn(*const c_char, PlugInCommand, *mut c_void) -> bool,
    define_unit_command: Unused,
    define_buffer_generator: Unused,
    /// Writes zeros into all outputs of a unit.
    pub clear_unit_outputs: unsafe extern "C" fn(*mut Unit, c_int),
    allocation: [Unused; 3],
    /// Memory of the server's pool. Audio thread.
    pub rt_alloc: unsafe extern "C" fn(*mut World, usize) -> *mut c_void,
    rt_realloc: Unused,
    /// Gives it back. Audio thread.
    pub rt_free: unsafe extern "C" fn(*mut World, *mut c_void),
    nodes: [Unused; 12],
    group_delete_all: Unused,
    done_action: Unused,
    /// Does a command in stages: answer's address, name of the answer, data, three stages, clean-up, a message for when
    /// it is done.
    pub do_asynchronous_command: unsafe extern "C" fn(
        *mut World,
        *mut c_void,
        *const c_char,
        *mut c_void,
        Option<AsyncStage>,
        Option<AsyncStage>,
        Option<AsyncStage>,
        CleanUp,
        c_int,
        *mut c_void,
    ) -> c_int,
    more: [Unused; 8],
}

const _: () = {
    assert!(size_of::<InterfaceTable>() == 320);
    assert!(offset_of!(InterfaceTable, print) == 32 && offset_of!(InterfaceTable, define_unit) == 48);
    assert!(offset_of!(InterfaceTable, define_plug_in_command) == 56);
    assert!(offset_of!(InterfaceTable, clear_unit_outputs) == 80);
    assert!(offset_of!(InterfaceTable, rt_alloc) == 112 && offset_of!(InterfaceTable, rt_free) == 128);
    assert!(offset_of!(InterfaceTable, do_asynchronous_command) == 248);
};
