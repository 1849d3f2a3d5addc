//! Lines in the post window. Never on an audio thread.
#![allow(unsafe_code)] // Calls the server.

use nn_core::frontend::text::c_line;

use crate::server;

/// A line.
pub fn note(line: &str) {
    raw(&format!("NN: {line}"));
}

/// A line that is an error, as the language marks its own.
pub fn error(line: &str) {
    raw(&format!("ERROR: NN: {line}"));
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
