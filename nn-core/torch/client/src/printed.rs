//! Prints of models: taken from the library, as one line for a console.
#![allow(unsafe_code)] // The edge to the library.

use std::mem::MaybeUninit;

use crate::abi::{OK, RawPrinted, Table, WARNED};
use nn_model::{Printed, shown::plain};

/// What was said in calls of the calling thread since this was asked last.
pub fn take(table: &Table) -> Option<Printed> {
    let raw = raw(table)?;
    let bytes = raw.text.get(..raw.length)?;
    let mut text = one_line(&String::from_utf8_lossy(bytes));
    if raw.cut != 0 {
        text.push('…');
    }
    Some(Printed { text, is_warning: raw.kind == WARNED, count: raw.count, is_line: false })
}

/// Forgets it. Neither memory nor a lock.
pub fn forget(table: &Table) {
    let _forgotten = raw(table);
}

fn raw(table: &Table) -> Option<RawPrinted> {
    let mut room = MaybeUninit::<RawPrinted>::uninit();
    // SAFETY: the room is one for what is written whole when the call succeeds; no text is wanted of a failure.
    unsafe {
        let status = (table.take_printed)(room.as_mut_ptr(), std::ptr::null_mut());
        (status == OK).then(|| room.assume_init()).filter(|said| said.count > 0)
    }
}

/// In one line: each run of spaces is one, and what is not seen is written out.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.trim_end().chars() {
        if !c.is_whitespace() {
            line.push(c);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    plain(&line)
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn a_text_is_one_line_without_anything_that_controls_a_console() {
        for (text, line) in [
            ("a\nb\r\n", "a b"),
            ("\u{1b}[2J\u{7}clear", "[U+001B][2J[U+0007]clear"),
            ("one\u{2028}two\u{202e}three\u{9b}1m", "one two[U+202E]three[U+009B]1m"),
            ("größe  1\t%s%n", "größe 1 %s%n"),
            ("\n", ""),
        ] {
            assert_eq!(one_line(text), line);
        }
    }
}
