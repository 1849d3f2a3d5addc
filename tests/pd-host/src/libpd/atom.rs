//! The elements of messages.

/// An element of a Pd message.
#[derive(Clone, Debug, PartialEq)]
pub enum Atom {
    Float(f32),
    Symbol(String),
}

impl std::fmt::Display for Atom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Float(value) => write!(f, "{value}"),
            Self::Symbol(text) => f.write_str(&text.replace('\\', "\\\\").replace(' ', "\\ ")),
        }
    }
}
