//! Elements of messages, for every host.
//!
//! Thread: any but audio.

use std::fmt;

/// From here on numbers are shown with an exponent.
const MOST_WRITTEN_OUT: f64 = 1e16;

/// One element of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Atom {
    /// A whole number (Max).
    Int(i64),
    /// A number.
    Float(f64),
    /// A word.
    Symbol(String),
}

impl Atom {
    /// A word.
    pub fn symbol(text: impl Into<String>) -> Self {
        Self::Symbol(text.into())
    }

    /// As a name, where only a name is expected: a word, or a whole number that hosts show with all its digits,
    /// because a model may be called 808.
    pub fn name(&self) -> Option<String> {
        const EXACT: f64 = 1e6;
        match self {
            Self::Symbol(word) => Some(word.clone()),
            Self::Int(number) => Some(number.to_string()),
            Self::Float(number) => {
                (number.fract() == 0.0 && (0.0..EXACT).contains(number)).then(|| number.to_string())
            }
        }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Int(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            Self::Symbol(_) => None,
        }
    }
}

impl fmt::Display for Atom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(number) => write!(f, "{number}"),
            // All digits of such a one would say less.
            Self::Float(number) if number.is_finite() && number.abs() >= MOST_WRITTEN_OUT => {
                if f64::from(*number as f32) == *number {
                    write!(f, "{:e}", *number as f32)
                } else {
                    write!(f, "{number:e}")
                }
            }
            // A 32-bit number is shown as it was typed: 0.3.
            Self::Float(number) if f64::from(*number as f32) == *number => write!(f, "{}", *number as f32),
            Self::Float(number) => write!(f, "{number}"),
            Self::Symbol(word) => f.write_str(word),
        }
    }
}

/// Atoms as the user would type them.
pub fn text(atoms: &[Atom]) -> String {
    atoms.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// The words of a message as they are typed: what reads as a number is one. Thread: any but audio.
pub fn typed(words: &str) -> Vec<Atom> {
    words
        .split_whitespace()
        .map(|word| word.parse().map_or_else(|_| Atom::symbol(word), Atom::Float))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_look_as_they_were_typed_in_hosts_of_either_precision() {
        for (number, text) in [
            (f64::from(0.3_f32), "0.3"),
            (0.3, "0.3"),
            (-1.5, "-1.5"),
            (16_777_217.0, "16777217"),
            (1.0 / 3.0, "0.3333333333333333"),
            (1e15, "1000000000000000"),
            (-1e30, "-1e30"),
            (f64::from(1.25e29_f32), "1.25e29"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(Atom::Float(number).to_string(), text);
        }
    }
}
