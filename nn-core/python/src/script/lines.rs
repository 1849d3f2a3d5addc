//! The lines of a script as Python joins them: across brackets, backslashes and texts of three quotes; without comments.

/// A statement, or what stands before the colon of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// By how much it is indented; a tab counts as one.
    pub(super) indent: usize,
    /// Without comments, its ends and the indentation.
    pub(super) text: String,
}

/// All lines that are not empty. What is no Python gives lines of some kind too.
pub(super) fn logical_lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = Line { indent: 0, text: String::new() };
    let (mut depth, mut at_begin) = (0usize, true);
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    while let Some(c) = rest.chars().next() {
        if at_begin && (c == ' ' || c == '\t') {
            line.indent += 1;
            rest = &rest[1..];
            continue;
        }
        at_begin = false;
        match c {
            '#' => rest = rest.find('\n').map_or("", |end| &rest[end..]),
            '"' | '\'' => {
                let length = quoted_length(rest, c);
                line.text.push_str(&rest[..length]);
                rest = &rest[length..];
            }
            '\\' if rest[1..].starts_with('\n') => {
                line.text.push(' ');
                rest = &rest[2..];
            }
            '\\' if rest[1..].starts_with("\r\n") => {
                line.text.push(' ');
                rest = &rest[3..];
            }
            '\n' if depth > 0 => {
                line.text.push(' ');
                rest = &rest[1..];
            }
            '\n' | ';' => {
                let indent = if c == ';' { line.indent } else { 0 };
                end(&mut lines, std::mem::replace(&mut line, Line { indent, text: String::new() }));
                rest = &rest[1..];
                at_begin = c == '\n';
            }
            _ => {
                depth = match c {
                    '(' | '[' | '{' => depth + 1,
                    ')' | ']' | '}' => depth.saturating_sub(1),
                    _ => depth,
                };
                line.text.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    end(&mut lines, line);
    lines
}

fn end(lines: &mut Vec<Line>, line: Line) {
    let text = line.text.trim();
    if !text.is_empty() {
        lines.push(Line { indent: line.indent, text: text.to_owned() });
    }
}

/// How many bytes a text has that begins here, with its quotes; one without an end ends with its line, or with everything.
fn quoted_length(text: &str, quote: char) -> usize {
    let three: String = [quote; 3].iter().collect();
    let (mark, many_lines) =
        if text.starts_with(&three) { (three.as_str(), true) } else { (&three[..1], false) };
    let mut at = mark.len();
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(mark) {
            return at + mark.len();
        }
        let c = rest.chars().next().unwrap_or_default();
        if c == '\n' && !many_lines {
            return at;
        }
        at += c.len_utf8();
        if c == '\\' {
            at += text[at..].chars().next().map_or(0, char::len_utf8);
        }
    }
    text.len()
}
