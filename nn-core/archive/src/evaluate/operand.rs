//! Expressions: literals, attributes, calls, and the few operators that exports use.

use super::term::{MOST_DEPTH, Names, Stop, Term};
use crate::{expression::Token, pickle::NodeId};

/// What expressions ask of the module that they stand in.
pub(super) trait Lookup {
    /// Calls a method without arguments.
    fn call(&mut self, object: NodeId, method: &str) -> Result<Term, Stop>;

    /// `object.name`.
    fn attribute(&mut self, object: NodeId, name: &str) -> Result<Term, Stop>;

    /// `CONSTANTS.cN`: texts that are not plain ASCII and long lists live in an entry of their own.
    fn constant(&mut self, index: usize) -> Result<Term, Stop>;

    /// Pays for the members of lists that an operator may copy.
    fn charge(&mut self, operands: &[Term]) -> Result<(), Stop>;
}

/// Tokens that are still to be read, and what they may refer to.
pub(super) struct Operands<'e, 't, L> {
    pub(super) evaluator: &'e mut L,
    pub(super) names: &'t Names,
    pub(super) tokens: &'t [Token<'t>],
    pub(super) depth: usize,
}

impl<'t, L: Lookup> Operands<'_, 't, L> {
    /// One expression, or a tuple of several without brackets.
    pub(super) fn whole(&mut self) -> Result<Term, Stop> {
        let first = self.one()?;
        if self.tokens.first() != Some(&Token::Sign(',')) {
            return Ok(first);
        }
        let mut terms = vec![first];
        while self.sign(',') && !self.ends() {
            terms.push(self.one()?);
        }
        Ok(Term::Tuple(terms.into()))
    }

    /// One expression.
    fn one(&mut self) -> Result<Term, Stop> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err(Stop::Unresolved);
        }
        let mut term = self.head()?;
        loop {
            if self.sign('.') {
                let name = self.name()?;
                let Term::Object(object) = term else { return Err(Stop::Unresolved) };
                term = if self.sign('(') {
                    self.close(')')?;
                    self.evaluator.call(object, name)?
                } else {
                    self.evaluator.attribute(object, name)?
                };
            } else if self.sign('[') {
                let index = self.one()?;
                self.close(']')?;
                term = member(&term, &index).ok_or(Stop::Unresolved)?;
            } else {
                self.depth -= 1;
                return Ok(term);
            }
        }
    }

    fn head(&mut self) -> Result<Term, Stop> {
        let (first, rest) = self.tokens.split_first().ok_or(Stop::Unresolved)?;
        self.tokens = rest;
        match first {
            Token::Int(number) => Ok(Term::Int(*number)),
            Token::Float => Ok(Term::Opaque),
            Token::Text(text) => Ok(Term::Text(text.as_str().into())),
            Token::Sign('-') => match self.one()? {
                Term::Int(number) => number.checked_neg().map(Term::Int).ok_or(Stop::Unresolved),
                Term::Opaque => Ok(Term::Opaque),
                _ => Err(Stop::Unresolved),
            },
            Token::Sign('[') => self.members(']').map(|members| Term::List(members.into())),
            Token::Sign('(') => {
                if self.sign(')') {
                    return Ok(Term::Tuple([].into()));
                }
                let inner = self.whole()?;
                self.close(')')?;
                Ok(inner)
            }
            Token::Sign(_) => Err(Stop::Unresolved),
            Token::Name(name) => self.named(name),
        }
    }

    fn named(&mut self, name: &str) -> Result<Term, Stop> {
        match name {
            "True" => Ok(Term::Bool(true)),
            "False" => Ok(Term::Bool(false)),
            "None" => Ok(Term::None),
            "annotate" | "unchecked_cast" => {
                self.close('(')?;
                self.skip_type(',')?;
                let value = self.one()?;
                self.close(')')?;
                Ok(value)
            }
            "uninitialized" => {
                self.close('(')?;
                self.skip_type(')')?;
                Ok(Term::Opaque)
            }
            "int" | "bool" => {
                self.close('(')?;
                let value = self.one()?;
                self.close(')')?;
                match (name, value) {
                    ("int", Term::Bool(truth)) => Ok(Term::Int(truth.into())),
                    ("int", Term::Int(number)) => Ok(Term::Int(number)),
                    ("bool", Term::Int(number)) => Ok(Term::Bool(number != 0)),
                    ("bool", Term::Bool(truth)) => Ok(Term::Bool(truth)),
                    _ => Err(Stop::Unresolved),
                }
            }
            "torch" => {
                self.close('.')?;
                let operator = self.name()?;
                self.close('(')?;
                let operands = self.members(')')?;
                self.evaluator.charge(&operands)?;
                operate(operator, &operands).ok_or(Stop::Unresolved)
            }
            "CONSTANTS" => {
                self.close('.')?;
                let index = self.name()?.strip_prefix('c').and_then(|n| n.parse().ok());
                self.evaluator.constant(index.ok_or(Stop::Unresolved)?)
            }
            name => self.names.get(name).cloned().ok_or(Stop::Unresolved),
        }
    }

    /// Expressions with commas up to a closing bracket.
    fn members(&mut self, end: char) -> Result<Vec<Term>, Stop> {
        let mut terms = Vec::new();
        while !self.sign(end) {
            terms.push(self.one()?);
            if !self.sign(',') {
                self.close(end)?;
                break;
            }
        }
        Ok(terms)
    }

    /// Passes over a type, up to and with a sign outside of all its brackets.
    fn skip_type(&mut self, end: char) -> Result<(), Stop> {
        let mut open = 0usize;
        while let Some((first, rest)) = self.tokens.split_first() {
            self.tokens = rest;
            match first {
                Token::Sign(sign) if open == 0 && *sign == end => return Ok(()),
                Token::Sign('[' | '(') => open += 1,
                Token::Sign(']' | ')') => open = open.checked_sub(1).ok_or(Stop::Unresolved)?,
                _ => {}
            }
        }
        Err(Stop::Unresolved)
    }

    fn ends(&self) -> bool {
        matches!(self.tokens.first(), None | Some(Token::Sign(')' | ']')))
    }

    fn sign(&mut self, wanted: char) -> bool {
        match self.tokens.split_first() {
            Some((Token::Sign(sign), rest)) if *sign == wanted => {
                self.tokens = rest;
                true
            }
            _ => false,
        }
    }

    fn close(&mut self, wanted: char) -> Result<(), Stop> {
        if self.sign(wanted) { Ok(()) } else { Err(Stop::Unresolved) }
    }

    fn name(&mut self) -> Result<&'t str, Stop> {
        match self.tokens.split_first() {
            Some((Token::Name(name), rest)) => {
                self.tokens = rest;
                Ok(name)
            }
            _ => Err(Stop::Unresolved),
        }
    }
}

fn member(term: &Term, index: &Term) -> Option<Term> {
    let (Term::List(terms) | Term::Tuple(terms), Term::Int(index)) = (term, index) else { return None };
    let count = i64::try_from(terms.len()).ok()?;
    let index = if *index < 0 { count.checked_add(*index)? } else { *index };
    terms.get(usize::try_from(index).ok()?).cloned()
}

/// The operators that decide between two answers or make a list. Those that change a list in place are not
/// among them, so that a list may stand for its copies.
fn operate(operator: &str, operands: &[Term]) -> Option<Term> {
    match (operator, operands) {
        ("list" | "copy", [list @ Term::List(_)]) => return Some(list.clone()),
        ("add", [Term::List(a), Term::List(b)]) => {
            return Some(Term::List(a.iter().chain(b.iter()).cloned().collect()));
        }
        _ => {}
    }
    let truth = match (operator, operands) {
        // Only None is ever compared by identity.
        ("__is__", [Term::Opaque, _] | [_, Term::Opaque]) => return None,
        ("__is__", [a, Term::None]) => *a == Term::None,
        ("__isnot__", [Term::Opaque, _] | [_, Term::Opaque]) => return None,
        ("__isnot__", [a, Term::None]) => *a != Term::None,
        ("__not__", [Term::Bool(a)]) => !a,
        ("eq", [Term::Int(a), Term::Int(b)]) => a == b,
        ("ne", [Term::Int(a), Term::Int(b)]) => a != b,
        ("lt", [Term::Int(a), Term::Int(b)]) => a < b,
        ("le", [Term::Int(a), Term::Int(b)]) => a <= b,
        ("gt", [Term::Int(a), Term::Int(b)]) => a > b,
        ("ge", [Term::Int(a), Term::Int(b)]) => a >= b,
        ("eq", [Term::Text(a), Term::Text(b)]) => a == b,
        ("ne", [Term::Text(a), Term::Text(b)]) => a != b,
        _ => return None,
    };
    Some(Term::Bool(truth))
}
