//! The edge to libpd and to this host's C files. Everything here is called on one thread, the one that
//! called [`Pd::start`]; `Pd` cannot leave it.
#![allow(unsafe_code)]

use crate::console;
use std::ffi::{CStr, CString, c_char, c_float, c_int, c_void};
use std::marker::PhantomData;

/// An element of a Pd message.
#[derive(Clone, Debug, PartialEq)]
pub enum Atom {
    Float(f32),
    Symbol(String),
}

impl std::fmt::Display for Atom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Float(value) => write!(f, "{value}"),
            Self::Symbol(text) => f.write_str(&text.replace('\\', "\\\\").replace(' ', "\\ ")),
        }
    }
}

/// Counters, in the order of `c/host_count.h`.
pub const COUNTERS: [&str; 10] =
    ["malloc", "free", "lock", "wait", "wake", "thread", "futex_wait", "futex_wake", "system", "print"];

type Name = *const c_char;
type Atoms = *mut c_void;

unsafe extern "C" {
    safe fn libpd_init() -> c_int;
    fn libpd_add_to_search_path(path: Name);
    fn libpd_openfile(name: Name, folder: Name) -> *mut c_void;
    fn libpd_closefile(patch: *mut c_void);
    fn libpd_getdollarzero(patch: *mut c_void) -> c_int;
    safe fn libpd_init_audio(inputs: c_int, outputs: c_int, samplerate_hz: c_int) -> c_int;
    fn libpd_process_float(ticks: c_int, input: *const c_float, output: *mut c_float) -> c_int;
    safe fn libpd_start_message(length: c_int) -> c_int;
    fn libpd_add_float(value: c_float);
    fn libpd_add_symbol(text: Name);
    fn libpd_finish_message(receiver: Name, selector: Name) -> c_int;
    fn libpd_exists(receiver: Name) -> c_int;
    fn libpd_bind(name: Name) -> *mut c_void;
    safe fn libpd_poll_gui() -> c_int;
    safe fn libpd_set_banghook(hook: extern "C" fn(Name));
    safe fn libpd_set_floathook(hook: extern "C" fn(Name, c_float));
    safe fn libpd_set_symbolhook(hook: extern "C" fn(Name, Name));
    safe fn libpd_set_listhook(hook: extern "C" fn(Name, c_int, Atoms));
    safe fn libpd_set_messagehook(hook: extern "C" fn(Name, Name, c_int, Atoms));
    fn libpd_is_float(atom: Atoms) -> c_int;
    fn libpd_is_symbol(atom: Atoms) -> c_int;
    fn libpd_get_float(atom: Atoms) -> c_float;
    fn libpd_get_symbol(atom: Atoms) -> Name;
    fn libpd_next_atom(atom: Atoms) -> Atoms;

    safe fn host_print_setup();
    safe fn host_naughty_setup();
    fn host_patch_is_open(patch: *mut c_void) -> c_int;
    safe fn host_watch(on: c_int);
    safe fn host_trace(how_many: c_int);
    safe fn host_counted(kind: c_int) -> u64;
    safe fn host_counts_reset();
    safe fn host_ticks_watched() -> u64;
    safe fn host_ticks_watched_reset();
    safe fn host_times_reset();
    safe fn host_times_kept() -> u64;
    safe fn host_times_lost() -> u64;
    fn host_time_tick_ns(index: u64) -> u32;
    fn host_time_external_ns(index: u64) -> u32;
    safe fn host_time_externals(on: c_int);
    safe fn host_cpu_ns() -> u64;
}

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
        libpd_set_banghook(on_bang);
        libpd_set_floathook(on_float);
        libpd_set_symbolhook(on_symbol);
        libpd_set_listhook(on_list);
        libpd_set_messagehook(on_message);
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

/// # Safety
/// `text` is null or ends in a zero byte and lives through the call.
unsafe fn text(text: Name) -> String {
    if text.is_null() {
        return String::new();
    }
    // SAFETY: promised by the caller.
    unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned()
}

/// # Safety
/// `name` and `selector` as for [`text`]; `atoms` points to `count` atoms.
unsafe fn received(name: Name, selector: &str, count: c_int, mut atoms: Atoms) {
    // SAFETY: promised by the caller.
    let mut line = format!("recv {} {selector}", unsafe { text(name) });
    for _ in 0..count {
        // SAFETY: one of the `count` atoms; the getter fits the type that was asked for.
        let atom = unsafe {
            match (libpd_is_float(atoms), libpd_is_symbol(atoms)) {
                (0, 0) => "?".into(),
                (0, _) => Atom::Symbol(text(libpd_get_symbol(atoms))).to_string(),
                _ => Atom::Float(libpd_get_float(atoms)).to_string(),
            }
        };
        line = line + " " + &atom;
        // SAFETY: at most one past the end, where it is not read.
        atoms = unsafe { libpd_next_atom(atoms) };
    }
    console::say(line);
}

extern "C" fn on_bang(name: Name) {
    // SAFETY: libpd's texts live through the call, here and below.
    unsafe { received(name, "bang", 0, std::ptr::null_mut()) };
}

extern "C" fn on_float(name: Name, value: c_float) {
    // SAFETY: as above.
    console::say(format!("recv {} float {value}", unsafe { text(name) }));
}

extern "C" fn on_symbol(name: Name, symbol: Name) {
    // SAFETY: as above.
    let (name, symbol) = unsafe { (text(name), text(symbol)) };
    console::say(format!("recv {name} symbol {}", Atom::Symbol(symbol)));
}

extern "C" fn on_list(name: Name, count: c_int, atoms: Atoms) {
    // SAFETY: as above, and libpd passes `count` atoms.
    unsafe { received(name, "list", count, atoms) };
}

extern "C" fn on_message(name: Name, selector: Name, count: c_int, atoms: Atoms) {
    // SAFETY: as above.
    unsafe { received(name, &text(selector), count, atoms) };
}

/// Called by `c/host_print.c` with every piece of console text, on any thread.
// SAFETY: no other symbol of this name exists in Pd or in an external.
#[unsafe(no_mangle)]
extern "C" fn host_console(piece: Name) {
    // SAFETY: Pd's texts live through the call.
    console::printed(&unsafe { text(piece) });
}
