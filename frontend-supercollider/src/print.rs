//! Lines in the post window. Never on an audio thread.
#![allow(unsafe_code)] // Calls the server.

use nn_core::frontend::text::c_line;

use crate::server;

/// How lines begin.
const NAME: &str = "NN: ";

/// A line, with or without its beginning.
pub fn note(line: &str) {
    raw(&format!("{NAME}{}", line.strip_prefix(NAME).unwrap_or(line)));
}

/// A line that is an error, as the language marks its own.
pub fn error(line: &str) {
    raw(&format!("ERROR: {NAME}{}", line.strip_prefix(NAME).unwrap_or(line)));
}

/// A text of several lines.
pub fn text(text: &str) {
    text.lines().for_each(raw);
}

fn raw(line: &str) {
    if let Some(table) = server::table() {
        // SAFETY: format and argument agree; the server prints at once or copies.
        unsafe { (table.print)(c"%s\n".as_ptr(), c_line(line).as_ptr()) };
    }
}
