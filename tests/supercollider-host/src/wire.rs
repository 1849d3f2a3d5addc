//! A plug-in of the host's own that plays its input: what any UGen costs, for benchmarks to compare with.

use std::ffi::{c_char, c_int, c_void};

use crate::abi::{Table, Unit, UnitFunction, place};

type Define = unsafe extern "C" fn(*const c_char, usize, UnitFunction, Option<UnitFunction>, u32) -> bool;

/// Makes the class `Wire` known.
///
/// # Safety
/// Called as a plug-in's `load`.
pub unsafe extern "C" fn wire(table: *mut c_void, _server: i32) {
    // SAFETY: the table has this function in this place.
    unsafe {
        let define: Define = std::mem::transmute((*table.cast::<Table>()).0[place::DEFINE_UNIT]);
        define(c"Wire".as_ptr(), size_of::<Unit>(), construct, None, 0);
    }
}

unsafe extern "C" fn construct(unit: *mut Unit) {
    // SAFETY: a unit that the host makes, with an input and an output.
    unsafe {
        (*unit).calc = Some(calculate);
        calculate(unit, 1);
    }
}

unsafe extern "C" fn calculate(unit: *mut Unit, frames: c_int) {
    // SAFETY: a live unit with an input and an output of so many samples, perhaps the same.
    unsafe { (*(*unit).out_buffers).copy_from(*(*unit).in_buffers, frames as usize) };
}
