//! Memory that changes hands.

use std::ffi::c_void;

use crate::{breaches::breach, threads::ANYWHERE_BUT_AUDIO, world::world};

#[unsafe(no_mangle)]
pub unsafe extern "C" fn sysmem_newptr(bytes: isize) -> *mut c_void {
    ANYWHERE_BUT_AUDIO.check("sysmem_newptr");
    let bytes = bytes.max(1) as usize;
    let memory = libc::malloc(bytes);
    // Nobody is to count on zeros.
    libc::memset(memory, 0xA5, bytes);
    world().memory.insert(memory as usize, bytes);
    memory
}

#[unsafe(no_mangle)]
unsafe extern "C" fn sysmem_newptrclear(bytes: isize) -> *mut c_void {
    let memory = sysmem_newptr(bytes);
    libc::memset(memory, 0, bytes.max(1) as usize);
    memory
}

#[unsafe(no_mangle)]
unsafe extern "C" fn sysmem_resizeptr(memory: *mut c_void, bytes: isize) -> *mut c_void {
    let new = sysmem_newptr(bytes);
    let old = sysmem_ptrsize(memory).min(bytes);
    std::ptr::copy_nonoverlapping(memory.cast::<u8>(), new.cast::<u8>(), old.max(0) as usize);
    sysmem_freeptr(memory);
    new
}

#[unsafe(no_mangle)]
unsafe extern "C" fn sysmem_ptrsize(memory: *mut c_void) -> isize {
    world().memory.get(&(memory as usize)).map_or(0, |&bytes| bytes as isize)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn sysmem_freeptr(memory: *mut c_void) {
    ANYWHERE_BUT_AUDIO.check("sysmem_freeptr");
    if memory.is_null() {
        return;
    }
    let known = world().memory.remove(&(memory as usize));
    match known {
        Some(_) => libc::free(memory),
        None => breach("sysmem_freeptr of memory that is not Max's, or was freed before".into()),
    }
}

/// From, to: not as memcpy has it.
#[unsafe(no_mangle)]
unsafe extern "C" fn sysmem_copyptr(from: *const c_void, to: *mut c_void, bytes: isize) {
    std::ptr::copy(from.cast::<u8>(), to.cast::<u8>(), bytes.max(0) as usize);
}

crate::keep!(
    sysmem_newptr,
    sysmem_newptrclear,
    sysmem_resizeptr,
    sysmem_ptrsize,
    sysmem_freeptr,
    sysmem_copyptr
);
