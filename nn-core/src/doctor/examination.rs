//! All that was found out, for people and for programs.
//!
//! Thread: any but audio.

use super::check::{Check, State, several};
use crate::info::Tree;

/// All that was found out.
#[derive(Clone, Debug, PartialEq)]
pub struct Examination {
    /// In the order in which it is shown.
    pub checks: Vec<Check>,
}

/// A row on a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// How it is; the same for all rows of one thing.
    pub state: State,
    /// What the first row of a thing begins with, in its column; spaces in the others.
    pub word: String,
    /// The rest.
    pub text: String,
}

/// Widths of the columns.
const WORD: usize = 9;
const TITLE: usize = 13;

impl Examination {
    /// Whether models play: nothing that was found keeps them from it.
    pub fn plays(&self) -> bool {
        self.count(State::Fault) == 0
    }

    /// How many things are so.
    pub fn count(&self, state: State) -> usize {
        self.checks.iter().filter(|check| check.state == state).count()
    }

    /// The last line.
    pub fn verdict(&self) -> String {
        let names = |state| {
            let all = self.checks.iter().filter(move |check| check.state == state);
            all.map(Check::title).collect::<Vec<_>>().join(", ")
        };
        let warnings = match self.count(State::Warning) {
            0 => String::new(),
            count => format!(" ({}: {})", several(count, "warning"), names(State::Warning)),
        };
        if self.plays() {
            format!("models play here{warnings}")
        } else {
            format!("models do not play here: {}{warnings}", names(State::Fault))
        }
    }

    /// For a console of a host: a line for each thing.
    pub fn lines(&self) -> Vec<(State, String)> {
        self.checks.iter().map(|check| (check.state, check.line())).collect()
    }

    /// For a screen with so many columns.
    pub fn rows(&self, columns: usize) -> Vec<Row> {
        let width = columns.saturating_sub(WORD + TITLE).max(20);
        let mut rows = Vec::new();
        for check in &self.checks {
            let mut titles = vec![(check.state.word(), check.title(), check.text.clone())];
            titles.extend(check.cure.iter().map(|cure| ("", "  cure".to_owned(), cure.clone())));
            for (word, title, text) in titles {
                for (at, part) in wrapped(&text, width).into_iter().enumerate() {
                    let (word, title) = if at == 0 { (word, title.as_str()) } else { ("", "") };
                    let (word, text) = (format!("{word:<WORD$}"), format!("{title:<TITLE$}{part}"));
                    rows.push(Row { state: check.state, word, text });
                }
            }
        }
        rows
    }

    /// For programs.
    pub fn tree(&self) -> Tree {
        let checks = self.checks.iter().map(|check| (check.name.to_owned(), check.tree())).collect();
        let entry = |key: &str, value| (key.to_owned(), value);
        Tree::Map(vec![
            entry("version", Tree::text(env!("CARGO_PKG_VERSION"))),
            entry("plays", Tree::Flag(self.plays())),
            entry("faults", Tree::count(self.count(State::Fault) as u64)),
            entry("warnings", Tree::count(self.count(State::Warning) as u64)),
            entry("checks", Tree::Map(checks)),
        ])
    }
}

/// Parts of a text that are no longer than that, unless a word is.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match parts.last_mut() {
            Some(part) if part.chars().count() + 1 + word.chars().count() <= width => {
                part.push(' ');
                part.push_str(word);
            }
            _ => parts.push(word.to_owned()),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> Examination {
        let checks = vec![
            Check::fine("version", "nn 0.1.0"),
            Check::warning("real_time", "one two three four five six seven eight", "nine"),
        ];
        Examination { checks }
    }

    #[test]
    fn warnings_play_and_faults_do_not() {
        let mut found = some();
        assert!(found.plays());
        assert_eq!(found.verdict(), "models play here (1 warning: real time)");
        found.checks.push(Check::fault("libtorch", "gone", "bring it"));
        found.checks.push(Check::fault("gain", "silent", "bring it"));
        assert!(!found.plays());
        assert_eq!(found.verdict(), "models do not play here: libtorch, gain (1 warning: real time)");
        let tree = found.tree();
        assert_eq!(tree.get(&["plays"]), Some(&Tree::Flag(false)));
        assert_eq!(
            (tree.get(&["faults"]), tree.get(&["warnings"])),
            (Some(&Tree::Number(2)), Some(&Tree::Number(1)))
        );
        assert_eq!(tree.get(&["checks", "gain", "cure"]), Some(&Tree::text("bring it")));
    }

    #[test]
    fn rows_keep_their_columns_and_their_width() {
        let rows = some().rows(50);
        let texts: Vec<_> = rows.iter().map(|row| format!("{}{}", row.word, row.text)).collect();
        assert_eq!(
            texts,
            [
                "ok       version      nn 0.1.0",
                "warning  real time    one two three four five six",
                "                      seven eight",
                "           cure       nine",
            ]
        );
        assert_eq!(wrapped("a word-that-is-longer b", 5), ["a", "word-that-is-longer", "b"]);
        assert_eq!(wrapped("", 5), [""]);
    }
}
