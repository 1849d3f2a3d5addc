//! How deep the tree of a line of source can be.
//!
//! Operators of one element, between brackets and commas, may each stand above all others of it, whichever side they bind
//! to; what stands inside a bracket is below them. So the depth of an element is the number of its operators, an opening
//! bracket among them, and the depth of its deepest bracket.

use super::super::lexer::{Piece, Pieces};

/// Levels, and the stack that libtorch uses for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cost {
    /// Eighths of a level: attributes in a row cost less than others.
    pub(super) eighths: u64,
    pub(super) bytes: u64,
}

impl Cost {
    pub(super) const BRACKET: Self = Self { eighths: 8, bytes: 3_200 };
    pub(super) const OPERATOR: Self = Self { eighths: 8, bytes: 1_900 };
    pub(super) const ATTRIBUTE: Self = Self { eighths: 1, bytes: 180 };
    pub(super) const BLOCK: Self = Self { eighths: 8, bytes: 1_900 };

    pub(super) fn plus(self, other: Self) -> Self {
        Self { eighths: self.eighths + other.eighths, bytes: self.bytes + other.bytes }
    }

    pub(super) fn times(self, count: u64) -> Self {
        Self { eighths: self.eighths * count, bytes: self.bytes * count }
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self { eighths: self.eighths.max(other.eighths), bytes: self.bytes.max(other.bytes) }
    }
}

/// What is between two brackets, or a line.
#[derive(Clone, Copy, Debug, Default)]
struct Group {
    /// Operators of the element that is being read.
    operators: Cost,
    /// The deepest bracket in it.
    inner: Cost,
    /// The deepest element before it.
    before: Cost,
}

impl Group {
    fn total(self) -> Cost {
        self.before.or(self.operators.plus(self.inner))
    }
}

/// Deeper than any limit: from here on only the number of brackets counts.
const MOST_GROUPS: usize = 4_096;

/// A line that is being read.
#[derive(Debug, Default)]
pub(super) struct Line {
    groups: Vec<Group>,
    current: Group,
    /// Brackets that are open beyond the groups.
    beyond: u64,
    most_beyond: u64,
    equals: bool,
}

impl Line {
    /// Whether a bracket is open.
    pub(super) fn is_open(&self) -> bool {
        !self.groups.is_empty() || self.beyond > 0
    }

    pub(super) fn add(&mut self, piece: Piece<'_>) {
        let after_equals = std::mem::take(&mut self.equals);
        match piece {
            Piece::Open if self.beyond > 0 || self.groups.len() >= MOST_GROUPS => {
                self.beyond += 1;
                self.most_beyond = self.most_beyond.max(self.beyond);
            }
            Piece::Close if self.beyond > 0 => self.beyond -= 1,
            Piece::Open => {
                self.operator(Cost::BRACKET);
                self.groups.push(std::mem::take(&mut self.current));
            }
            Piece::Close => {
                let inner = self.current.total();
                // One too many is where libtorch stops reading.
                if let Some(outer) = self.groups.pop() {
                    self.current = outer;
                    self.current.inner = self.current.inner.or(inner);
                }
            }
            Piece::Comma => self.current = Group { before: self.current.total(), ..Group::default() },
            Piece::Name(b"and" | b"or" | b"not" | b"in" | b"is" | b"if" | b"else" | b"for" | b"lambda") => {
                self.operator(Cost::OPERATOR);
            }
            Piece::Sign(b'.') => self.operator(Cost::ATTRIBUTE),
            Piece::Sign(b'=') => {
                self.equals = true;
                if after_equals {
                    self.operator(Cost::OPERATOR);
                }
            }
            Piece::Sign(b':') => {}
            Piece::Sign(_) => self.operator(Cost::OPERATOR),
            Piece::Name(_) | Piece::Text(_) | Piece::Number | Piece::End => {}
        }
    }

    fn operator(&mut self, cost: Cost) {
        self.current.operators = self.current.operators.plus(cost);
    }

    /// Its depth, with all brackets closed; begins the next.
    pub(super) fn finish(&mut self) -> Cost {
        while !self.groups.is_empty() {
            self.beyond = 0;
            self.add(Piece::Close);
        }
        let total = self.current.total().plus(Cost::BRACKET.times(self.most_beyond));
        *self = Self { groups: std::mem::take(&mut self.groups), ..Self::default() };
        total
    }
}

/// The depth of a text that is one expression.
pub(super) fn levels(text: &[u8]) -> u64 {
    let (mut line, mut pieces) = (Line::default(), Pieces::new(text));
    while let Some((piece, _)) = pieces.next() {
        line.add(piece);
    }
    line.finish().eighths.div_ceil(8)
}

#[cfg(test)]
mod tests {
    use super::levels;

    #[test]
    fn every_form_counts_its_levels() {
        let repeat = |text: &str| text.repeat(50);
        for (text, most) in [
            ("f(a, b, [1, 2], {3: 4})".to_owned(), 2),
            (repeat("[") + "1" + &repeat("]"), 50),
            (repeat("f(") + "x", 50),
            ("x".to_owned() + &repeat("[0]"), 50),
            ("x".to_owned() + &repeat(".y()"), 57),
            ("x".to_owned() + &repeat(".y"), 7),
            ("1".to_owned() + &repeat(" + 1"), 50),
            ("1".to_owned() + &repeat(" ** 1"), 100),
            ("1".to_owned() + &repeat(" == 1"), 50),
            (repeat("-") + "1", 50),
            (repeat("not ") + "a", 50),
            ("a".to_owned() + &repeat(" and a"), 50),
            ("a".to_owned() + &repeat(" if b else c"), 100),
            (repeat("[a for a in ") + "b", 150),
            (repeat("1, "), 0),
            (repeat("[1], "), 1),
            ("[1, ".to_owned() + &repeat("[2], ") + "]", 2),
        ] {
            assert_eq!(levels(text.as_bytes()), most, "{text}");
        }
    }

    #[test]
    fn a_deep_part_and_a_long_chain_add_up() {
        let text = "(".repeat(30) + "x" + &")".repeat(30) + &" + 1".repeat(40);
        assert_eq!(levels(text.as_bytes()), 70);
        assert_eq!(levels("[".repeat(1_000_000).as_bytes()), 1_000_000);
    }
}
