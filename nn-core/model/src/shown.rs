//! Makes texts of files, servers and models safe to show: characters that are invisible, or change how others look,
//! are written out.
//!
//! Every text for people passes here: console lines and errors of the boxes, their windows and hints, and everything
//! that the tool prints. Names that a patch may send back (a path, a method) stay as they are.
//!
//! Thread: any but audio.

use std::{fmt::Write, path::Path};

/// As one line: a control character or an invisible one becomes `[U+202E]`, a line break or tab a space.
pub fn plain(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => line.push(' '),
            c if is_hidden(c) => push_code(&mut line, c),
            c => line.push(c),
        }
    }
    line
}

/// The same for several lines, which stay lines.
pub fn plain_lines(text: &str) -> String {
    text.split('\n').map(plain).collect::<Vec<_>>().join("\n")
}

/// A path as all hosts write them: with slashes, on Windows too, where a backslash in a message means something else. What
/// begins with `\\?\` or `\\.\` there knows no slashes and stays.
pub fn path(path: &Path) -> String {
    let text = path.display().to_string();
    if cfg!(windows) && !text.starts_with(r"\\?\") && !text.starts_with(r"\\.\") {
        text.replace('\\', "/")
    } else {
        text
    }
}

fn push_code(line: &mut String, c: char) {
    // A text can be written.
    let _written = write!(line, "[U+{:04X}]", u32::from(c));
}

/// Whether a character is invisible or changes how others look: those that control a console, set a direction, join,
/// select, tag or only take up space.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}'
            | '\u{8e2}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}'
            | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// For JSON, and YAML within double quotes: such characters as escapes.
pub fn escaped_json(document: &str) -> String {
    escaped(document, |text, c| {
        let mut units = [0; 2];
        for unit in c.encode_utf16(&mut units) {
            let _written = write!(text, "\\u{unit:04x}");
        }
    })
}

/// The same for YAML, whose escapes are longer beyond the first plane.
pub fn escaped_yaml(document: &str) -> String {
    escaped(document, |text, c| {
        let code = u32::from(c);
        let _written =
            if code > 0xffff { write!(text, "\\U{code:08X}") } else { write!(text, "\\u{code:04X}") };
    })
}

fn escaped(document: &str, escape: impl Fn(&mut String, char)) -> String {
    let mut text = String::with_capacity(document.len());
    for c in document.chars() {
        if c != '\n' && is_hidden(c) { escape(&mut text, c) } else { text.push(c) }
    }
    text
}

/// The beginning of a text, of at most so many characters, with `...` if there is more.
pub fn shortened(text: &str, most: usize) -> String {
    let begin: String = text.chars().take(most).collect();
    if begin.len() < text.len() { format!("{begin}...") } else { begin }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_written_with_slashes() {
        assert_eq!(path(Path::new("/models/a.ts")), "/models/a.ts");
        let windows = |text: &str| if cfg!(windows) { text.replace('\\', "/") } else { text.to_owned() };
        for text in [r"C:\models/a.ts", r"\\server\share\a.ts"] {
            assert_eq!(path(Path::new(text)), windows(text));
        }
        assert_eq!(path(Path::new(r"\\?\C:\a.ts")), r"\\?\C:\a.ts");
    }

    #[test]
    fn what_is_not_seen_is_written_out_and_all_else_stays() {
        for (text, line) in [
            ("evil\u{202e}st.exe", "evil[U+202E]st.exe"),
            ("a\u{200b}b\u{feff}c\u{ad}d", "a[U+200B]b[U+FEFF]c[U+00AD]d"),
            ("\u{2066}x\u{2069}\u{61c}", "[U+2066]x[U+2069][U+061C]"),
            ("\u{e0041}\u{3164}\u{2800}", "[U+E0041][U+3164][U+2800]"),
            ("\u{1b}[31mred\u{9b}", "[U+001B][31mred[U+009B]"),
            ("two\r\nlines\tand\u{2028}more", "two  lines and[U+2028]more"),
            ("größe 音 שלום 🎹 a\u{301} «1»", "größe 音 שלום 🎹 a\u{301} «1»"),
            ("", ""),
        ] {
            assert_eq!(plain(text), line);
            assert_eq!(plain(&plain(text)), line);
        }
        assert_eq!(plain_lines("a\u{202e}\n b\n"), "a[U+202E]\n b\n");
        assert_eq!((shortened("größe", 3), shortened("abc", 3)), ("grö...".into(), "abc".into()));
    }

    #[test]
    fn every_character_that_has_no_picture_or_directs_others_is_hidden() {
        // Unicode's format characters that set a direction or join, and invisible fillers.
        for range in
            [0x0..=0x1f, 0x7f..=0x9f, 0x200b..=0x200f, 0x202a..=0x202e, 0x2060..=0x206f, 0xfe00..=0xfe0f]
        {
            for code in range {
                assert!(is_hidden(char::from_u32(code).expect("a character")), "{code:x}");
            }
        }
        for c in (' '..='~').chain(['\u{a0}', 'é', '\u{3000}', '\u{1f600}']) {
            assert!(!is_hidden(c), "{c}");
        }
    }

    #[test]
    fn documents_keep_their_content() {
        let text = "a\u{202e}b\u{e0041}";
        let json = escaped_json(&serde_json::to_string(text).expect("JSON"));
        assert_eq!(json, "\"a\\u202eb\\udb40\\udc41\"");
        assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), text);
        assert_eq!(escaped_yaml("- \"\u{202e}\u{e0041}\"\n"), "- \"\\u202E\\U000E0041\"\n");
    }
}
