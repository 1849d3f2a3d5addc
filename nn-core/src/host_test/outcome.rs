//! What came of one check, and how it travels from a box to `nn.info`.
//!
//! Thread: any but audio.

use crate::message::Atom;

/// Whether it was right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was.
    Pass,
    /// It was not.
    Fail,
    /// This host cannot do it.
    LeftOut,
}

impl Verdict {
    const ALL: [Self; 3] = [Self::Pass, Self::Fail, Self::LeftOut];

    /// Its word in messages.
    ///
    /// Thread: any but audio.
    pub fn key(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::LeftOut => "skip",
        }
    }

    /// Its word in the report.
    ///
    /// Thread: any but audio.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "FAIL",
            Self::LeftOut => "left out",
        }
    }
}

/// What came of one check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The check's name.
    pub name: String,
    /// Whether it was right.
    pub verdict: Verdict,
    /// What was found, in one line.
    pub text: String,
}

impl Outcome {
    /// Thread: any but audio.
    pub fn new(name: &str, verdict: Verdict, text: impl Into<String>) -> Self {
        Self { name: name.to_owned(), verdict, text: text.into() }
    }

    /// As a message's values.
    ///
    /// Thread: any but audio.
    pub fn atoms(&self) -> Vec<Atom> {
        [&self.name, self.verdict.key(), &self.text].map(Atom::symbol).to_vec()
    }

    /// From a message's values. Hosts may have split the text into words.
    ///
    /// Thread: any but audio.
    pub fn read(atoms: &[Atom]) -> Option<Self> {
        let [Atom::Symbol(name), Atom::Symbol(key), text @ ..] = atoms else { return None };
        let verdict = Verdict::ALL.into_iter().find(|verdict| verdict.key() == key)?;
        Some(Self::new(name, verdict, crate::message::text(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::typed;

    #[test]
    fn an_outcome_arrives_as_it_was_sent_whole_or_in_words() {
        let outcome = Outcome::new("gain", Verdict::Fail, "2 of 40 buffers late");
        assert_eq!(Outcome::read(&outcome.atoms()), Some(outcome.clone()));
        assert_eq!(Outcome::read(&typed("gain fail 2 of 40 buffers late")), Some(outcome));
        assert_eq!(Outcome::read(&typed("gain perhaps")), None);
        assert_eq!(Outcome::read(&typed("gain")), None);
    }
}
