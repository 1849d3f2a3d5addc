//! A plug-in of the host's own that does on the audio thread what none may: the counters must see it.

use std::{
    ffi::{c_int, c_void},
    sync::Mutex,
    time::Duration,
};

use crate::abi::{Calc, MessageIterator, Table, Unit, UnitFunction, World, place};

static LOCK: Mutex<u32> = Mutex::new(0);

/// Makes a class of units known for each kind of fault: `Naughty_malloc`, … They do it whenever they are called.
///
/// # Safety
/// Called as a plug-in's `load`.
pub unsafe extern "C" fn naughty(table: *mut c_void, _server: i32) {
    let functions: [(&std::ffi::CStr, UnitFunction); 4] = [
        (c"Naughty_malloc", construct::<0>),
        (c"Naughty_thread", construct::<1>),
        (c"Naughty_system", construct::<2>),
        (c"Naughty_lock", construct::<3>),
    ];
    let destructors: [UnitFunction; 4] = [destruct::<0>, destruct::<1>, destruct::<2>, destruct::<3>];
    type Define =
        unsafe extern "C" fn(*const std::ffi::c_char, usize, UnitFunction, Option<UnitFunction>, u32) -> bool;
    type Command = unsafe extern "C" fn(*mut World, *mut c_void, *mut MessageIterator, *mut c_void);
    type DefineCommand = unsafe extern "C" fn(*const std::ffi::c_char, Command, *mut c_void) -> bool;
    // SAFETY: the table has these functions in these places.
    unsafe {
        let table = &*table.cast::<Table>();
        let define: Define = std::mem::transmute(table.0[place::DEFINE_UNIT]);
        for ((name, construct), destruct) in functions.into_iter().zip(destructors) {
            define(name.as_ptr(), size_of::<Unit>(), construct, Some(destruct), 0);
        }
        let define: DefineCommand = std::mem::transmute(table.0[place::DEFINE_COMMAND]);
        define(c"/naughty".as_ptr(), command, std::ptr::null_mut());
    }
}

fn fault(kind: usize) {
    match kind {
        0 => drop(std::hint::black_box(Box::new([0u8; 100]))),
        1 => _ = std::thread::spawn(|| {}).join(),
        2 => std::thread::sleep(Duration::from_nanos(1)),
        _ => {
            // SAFETY: a mutex of the C library, which lives as long as the process.
            unsafe {
                static mut MUTEX: libc::pthread_mutex_t = libc::PTHREAD_MUTEX_INITIALIZER;
                libc::pthread_mutex_lock(&raw mut MUTEX);
                libc::pthread_mutex_unlock(&raw mut MUTEX);
            }
            drop(LOCK.lock());
        }
    }
}

unsafe extern "C" fn construct<const KIND: usize>(unit: *mut Unit) {
    fault(KIND);
    // SAFETY: a unit that the host makes.
    unsafe {
        silence(unit, 1);
        (*unit).calc = Some(calculate::<KIND> as Calc);
    }
}

unsafe extern "C" fn calculate<const KIND: usize>(unit: *mut Unit, frames: c_int) {
    fault(KIND);
    // SAFETY: a live unit.
    unsafe { silence(unit, frames as usize) };
}

unsafe extern "C" fn destruct<const KIND: usize>(_unit: *mut Unit) {
    fault(KIND);
}

unsafe extern "C" fn command(
    _world: *mut World,
    _data: *mut c_void,
    _message: *mut MessageIterator,
    _reply: *mut c_void,
) {
    fault(0);
}

/// Zeros into all outputs.
///
/// # Safety
/// A live unit whose outputs have that many samples.
unsafe fn silence(unit: *mut Unit, frames: usize) {
    // SAFETY: the caller's.
    unsafe {
        for output in 0..(*unit).num_outputs as usize {
            std::ptr::write_bytes(*(*unit).out_buffers.add(output), 0, frames);
        }
    }
}
