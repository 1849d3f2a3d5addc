//! A line of the script, taken apart into words.

use crate::libpd::Atom;

/// One word; a quoted one is never a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    pub text: String,
    pub quoted: bool,
}

impl Word {
    pub fn atom(&self) -> Atom {
        match number(&self.text) {
            Some(value) if !self.quoted => Atom::Float(value),
            _ => Atom::Symbol(self.text.clone()),
        }
    }
}

/// `None` when a quote is left open or the last character is a lone backslash.
pub fn split(line: &str) -> Option<Vec<Word>> {
    let mut words = Vec::new();
    let mut word: Option<Word> = None;
    let mut inside = false;
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        if character.is_whitespace() && !inside {
            words.extend(word.take());
            continue;
        }
        let word = word.get_or_insert(Word { text: String::new(), quoted: false });
        match character {
            '"' => {
                inside = !inside;
                word.quoted = true;
            }
            '\\' => word.text.push(characters.next()?),
            other => word.text.push(other),
        }
    }
    words.extend(word);
    (!inside).then_some(words)
}

/// Numbers as Pd reads them: no `inf`, no `nan`, no hexadecimal.
fn number(text: &str) -> Option<f32> {
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
    if !text.chars().all(plain) || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn atoms(line: &str) -> Vec<Atom> {
        split(line).unwrap().iter().map(Word::atom).collect()
    }

    #[test]
    fn numbers_and_symbols_are_told_apart() {
        let symbol = |text: &str| Atom::Symbol(text.into());
        assert_eq!(
            atoms("-1.5 1e3 .5 nan inf e - 12x"),
            [
                Atom::Float(-1.5),
                Atom::Float(1000.0),
                Atom::Float(0.5),
                symbol("nan"),
                symbol("inf"),
                symbol("e"),
                symbol("-"),
                symbol("12x")
            ]
        );
    }

    #[test]
    fn quotes_hold_words_together_and_make_symbols() {
        assert_eq!(
            atoms(r#"a\ b "c d" "7" """#),
            ["a b", "c d", "7", ""].map(|text| Atom::Symbol(text.into()))
        );
    }

    #[test]
    fn an_open_quote_is_refused() {
        assert_eq!(split("a \"b"), None);
        assert_eq!(split("a \\"), None);
    }
}
