//! Messages that make no request.
//!
//! Thread: any but audio.

use super::atom::{Atom, text};

/// A message that makes no request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// No such message.
    #[error("no message '{selector}': it takes {takes}")]
    Unknown {
        /// What came.
        selector: String,
        /// Those that there are.
        takes: String,
    },
    /// A message without what it needs, or with something else.
    #[error("{selector}: {found}: type {usage}")]
    Arguments {
        /// The message.
        selector: &'static str,
        /// What is wrong.
        found: String,
        /// How it is typed.
        usage: String,
    },
}

impl MessageError {
    /// No such message; `tables` are the names of those that there are.
    pub(crate) fn unknown(selector: &str, tables: [String; 2]) -> Self {
        Self::Unknown { selector: selector.to_owned(), takes: tables.join(", ") }
    }

    /// The same for all messages that are wrong in the same way and differ in their values.
    pub fn kind(&self) -> Option<String> {
        let Self::Arguments { selector, found, .. } = self else { return None };
        let shape: String = found
            .split_whitespace()
            .map(|word| if word.trim_matches('\'').parse::<f64>().is_ok() { 'n' } else { 'w' })
            .collect();
        Some(format!("{selector} {shape}"))
    }
}

/// A message whose arguments are not those of `usage`; `more` is what that lacks for them.
pub(super) fn wrong(selector: &'static str, atoms: &[Atom], usage: &str, more: &str) -> MessageError {
    let found = if atoms.is_empty() { "nothing after it".to_owned() } else { format!("'{}'", text(atoms)) };
    MessageError::Arguments { selector, found, usage: format!("{usage}{more}") }
}

impl From<MessageError> for nn_engine::refusal::Refusal {
    fn from(error: MessageError) -> Self {
        let line = error.to_string();
        Self { kind: error.kind().unwrap_or_else(|| line.clone()), line }
    }
}
