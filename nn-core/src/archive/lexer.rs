//! The pieces of TorchScript source, as libtorch's own lexer cuts them: whatever can be written must be seen here.

/// The smallest piece of source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lexeme<'a> {
    /// A name or keyword.
    Name(&'a str),
    /// What stands between the quotes of a string, escapes as they are written.
    Text(&'a str),
    /// A number of any kind.
    Number,
    /// Any other character.
    Sign(char),
    /// The end of a line, also inside brackets.
    Line,
}

/// A string that does not end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unfinished;

/// Cuts a source into its pieces, comments left out. Ends at the first fault.
pub(super) fn lexemes(source: &str) -> impl Iterator<Item = Result<Lexeme<'_>, Unfinished>> {
    Lexer { left: source, failed: false }
}

struct Lexer<'a> {
    left: &'a str,
    failed: bool,
}

impl<'a> Lexer<'a> {
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, left) = self.left.split_at(bytes);
        self.left = left;
        taken
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        self.take(self.left.find(|c| !belongs(c)).unwrap_or(self.left.len()))
    }

    /// The content of the string that begins here, in one or three quotes.
    fn string(&mut self, quote: char) -> Result<&'a str, Unfinished> {
        let three = [quote; 3].iter().collect::<String>();
        let quotes = if self.left.starts_with(&three) { 3 } else { 1 };
        self.take(quotes);
        let mut escaped = false;
        for (at, c) in self.left.char_indices() {
            if escaped {
                escaped = false;
            } else if c == '\\' {
                escaped = true;
            } else if c == '\n' && quotes == 1 {
                return Err(Unfinished);
            } else if self.left[at..].starts_with(&three[..quotes]) {
                let text = self.take(at);
                self.take(quotes);
                return Ok(text);
            }
        }
        Err(Unfinished)
    }
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Result<Lexeme<'a>, Unfinished>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        loop {
            let first = self.left.chars().next()?;
            return Some(Ok(match first {
                '\n' => {
                    self.take(1);
                    Lexeme::Line
                }
                '#' => {
                    self.take_while(|c| c != '\n');
                    continue;
                }
                c if c.is_whitespace() => {
                    self.take(c.len_utf8());
                    continue;
                }
                '"' | '\'' => {
                    let text = self.string(first);
                    self.failed = text.is_err();
                    return Some(text.map(Lexeme::Text));
                }
                '0'..='9' => {
                    // The point of a fraction comes as a sign: so no name can hide behind a number.
                    self.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
                    Lexeme::Number
                }
                c if c.is_alphabetic() || c == '_' => {
                    Lexeme::Name(self.take_while(|c| c.is_alphanumeric() || c == '_'))
                }
                c => {
                    self.take(c.len_utf8());
                    Lexeme::Sign(c)
                }
            }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Vec<Lexeme<'_>> {
        lexemes(source).map(|lexeme| lexeme.expect("readable")).collect()
    }

    #[test]
    fn names_are_seen_however_they_are_spaced() {
        let expected = [Lexeme::Name("torch"), Lexeme::Sign('.'), Lexeme::Name("save"), Lexeme::Sign('(')];
        for source in ["torch.save(", "torch . save (", "torch\t.\u{c}save( # torch.add", "torch.save(#\""] {
            assert_eq!(read(source), expected, "{source:?}");
        }
    }

    #[test]
    fn strings_of_every_kind_end_where_they_end() {
        for (source, text) in [
            (r#""a\"b""#, r#"a\"b"#),
            ("'a\"b'", "a\"b"),
            ("\"\"\"a\"b\n\"\"\"", "a\"b\n"),
            ("''", ""),
            (r"'\\'", r"\\"),
        ] {
            assert_eq!(read(source), [Lexeme::Text(text)], "{source:?}");
        }
        for source in ["\"a", "'a\n'", "\"\"\"a\"\"", "'a\\'"] {
            assert_eq!(lexemes(source).last(), Some(Err(Unfinished)), "{source:?}");
        }
    }

    #[test]
    fn no_name_hides_behind_a_number() {
        assert_eq!(read("1e5.save"), [Lexeme::Number, Lexeme::Sign('.'), Lexeme::Name("save")]);
        assert_eq!(read("1 .save")[2], Lexeme::Name("save"));
    }
}
