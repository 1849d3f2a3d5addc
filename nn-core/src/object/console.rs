//! Console and information outlet: notes, errors, information.

use super::nn_object::{NnObject, Refused};
use crate::message::{Atom, Event, text};
use nn_engine::refusal::Refusal;
use nn_model::shown::plain;

/// How many different errors are remembered as reported.
const REMEMBERED_ERRORS: usize = 32;

/// Refusals of one kind count as one series while no more than this lies between two of them, in ms of the host's
/// time.
const REST_MS: f64 = 2_000.0;

/// How much of a message is repeated on the console.
const SHOWN_ATOMS: usize = 64;

impl NnObject {
    pub(super) fn note(&mut self, line: String) {
        self.events.push(Event::Note(plain(&format!("{}: {line}", self.called()))));
    }

    /// What the box is called on the console.
    pub(super) fn called(&self) -> &'static str {
        self.context.name.unwrap_or(self.kind.class_name())
    }

    /// Sends an error to the console and the information outlet; the same one again is only counted.
    pub(super) fn error(&mut self, line: String) {
        if self.is_told(&line) {
            self.repeated_errors += 1;
        } else {
            self.say_error(line);
        }
    }

    /// Whether this very error was reported; from now on it counts as reported.
    fn is_told(&mut self, line: &String) -> bool {
        let told = self.told_errors.contains(line);
        if !told {
            self.told_errors.truncate(REMEMBERED_ERRORS - 1);
            self.told_errors.insert(0, line.clone());
        }
        told
    }

    /// The same for a refused value: further ones of a moving slider are only counted.
    pub(super) fn refuse(&mut self, Refusal { kind, mut line }: Refusal) {
        if kind == line {
            return self.error(line);
        }
        let now_ms = self.now_ms;
        let known = self.refusals.iter().position(|refused| refused.kind == kind);
        let mut refused = match known {
            Some(at) => self.refusals.remove(at),
            None => Refused { kind, last_ms: f64::NEG_INFINITY, left_out: 0 },
        };
        if now_ms - refused.last_ms <= REST_MS || self.is_told(&line) {
            refused.left_out += 1;
            self.repeated_errors += 1;
        } else {
            if refused.left_out > 0 {
                line += &format!(" ({} more were left out before it)", refused.left_out);
            }
            refused.left_out = 0;
            self.say_error(line);
        }
        refused.last_ms = now_ms;
        self.refusals.truncate(REMEMBERED_ERRORS - 1);
        self.refusals.insert(0, refused);
    }

    pub(super) fn say_error(&mut self, line: String) {
        let line = plain(&line);
        self.events.push(Event::Error(format!("{}: {line}", self.called())));
        self.info("error", vec![Atom::symbol(line)]);
    }

    pub(super) fn info(&mut self, selector: &str, atoms: Vec<Atom>) {
        self.events.push(Event::Info { selector: selector.to_owned(), atoms });
    }

    /// On the information outlet and on the console.
    pub(super) fn report(&mut self, selector: &str, atoms: Vec<Atom>) {
        let shown = &atoms[..atoms.len().min(SHOWN_ATOMS)];
        let more =
            if shown.len() < atoms.len() { format!(" … ({} in all)", atoms.len()) } else { String::new() };
        self.note(format!("{selector} {}{more}", text(shown)));
        self.info(selector, atoms);
    }
}
