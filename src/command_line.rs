//! Command lines as people read and repeat them.

use std::{borrow::Cow, ffi::OsString};

use clap::Args;
use nn_core::shown::plain;

use crate::failure::Failure;

/// The options of a command, as if these words were typed behind its name.
///
/// # Errors
/// They are not understood.
pub fn parsed<A: Args>(name: &'static str, words: &[OsString]) -> Result<A, Failure> {
    let command = A::augment_args(clap::Command::new(name).no_binary_name(true));
    let matches = command.try_get_matches_from(words).map_err(Failure::unclear)?;
    A::from_arg_matches(&matches).map_err(Failure::unclear)
}

/// What was typed, as one line that a shell understands. What is no Unicode in it is replaced.
pub fn typed() -> String {
    let words = std::env::args_os().skip(1).map(|word| quoted(&word.to_string_lossy()).into_owned());
    plain(&std::iter::once("nn".to_owned()).chain(words).collect::<Vec<_>>().join(" "))
}

/// A word as a shell understands it: in quotation marks where something in it means more than itself.
pub fn quoted(word: &str) -> Cow<'_, str> {
    // In Windows' shells a backslash is one, and only double quotation marks are any in all of them.
    let safe = if cfg!(windows) { r"-_./:,=+@\" } else { "-_./:,=+@%" };
    let is_safe = |letter: char| letter.is_alphanumeric() || safe.contains(letter);
    if !word.is_empty() && word.chars().all(is_safe) {
        return Cow::Borrowed(word);
    }
    if cfg!(windows) {
        // Those before the last mark would take it for a letter.
        let last = word.len() - word.trim_end_matches('\\').len();
        return Cow::Owned(format!("\"{}{}\"", word.replace('"', "\"\""), "\\".repeat(last)));
    }
    Cow::Owned(format!("'{}'", word.replace('\'', r"'\''")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_mean_more_to_a_shell_are_in_quotation_marks() {
        for word in ["voice.ts:forward", "--set=gain=0.5", "-3", "grün/été.ts"] {
            assert_eq!(quoted(word), word);
        }
        for (word, wanted) in [
            ("my voice.ts", "'my voice.ts'"),
            ("", "''"),
            ("$HOME", "'$HOME'"),
            ("~her", "'~her'"),
            ("it's", r"'it'\''s'"),
        ] {
            let wanted = if cfg!(windows) { format!("\"{word}\"") } else { wanted.to_owned() };
            assert_eq!(quoted(word), wanted);
        }
    }

    #[cfg(windows)]
    #[test]
    fn a_path_of_windows_is_as_it_is_typed_there() {
        assert_eq!(quoted(r"C:\Users\her\voice.ts"), r"C:\Users\her\voice.ts");
        assert_eq!(quoted(r"C:\my models\"), "\"C:\\my models\\\\\"");
        assert_eq!(quoted(r"C:\my models\voice.ts"), "\"C:\\my models\\voice.ts\"");
    }

    /// The shell is the judge.
    #[cfg(unix)]
    #[test]
    fn a_shell_reads_the_word_that_was_quoted() {
        for word in ["my voice.ts", "a'b\"c`d", "$(no)*?[x]{a,b}", "tab\there", "back\\slash", "#!&;|<>"] {
            let line = format!("printf %s {}", quoted(word));
            let said = std::process::Command::new("sh").args(["-c", &line]).output().expect("a shell");
            assert_eq!(String::from_utf8_lossy(&said.stdout), word);
        }
    }
}
