//! What is called of libpd (`z_libpd.h`) and of this host's C files.

use std::ffi::{c_char, c_float, c_int, c_void};

/// A text that ends in a zero byte.
pub type Name = *const c_char;
/// Points to `t_atom`s.
pub type Atoms = *mut c_void;

unsafe extern "C" {
    pub safe fn libpd_init() -> c_int;
    pub fn libpd_add_to_search_path(path: Name);
    pub fn libpd_openfile(name: Name, folder: Name) -> *mut c_void;
    pub fn libpd_closefile(patch: *mut c_void);
    pub fn libpd_getdollarzero(patch: *mut c_void) -> c_int;
    pub safe fn libpd_init_audio(inputs: c_int, outputs: c_int, samplerate_hz: c_int) -> c_int;
    pub fn libpd_process_float(ticks: c_int, input: *const c_float, output: *mut c_float) -> c_int;
    pub safe fn libpd_start_message(length: c_int) -> c_int;
    pub fn libpd_add_float(value: c_float);
    pub fn libpd_add_symbol(text: Name);
    pub fn libpd_finish_message(receiver: Name, selector: Name) -> c_int;
    pub fn libpd_exists(receiver: Name) -> c_int;
    pub fn libpd_bind(name: Name) -> *mut c_void;
    pub safe fn libpd_poll_gui() -> c_int;
    pub safe fn libpd_set_banghook(hook: extern "C" fn(Name));
    pub safe fn libpd_set_floathook(hook: extern "C" fn(Name, c_float));
    pub safe fn libpd_set_symbolhook(hook: extern "C" fn(Name, Name));
    pub safe fn libpd_set_listhook(hook: extern "C" fn(Name, c_int, Atoms));
    pub safe fn libpd_set_messagehook(hook: extern "C" fn(Name, Name, c_int, Atoms));
    pub fn libpd_is_float(atom: Atoms) -> c_int;
    pub fn libpd_is_symbol(atom: Atoms) -> c_int;
    pub fn libpd_get_float(atom: Atoms) -> c_float;
    pub fn libpd_get_symbol(atom: Atoms) -> Name;
    pub fn libpd_next_atom(atom: Atoms) -> Atoms;

    pub safe fn host_print_setup();
    pub safe fn host_naughty_setup();
    pub fn host_patch_is_open(patch: *mut c_void) -> c_int;
    pub safe fn host_watch(on: c_int);
    pub safe fn host_trace(how_many: c_int);
    pub safe fn host_counted(kind: c_int) -> u64;
    pub safe fn host_counts_reset();
    pub safe fn host_ticks_watched() -> u64;
    pub safe fn host_ticks_watched_reset();
    pub safe fn host_times_reset();
    pub safe fn host_times_kept() -> u64;
    pub safe fn host_times_lost() -> u64;
    pub fn host_time_tick_ns(index: u64) -> u32;
    pub fn host_time_external_ns(index: u64) -> u32;
    pub safe fn host_time_externals(on: c_int);
    pub safe fn host_cpu_ns() -> u64;
}
