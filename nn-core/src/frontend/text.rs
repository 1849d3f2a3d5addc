//! Texts for hosts, which are written in C.
//!
//! Thread: any but audio.

use std::ffi::CString;

use nn_model::shown::plain;

/// Text for C: a zero byte inside ends it. Allocates.
pub fn c_text(text: &str) -> CString {
    let end = text.find('\0').unwrap_or(text.len());
    CString::new(&text[..end]).unwrap_or_default()
}

/// A line for a console, invisible characters written out. Allocates.
pub fn c_line(line: &str) -> CString {
    c_text(&plain(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zero_byte_ends_a_text_and_is_written_out_in_a_line() {
        assert_eq!(c_text("a\0b").as_c_str(), c"a");
        assert_eq!(c_text("größe").as_c_str(), c"größe");
        assert_eq!(c_line("a\0b\n").as_c_str(), c"a[U+0000]b ");
    }
}
