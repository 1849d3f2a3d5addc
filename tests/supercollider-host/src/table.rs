//! The functions that a plug-in is given.

use std::{
    ffi::{CStr, c_char, c_int, c_void},
    ptr,
};

use crate::{
    abi::{AUDIO, CleanUp, Command, Stage, Table, Unit, UnitFunction, World, place},
    count::{outside, printed},
    host::{Class, Defined, host},
    inside::Inside,
    stages::{Pending, Step},
};

unsafe extern "C" {
    fn sc_host_print(format: *const c_char, ...) -> c_int;
}

/// A table, which lives as long as the process.
pub fn new() -> *mut Table {
    let mut table = Table([unknown as *const c_void; 40]);
    table.0[0] = ptr::null();
    for (place, function) in [
        (place::PRINT, sc_host_print as *const c_void),
        (place::DEFINE_UNIT, define_unit as *const c_void),
        (place::DEFINE_COMMAND, define_command as *const c_void),
        (place::CLEAR_OUTPUTS, clear_outputs as *const c_void),
        (place::RT_ALLOC, rt_alloc as *const c_void),
        (place::RT_FREE, rt_free as *const c_void),
        (place::ASYNC_COMMAND, do_asynchronous_command as *const c_void),
    ] {
        table.0[place] = function;
    }
    Box::leak(Box::new(table))
}

/// In the place of all functions that this host lacks.
extern "C" fn unknown() {
    eprintln!("a plug-in has called a function that this host lacks");
    std::process::abort();
}

/// A name that a plug-in gives.
///
/// # Safety
/// A text.
unsafe fn named(name: *const c_char) -> String {
    // SAFETY: the caller's.
    let name = unsafe { CStr::from_ptr(name) }.to_string_lossy().into_owned();
    if name.len() > 31 {
        host().breach(format!("{name}: names have at most 31 bytes"));
    }
    name
}

#[unsafe(no_mangle)]
unsafe extern "C" fn sc_host_printed(text: *const c_char) {
    printed();
    outside(|| {
        // SAFETY: a text, from `c/print.c`.
        let text = unsafe { CStr::from_ptr(text) }.to_string_lossy();
        host().lines.lock().extend(text.lines().map(str::to_owned));
    });
}

unsafe extern "C" fn define_unit(
    name: *const c_char,
    bytes: usize,
    construct: UnitFunction,
    destruct: Option<UnitFunction>,
    _flags: u32,
) -> bool {
    // SAFETY: a text, as the interface says.
    let name = unsafe { named(name) };
    let mut classes = host().classes.lock();
    if classes.iter().any(|class| class.name == name) {
        return false;
    }
    classes.push(Class { name, bytes, construct, destruct });
    true
}

unsafe extern "C" fn define_command(name: *const c_char, function: Command, data: *mut c_void) -> bool {
    // SAFETY: a text, as the interface says.
    let name = unsafe { named(name) };
    let mut commands = host().commands.lock();
    commands.retain(|command| command.name != name);
    commands.push(Defined { name, function, data: data.expose_provenance() });
    true
}

unsafe extern "C" fn clear_outputs(unit: *mut Unit, frames: c_int) {
    // SAFETY: a live unit, whose outputs have a block.
    unsafe {
        let frames = if (*unit).calc_rate == AUDIO { frames as usize } else { 1 };
        for output in 0..(*unit).num_outputs as usize {
            ptr::write_bytes(*(*unit).out_buffers.add(output), 0, frames);
        }
    }
}

unsafe extern "C" fn rt_alloc(world: *mut World, bytes: usize) -> *mut c_void {
    outside(|| {
        // SAFETY: a world of this host.
        let inside = unsafe { Inside::of(world) };
        if !inside.is_audio_thread() {
            host().breach("fRTAlloc on a thread that is none of audio's");
        }
        inside.pool.lock().take(bytes).map_or(ptr::null_mut(), <*mut u8>::cast)
    })
}

unsafe extern "C" fn rt_free(world: *mut World, piece: *mut c_void) {
    outside(|| {
        // SAFETY: a world of this host.
        let inside = unsafe { Inside::of(world) };
        if !inside.is_audio_thread() {
            host().breach("fRTFree on a thread that is none of audio's");
        }
        if !piece.is_null() && !inside.pool.lock().give_back(piece.cast()) {
            host().breach("fRTFree of what was not given out");
        }
    });
}

unsafe extern "C" fn do_asynchronous_command(
    world: *mut World,
    _reply: *mut c_void,
    name: *const c_char,
    data: *mut c_void,
    second: Option<Stage>,
    third: Option<Stage>,
    fourth: Option<Stage>,
    clean_up: CleanUp,
    _size: c_int,
    _message: *mut c_void,
) -> c_int {
    outside(|| {
        // SAFETY: a world of this host.
        let inside = unsafe { Inside::of(world) };
        if !inside.is_audio_thread() {
            host().breach("fDoAsynchronousCommand on a thread that is none of audio's");
        }
        let stages = [second, third, fourth];
        let asked = inside.asked.lock().take();
        let mut pending =
            Pending { world, name, data, stages, clean_up, step: Step::Second, asked, fine: true };
        match &inside.other_thread {
            Some(other) => _ = other.send(pending),
            // Offline all of it happens here, one after the other.
            None => while pending.go_on() {},
        }
    });
    0
}
