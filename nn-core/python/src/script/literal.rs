//! Values that are written out in a script.

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Literal {
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    /// A list or tuple.
    List(Vec<Literal>),
}

/// How deep lists may lie in lists: what is deeper is no value of a box.
const MOST_DEPTH: usize = 4;
/// How many values a list may have.
const MOST_ITEMS: usize = 1 << 20;

/// The value that the whole text is, if it is one.
pub(super) fn literal(text: &str) -> Option<Literal> {
    read(text, 0)
}

fn read(text: &str, depth: usize) -> Option<Literal> {
    let text = text.trim();
    if depth > MOST_DEPTH {
        return None;
    }
    match text {
        "True" => return Some(Literal::Bool(true)),
        "False" => return Some(Literal::Bool(false)),
        _ => {}
    }
    if let Some(number) = number(text) {
        return Some(number);
    }
    if let Some(text) = quoted(text) {
        return Some(Literal::Text(text));
    }
    let items = parts(text)?;
    let inside = (text.starts_with('[') && text.ends_with(']'))
        .then(|| &text[1..text.len() - 1])
        .or_else(|| (text.starts_with('(') && text.ends_with(')')).then(|| &text[1..text.len() - 1]));
    match (inside, items.len()) {
        // The brackets hold all of it.
        (Some(inside), 1) => {
            let items = parts(inside)?;
            if text.starts_with('(') && items.len() == 1 && !inside.trim_end().ends_with(',') {
                return read(inside, depth + 1);
            }
            list(&items, depth)
        }
        (_, 2..) => list(&items, depth),
        _ => None,
    }
}

fn list(items: &[&str], depth: usize) -> Option<Literal> {
    if items.len() > MOST_ITEMS {
        return None;
    }
    items.iter().map(|item| read(item, depth + 1)).collect::<Option<Vec<_>>>().map(Literal::List)
}

/// A number as Python writes it, without imaginary ones.
fn number(text: &str) -> Option<Literal> {
    let plain = text.replace('_', "");
    if text.starts_with('_') || text.ends_with('_') || plain.is_empty() {
        return None;
    }
    let digits = plain.strip_prefix(['-', '+']).unwrap_or(&plain);
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        // Rust would take `inf` and `nan`.
        return None;
    }
    if let Some(hex) = digits.strip_prefix("0x") {
        let number = i64::from_str_radix(hex, 16).ok()?;
        return Some(Literal::Int(if plain.starts_with('-') { -number } else { number }));
    }
    plain.parse().map(Literal::Int).or_else(|_| plain.parse().map(Literal::Float)).ok()
}

/// A text in one or three quotes, without the marks for single characters in it.
fn quoted(text: &str) -> Option<String> {
    let quote = text.chars().next().filter(|c| *c == '"' || *c == '\'')?;
    let three: String = [quote; 3].iter().collect();
    let mark = if text.len() >= 6 && text.starts_with(&three) { &three } else { &three[..1] };
    let inside = text.strip_prefix(mark)?.strip_suffix(mark)?;
    let mut plain = String::new();
    let mut characters = inside.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => match characters.next()? {
                'n' => plain.push('\n'),
                't' => plain.push('\t'),
                other @ ('\\' | '"' | '\'') => plain.push(other),
                // A path or a code: not worth guessing.
                _ => return None,
            },
            // Two texts beside each other.
            c if c == quote && mark.len() == 1 => return None,
            c => plain.push(c),
        }
    }
    Some(plain)
}

/// What commas outside brackets and texts separate; `None` where brackets do not match.
fn parts(text: &str) -> Option<Vec<&str>> {
    let (mut depth, mut begin, mut quote) = (0usize, 0, None);
    let mut parts = Vec::new();
    let mut skip = false;
    for (at, c) in text.char_indices() {
        if std::mem::take(&mut skip) {
            continue;
        }
        match (c, quote) {
            ('\\', Some(_)) => skip = true,
            (c, Some(mark)) if c == mark => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'', None) => quote = Some(c),
            ('(' | '[' | '{', None) => depth += 1,
            (')' | ']' | '}', None) => depth = depth.checked_sub(1)?,
            (',', None) if depth == 0 => {
                parts.push(&text[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    if depth > 0 || quote.is_some() {
        return None;
    }
    // A comma may stand at the end.
    if !text[begin..].trim().is_empty() {
        parts.push(&text[begin..]);
    }
    Some(parts)
}
