//! Functions of MaxAudio.

use std::ffi::{c_int, c_long, c_void};

use super::types::{AtomLong, Buffer, BufferRef, Class, DspChain, MaxErr, Object, PxObject, Symbol};

#[cfg_attr(windows, link(name = "MaxAudio", kind = "raw-dylib"))]
unsafe extern "C" {
    pub fn class_dspinit(class: *mut Class);
    pub fn z_dsp_setup(owner: *mut PxObject, inlets: c_long);
    pub fn z_dsp_free(owner: *mut PxObject);
    pub fn dsp_add64(
        dsp64: *mut Object,
        owner: *mut Object,
        routine: *const c_void,
        flags: c_long,
        user: *mut c_void,
    );
    pub fn sys_getsr() -> f32;
    pub fn sys_getblksize() -> c_int;
    pub fn sys_getdspobjdspstate(owner: *mut Object) -> c_int;
    pub fn dspchain_fromobject(owner: *mut Object) -> *mut DspChain;
    pub fn dspchain_setbroken(chain: *mut DspChain);
    pub fn buffer_ref_new(owner: *mut Object, name: *mut Symbol) -> *mut BufferRef;
    pub fn buffer_ref_getobject(reference: *mut BufferRef) -> *mut Buffer;
    pub fn buffer_ref_notify(
        reference: *mut BufferRef,
        symbol: *mut Symbol,
        message: *mut Symbol,
        sender: *mut c_void,
        data: *mut c_void,
    ) -> MaxErr;
    pub fn buffer_locksamples(buffer: *mut Buffer) -> *mut f32;
    pub fn buffer_unlocksamples(buffer: *mut Buffer);
    pub fn buffer_getchannelcount(buffer: *mut Buffer) -> AtomLong;
    pub fn buffer_getframecount(buffer: *mut Buffer) -> AtomLong;
    pub fn buffer_setdirty(buffer: *mut Buffer) -> MaxErr;
    pub fn buffer_getsamplerate(buffer: *mut Buffer) -> f64;
}
