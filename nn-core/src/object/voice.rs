//! How a box speaks: notes, errors, information.

use super::NnObject;
use crate::message::{Atom, Event, text};

/// How many different errors are remembered as told.
const REMEMBERED_ERRORS: usize = 32;

/// How much of a message is repeated on the console.
const SHOWN_ATOMS: usize = 64;

impl NnObject {
    pub(super) fn note(&mut self, line: String) {
        self.events.push(Event::Note(format!("{}: {line}", self.kind.class_name())));
    }

    /// An error on the console and the information outlet; the same one again is only counted.
    pub(super) fn error(&mut self, line: String) {
        if self.told_errors.contains(&line) {
            self.repeated_errors += 1;
            return;
        }
        self.events.push(Event::Error(format!("{}: {line}", self.kind.class_name())));
        self.info("error", vec![Atom::symbol(line.clone())]);
        if self.told_errors.len() == REMEMBERED_ERRORS {
            self.told_errors.remove(0);
        }
        self.told_errors.push(line);
    }

    pub(super) fn info(&mut self, selector: &str, atoms: Vec<Atom>) {
        self.events.push(Event::Info { selector: selector.to_owned(), atoms });
    }

    /// On the information outlet and on the console.
    pub(super) fn tell(&mut self, selector: &str, atoms: Vec<Atom>) {
        let shown = &atoms[..atoms.len().min(SHOWN_ATOMS)];
        let more =
            if shown.len() < atoms.len() { format!(" … ({} in all)", atoms.len()) } else { String::new() };
        self.note(format!("{selector} {}{more}", text(shown)));
        self.info(selector, atoms);
    }
}
