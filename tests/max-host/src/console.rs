//! Max's console.

use std::ffi::{c_char, c_int, c_void};

use crate::{
    symbols::text,
    threads::ANYWHERE_BUT_AUDIO,
    world::{line::Line, world},
};

#[unsafe(no_mangle)]
unsafe extern "C" fn host_console(kind: c_int, _object: *mut c_void, line: *const c_char) {
    ANYWHERE_BUT_AUDIO.check("the console");
    let line = text(line);
    let line = match kind {
        0 => Line::Post(line),
        1 => Line::Warning(line),
        _ => Line::Error(line),
    };
    world().console.push(line);
}

crate::keep!(host_console);
