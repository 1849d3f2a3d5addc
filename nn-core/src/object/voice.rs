//! How a box speaks: notes, errors, information.

use super::NnObject;
use crate::message::{Atom, Event, text};

impl NnObject {
    pub(super) fn note(&mut self, line: String) {
        self.events.push(Event::Note(format!("{}: {line}", self.kind.class_name())));
    }

    /// An error on the console and the information outlet; the same one again is only counted.
    pub(super) fn error(&mut self, line: String) {
        if self.last_error.as_ref() == Some(&line) {
            self.repeated_errors += 1;
            return;
        }
        self.events.push(Event::Error(format!("{}: {line}", self.kind.class_name())));
        self.info("error", vec![Atom::symbol(line.clone())]);
        self.last_error = Some(line);
    }

    pub(super) fn info(&mut self, selector: &str, atoms: Vec<Atom>) {
        self.events.push(Event::Info { selector: selector.to_owned(), atoms });
    }

    /// On the information outlet and on the console.
    pub(super) fn tell(&mut self, selector: &str, atoms: Vec<Atom>) {
        self.note(format!("{selector} {}", text(&atoms)));
        self.info(selector, atoms);
    }
}
