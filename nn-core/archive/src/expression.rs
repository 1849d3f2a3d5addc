//! Tokens of TorchScript source, line by line.

/// The smallest piece of source.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// A name or keyword.
    Name(&'a str),
    /// A whole number.
    Int(i64),
    /// A number that is not whole: nothing that is asked for here depends on one.
    Float,
    /// The content of a string literal.
    Text(String),
    /// Any other character.
    Sign(char),
}

/// A logical line: brackets may span several lines of text.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// Spaces in front.
    pub(super) indent: usize,
    pub(super) tokens: Vec<Token<'a>>,
}

/// Splits a text into logical lines; `None` when it is no source.
pub(super) fn lines(text: &str) -> Option<Vec<Line<'_>>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut open = 0usize;
    for text in text.lines() {
        let body = text.trim_start_matches(' ');
        let tokens = tokens(body)?;
        if tokens.is_empty() {
            continue;
        }
        let continues = open > 0;
        for token in &tokens {
            match token {
                Token::Sign('(' | '[' | '{') => open += 1,
                Token::Sign(')' | ']' | '}') => open = open.checked_sub(1)?,
                _ => {}
            }
        }
        match lines.last_mut().filter(|_| continues) {
            Some(line) => line.tokens.extend(tokens),
            None => lines.push(Line { indent: text.len() - body.len(), tokens }),
        }
    }
    (open == 0).then_some(lines)
}

/// The tokens of one line of text.
pub(super) fn tokens(mut text: &str) -> Option<Vec<Token<'_>>> {
    let mut tokens = Vec::new();
    while let Some(first) = text.chars().next() {
        let (token, rest) = match first {
            ' ' => {
                text = &text[1..];
                continue;
            }
            '#' => break,
            '"' | '\'' => string(text)?,
            '0'..='9' => number(text),
            c if c.is_alphabetic() || c == '_' => {
                let (name, rest) = split(text, |c| c.is_alphanumeric() || c == '_');
                (Token::Name(name), rest)
            }
            c => (Token::Sign(c), &text[c.len_utf8()..]),
        };
        tokens.push(token);
        text = rest;
    }
    Some(tokens)
}

fn split(text: &str, belongs: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !belongs(c)).unwrap_or(text.len()))
}

fn number(text: &str) -> (Token<'_>, &str) {
    let (digits, rest) = split(text, |c| c.is_ascii_digit());
    if rest.starts_with(['.', 'e', 'E', 'j']) {
        // `1.5e-05`: a sign belongs to it only after the e.
        let (_, rest) = split(rest, |c| c.is_ascii_alphanumeric() || c == '.');
        return (Token::Float, rest);
    }
    (digits.parse().map_or(Token::Float, Token::Int), rest)
}

/// A string literal with the escapes that TorchScript writes.
fn string(text: &str) -> Option<(Token<'_>, &str)> {
    let quote = text.chars().next()?;
    let mut bytes = Vec::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        if c == quote {
            let text_is = String::from_utf8_lossy(&bytes).into_owned();
            return Some((Token::Text(text_is), &text[at + 1..]));
        }
        if c != '\\' {
            bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            continue;
        }
        let (_, escaped) = chars.next()?;
        bytes.push(match escaped {
            'n' => b'\n',
            't' => b'\t',
            'r' => b'\r',
            'a' => 7,
            'b' => 8,
            'f' => 12,
            'v' => 11,
            '\\' | '\'' | '"' => escaped as u8,
            // Bytes outside of ASCII are written as three octal digits each.
            '0'..='3' => {
                let mut digit = || chars.next().and_then(|(_, c)| c.to_digit(8));
                let (second, third) = (digit()?, digit()?);
                u8::try_from(escaped.to_digit(8)? * 64 + second * 8 + third).ok()?
            }
            _ => return None,
        });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Token, lines, tokens};

    #[test]
    fn strings_lose_their_escapes() {
        let expected = "tab\t\"quoted\" \u{e9}\n";
        assert_eq!(tokens(r#""tab\t\"quoted\" \303\251\n""#), Some(vec![Token::Text(expected.into())]));
        assert_eq!(tokens(r#""open"#), None);
    }

    #[test]
    fn brackets_join_lines() {
        let lines = lines("  def f(self,\n    x: int) -> int:\n    return 1\n").expect("it is source");
        assert_eq!(lines.iter().map(|l| l.indent).collect::<Vec<_>>(), [2, 4]);
        assert!(super::lines("  f(\n").is_none());
    }

    #[test]
    fn whole_numbers_are_told_from_others() {
        let kinds = tokens("44100 1. 1e-05 2.5").expect("it is source");
        assert_eq!(kinds[0], Token::Int(44100));
        assert_eq!(kinds[1], Token::Float);
        assert_eq!(kinds.last(), Some(&Token::Float));
    }
}
