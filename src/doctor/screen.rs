//! What was found out, on a terminal.

use std::io::IsTerminal;

use nn_core::{
    doctor::{Examination, Row, State},
    shown::plain,
};

use crate::out;

/// Columns of a screen.
const COLUMNS: usize = 100;
const RESET: &str = "\x1b[0m";

/// Shows it.
pub fn show(examination: &Examination) {
    let is_coloured = coloured(std::io::stdout().is_terminal(), |name| {
        std::env::var_os(name).map(|value| value.to_string_lossy().into_owned())
    });
    for row in examination.rows(COLUMNS) {
        out::exact(line(&row, is_coloured));
    }
    out::line("");
    out::line(examination.verdict());
}

/// Whether to colour.
fn coloured(is_terminal: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    // An empty NO_COLOR counts as none, as its convention says.
    let is_off = variable("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = variable("TERM").is_some_and(|term| term == "dumb");
    // The old console of Windows would show the codes themselves.
    let knows = !cfg!(windows) || variable("WT_SESSION").is_some() || variable("TERM").is_some();
    is_terminal && !is_off && !is_dumb && knows
}

fn line(row: &Row, is_coloured: bool) -> String {
    let (word, text) = (plain(&row.word), plain(&row.text));
    let colour = match row.state {
        State::Fine => "\x1b[32m",
        State::Warning => "\x1b[33m",
        State::Fault => "\x1b[31m",
    };
    let line = if is_coloured && !word.trim().is_empty() {
        format!("{colour}{word}{RESET}{text}")
    } else {
        format!("{word}{text}")
    };
    line.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_terminals_are_coloured_unless_their_user_wants_none() {
        let with = |name: &'static str, value: &'static str| {
            move |asked: &str| (asked == name).then(|| value.to_owned())
        };
        assert!(coloured(true, with("TERM", "xterm")));
        assert!(!coloured(false, with("TERM", "xterm")));
        assert!(!coloured(true, with("NO_COLOR", "1")));
        assert!(!coloured(true, with("TERM", "dumb")));
        if !cfg!(windows) {
            assert!(coloured(true, |_| None) && coloured(true, with("NO_COLOR", "")));
        }
    }

    #[test]
    fn a_colour_is_around_the_word_and_texts_bring_none() {
        let row = |state, word: &str| Row { state, word: word.into(), text: "a\x1b[31mb".into() };
        assert_eq!(line(&row(State::Fine, "ok "), false), "ok a[U+001B][31mb");
        assert_eq!(line(&row(State::Fault, "FAULT "), true), "\x1b[31mFAULT \x1b[0ma[U+001B][31mb");
        assert_eq!(line(&row(State::Fault, "   "), true), "   a[U+001B][31mb");
    }
}
