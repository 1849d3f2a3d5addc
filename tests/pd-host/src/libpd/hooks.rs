//! What Pd tells: messages to names that are listened to, and its console.

use super::atom::Atom;
use super::ffi::{
    Atoms, Name, libpd_get_float, libpd_get_symbol, libpd_is_float, libpd_is_symbol, libpd_next_atom,
    libpd_set_banghook, libpd_set_floathook, libpd_set_listhook, libpd_set_messagehook, libpd_set_symbolhook,
};
use crate::console;
use std::ffi::{CStr, c_float, c_int};

/// From now on; Pd runs.
pub fn set() {
    libpd_set_banghook(on_bang);
    libpd_set_floathook(on_float);
    libpd_set_symbolhook(on_symbol);
    libpd_set_listhook(on_list);
    libpd_set_messagehook(on_message);
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
