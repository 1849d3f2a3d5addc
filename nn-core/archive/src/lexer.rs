//! The pieces of TorchScript source as libtorch's lexer cuts them: whatever can be written must be seen here.

/// A piece of source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// A name or keyword.
    Name(&'a [u8]),
    /// What stands between the quotes of a text, escapes as they are written.
    Text(&'a [u8]),
    /// A number. No name hides behind it: the point before a letter is a sign.
    Number,
    /// An opening bracket of any kind.
    Open,
    /// A closing bracket of any kind.
    Close,
    /// A comma.
    Comma,
    /// The end of a line of text that is not continued.
    End,
    /// Any other character.
    Sign(u8),
}

/// Cuts a source.
pub(super) struct Pieces<'a> {
    source: &'a [u8],
    at: usize,
    line_start: usize,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(source: &'a [u8]) -> Self {
        Self { source, at: 0, line_start: 0 }
    }

    /// Whether the source ended in the midst of a text.
    pub(super) fn is_unfinished(&self) -> bool {
        self.at < self.source.len()
    }

    /// How far in its line the next piece may begin; right after a piece: where it ended.
    fn column(&self, at: usize) -> usize {
        at - self.line_start
    }

    /// The next piece with its column. Ends early where libtorch's lexer does: at a text without end.
    pub(super) fn next(&mut self) -> Option<(Piece<'a>, usize)> {
        loop {
            let start = self.at;
            let &first = self.source.get(start)?;
            let rest = &self.source[start..];
            let (piece, bytes) = match first {
                b'\n' => {
                    self.line_start = start + 1;
                    let column = 0;
                    self.at += 1;
                    return Some((Piece::End, column));
                }
                b'\\' if rest.get(1) == Some(&b'\n') => {
                    self.at += 2;
                    continue;
                }
                b' ' | b'\t' | b'\r' | 0x0b | 0x0c | b'\\' => {
                    self.at += 1;
                    continue;
                }
                b'#' => {
                    // What follows these words is read as code.
                    let is_type = rest.starts_with(b"# type:");
                    let end = rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
                    self.at += if is_type { 7 } else { end };
                    continue;
                }
                b'"' | b'\'' => {
                    let (quotes, bytes) = text(rest)?;
                    (Piece::Text(&rest[quotes..bytes - quotes]), bytes)
                }
                b'0'..=b'9' => (Piece::Number, number(rest)),
                b'(' | b'[' | b'{' => (Piece::Open, 1),
                b')' | b']' | b'}' => (Piece::Close, 1),
                b',' => (Piece::Comma, 1),
                b'_' | b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => {
                    let bytes = run(rest, |b| b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80);
                    (Piece::Name(&rest[..bytes]), bytes)
                }
                other => (Piece::Sign(other), 1),
            };
            let column = self.column(start);
            self.at += bytes;
            if let Some(last) = rest[..bytes].iter().rposition(|&b| b == b'\n') {
                self.line_start = start + last + 1;
            }
            return Some((piece, column));
        }
    }
}

fn run(text: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    text.iter().position(|&b| !belongs(b)).unwrap_or(text.len())
}

fn number(rest: &[u8]) -> usize {
    let digits = |rest: &[u8]| run(rest, |b| b.is_ascii_alphanumeric() || b == b'_');
    let whole = digits(rest);
    match &rest[whole..] {
        [b'.', b'0'..=b'9', ..] => whole + 1 + digits(&rest[whole + 1..]),
        [b'.', b'.' | b'_' | b'a'..=b'z' | b'A'..=b'Z' | 0x80.., ..] => whole,
        [b'.', ..] => whole + 1,
        _ => whole,
    }
}

/// The number of quotes on each side of a text, one or three, and its length with them. A backslash hides what follows
/// it.
fn text(rest: &[u8]) -> Option<(usize, usize)> {
    let quote = rest[0];
    let tripled = |at: usize| rest.get(at..at + 3).is_some_and(|three| three.iter().all(|&b| b == quote));
    let quotes = if tripled(0) { 3 } else { 1 };
    let mut at = quotes;
    while at < rest.len() {
        match rest[at] {
            b if b == quote && (quotes == 1 || tripled(at)) => return Some((quotes, at + quotes)),
            b'\n' if quotes == 1 => return None,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(source: &str) -> usize {
        let mut pieces = Pieces::new(source.as_bytes());
        std::iter::from_fn(|| pieces.next()).filter(|(piece, _)| *piece == Piece::Open).count()
    }

    #[test]
    fn brackets_in_texts_and_comments_are_no_code() {
        for (source, brackets) in [
            (r#""((" (x)"#, 1),
            (r#"'(\'(' (x)"#, 1),
            ("\"\"\"( \" (\n( \"\"\" (x)", 1),
            ("# ((\n(x)", 1),
            ("# type: (x)\n", 1),
            ("#type: (x)\n(", 1),
            ("'' (", 1),
            ("\"\\\n(\" (", 1),
            ("'open (\n(", 0),
            ("(\\\n(\t(\r(", 4),
        ] {
            assert_eq!(opened(source), brackets, "{source:?}");
        }
    }

    fn pieces(source: &str) -> Vec<Piece<'_>> {
        let mut pieces = Pieces::new(source.as_bytes());
        std::iter::from_fn(|| pieces.next()).map(|(piece, _)| piece).collect()
    }

    #[test]
    fn names_are_seen_however_they_are_spaced_and_behind_numbers() {
        let expected = [Piece::Name(b"torch"), Piece::Sign(b'.'), Piece::Name(b"save"), Piece::Open];
        for source in
            ["torch.save(", "torch . save (", "torch\t.\u{c}save( # torch.add", "torch.\\\nsave(#\""]
        {
            assert_eq!(pieces(source), expected, "{source:?}");
        }
        for source in ["1.save", "1 .save", "1e5.save"] {
            assert_eq!(pieces(source).last(), Some(&Piece::Name(b"save")), "{source:?}");
        }
        assert_eq!(pieces("1.5 2. 3e1"), [Piece::Number; 3]);
    }

    #[test]
    fn texts_have_their_content_and_must_end() {
        for (source, text) in
            [(r#""a\"b""#, r#"a\"b"#), ("\"\"\"a\"b\n\"\"\"", "a\"b\n"), ("''", ""), (r"'\\'", r"\\")]
        {
            assert_eq!(pieces(source), [Piece::Text(text.as_bytes())], "{source:?}");
        }
        for source in ["\"a", "'a\n'", "\"\"\"a\"\"", "'a\\'"] {
            let mut pieces = Pieces::new(source.as_bytes());
            while pieces.next().is_some() {}
            assert!(pieces.is_unfinished(), "{source:?}");
        }
    }

    #[test]
    fn continued_lines_end_once_and_columns_count_from_the_last_line() {
        let mut pieces = Pieces::new(b"a \\\n  b\n   c");
        let all: Vec<_> = std::iter::from_fn(|| pieces.next()).collect();
        assert_eq!(all[1].0, Piece::Name(b"b"));
        assert_eq!(all.last(), Some(&(Piece::Name(&b"c"[..]), 3)));
        assert_eq!(all.iter().filter(|(piece, _)| *piece == Piece::End).count(), 1);
    }
}
