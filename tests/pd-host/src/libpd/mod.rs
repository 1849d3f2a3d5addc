//! The edge to libpd and to this host's C files. Everything here is called on one thread, the one that
//! called [`Pd::start`]; `Pd` cannot leave it.
#![allow(unsafe_code)]

mod atom;
mod ffi;
mod hooks;

use crate::console;
pub use atom::Atom;
use ffi::*;
use std::ffi::{CString, c_int, c_void};
use std::marker::PhantomData;

/// Counters, in the order of `c/host_count.h`.
pub const COUNTERS: [&str; 10] =
    ["malloc", "free", "lock", "wait", "wake", "thread", "futex_wait", "futex_wake", "system", "print"];

/// Frames in a tick.
pub const TICK_FRAMES: usize = 64;

/// An open patch.
#[derive(Clone, Copy)]
pub struct Patch(*mut c_void);

/// A text with a zero byte inside cannot be given to Pd.
#[derive(Debug, thiserror::Error)]
#[error("a text for Pd holds a zero byte")]
pub struct ZeroByte(#[from] std::ffi::NulError);

/// The one Pure Data of this process.
pub struct Pd {
    inputs: usize,
    outputs: usize,
    /// Pd belongs to the thread that started it.
    _not_send: PhantomData<*mut c_void>,
}

impl Pd {
    /// Starts Pd; `None` when it was started before.
    pub fn start() -> Option<Self> {
        console::claim_audio_thread();
        host_print_setup();
        if libpd_init() != 0 {
            return None;
        }
        host_naughty_setup();
        hooks::set();
        Some(Self { inputs: 0, outputs: 0, _not_send: PhantomData })
    }

    pub fn set_audio(&mut self, inputs: usize, outputs: usize, samplerate_hz: u32) {
        libpd_init_audio(inputs as c_int, outputs as c_int, samplerate_hz as c_int);
        (self.inputs, self.outputs) = (inputs, outputs);
    }

    pub fn add_path(&self, folder: &str) -> Result<(), ZeroByte> {
        let folder = CString::new(folder)?;
        // SAFETY: Pd copies the text.
        unsafe { libpd_add_to_search_path(folder.as_ptr()) };
        Ok(())
    }

    /// `None` when Pd could not open it; its console says why.
    pub fn open(&self, name: &str, folder: &str) -> Result<Option<Patch>, ZeroByte> {
        let (name, folder) = (CString::new(name)?, CString::new(folder)?);
        // SAFETY: Pd copies the texts.
        let patch = unsafe { libpd_openfile(name.as_ptr(), folder.as_ptr()) };
        Ok((!patch.is_null()).then_some(Patch(patch)))
    }

    pub fn dollar_zero(&self, patch: Patch) -> c_int {
        if !self.is_open(patch) {
            return 0;
        }
        // SAFETY: the patch is open.
        unsafe { libpd_getdollarzero(patch.0) }
    }

    /// A patch can have been closed by a message.
    pub fn is_open(&self, patch: Patch) -> bool {
        // SAFETY: the pointer is only compared.
        unsafe { host_patch_is_open(patch.0) != 0 }
    }

    pub fn close(&self, patch: Patch) {
        if self.is_open(patch) {
            // SAFETY: the patch is open, and nobody else closes it meanwhile.
            unsafe { libpd_closefile(patch.0) };
        }
    }

    /// One tick. `input` and `output` are interleaved `[64, channels]`.
    pub fn tick(&self, input: &[f32], output: &mut [f32]) {
        assert_eq!(input.len(), self.inputs * TICK_FRAMES);
        assert_eq!(output.len(), self.outputs * TICK_FRAMES);
        // SAFETY: the lengths are those that `libpd_init_audio` was told.
        unsafe { libpd_process_float(1, input.as_ptr(), output.as_mut_ptr()) };
    }

    /// False when there is no such receiver.
    pub fn message(&self, receiver: &str, selector: &str, atoms: &[Atom]) -> Result<bool, ZeroByte> {
        let (receiver, selector) = (CString::new(receiver)?, CString::new(selector)?);
        libpd_start_message(atoms.len() as c_int);
        for atom in atoms {
            match atom {
                // SAFETY: the message was started with room for this atom.
                Atom::Float(value) => unsafe { libpd_add_float(*value) },
                Atom::Symbol(text) => {
                    let text = CString::new(text.as_str())?;
                    // SAFETY: as above; Pd copies the text.
                    unsafe { libpd_add_symbol(text.as_ptr()) };
                }
            }
        }
        // SAFETY: the texts live through the call.
        let status = unsafe { libpd_finish_message(receiver.as_ptr(), selector.as_ptr()) };
        Ok(status == 0)
    }

    pub fn listen(&self, name: &str) -> Result<(), ZeroByte> {
        let name = CString::new(name)?;
        // SAFETY: Pd copies the text; the listener lives as long as the process.
        unsafe { libpd_bind(name.as_ptr()) };
        Ok(())
    }

    pub fn has_receiver(&self, name: &str) -> Result<bool, ZeroByte> {
        let name = CString::new(name)?;
        // SAFETY: the text lives through the call.
        Ok(unsafe { libpd_exists(name.as_ptr()) } != 0)
    }

    pub fn poll(&self) {
        libpd_poll_gui();
    }

    pub fn watch(&self, on: bool, traces: c_int) {
        host_trace(traces);
        host_watch(c_int::from(on));
    }

    /// Ticks watched and the counters; all start from zero again.
    pub fn take_counts(&self) -> (u64, Vec<u64>) {
        let counts = (0..COUNTERS.len()).map(|kind| host_counted(kind as c_int)).collect();
        let ticks = host_ticks_watched();
        host_counts_reset();
        host_ticks_watched_reset();
        (ticks, counts)
    }

    pub fn forget_times(&self) {
        host_times_reset();
    }

    /// Ticks that no room was left for.
    pub fn times_lost(&self) -> u64 {
        host_times_lost()
    }

    /// Durations of `dsp_tick`, in nanoseconds, in order.
    pub fn tick_times_ns(&self) -> Vec<u32> {
        // SAFETY: the index is below the number kept.
        (0..host_times_kept()).map(|index| unsafe { host_time_tick_ns(index) }).collect()
    }

    /// The part of each that was spent in perform routines of loaded libraries.
    pub fn external_times_ns(&self) -> Vec<u32> {
        // SAFETY: the index is below the number kept.
        (0..host_times_kept()).map(|index| unsafe { host_time_external_ns(index) }).collect()
    }

    pub fn time_externals(&self, on: bool) {
        host_time_externals(c_int::from(on));
    }

    /// Processor time of all threads so far, in milliseconds.
    pub fn cpu_ms(&self) -> u64 {
        host_cpu_ns() / 1_000_000
    }
}
