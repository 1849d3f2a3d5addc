//! What a small method of a module answers, without running TorchScript.
//!
//! Exports answer `get_methods()` and the like with a literal, with an attribute, or with a choice between the
//! two. Those few statements are followed here; anything else stops with [`Stop::Unresolved`], never with a
//! guess, because a wrong list would give a box the wrong inlets.

use std::io::{Read, Seek};

use crate::{
    ArchiveError,
    budget::{CODE, OPCODE},
    expression::{self, Line, Token},
    limits::MOST_PICKLE_BYTES,
    pickle::{Graph, NodeId, TOO_LONG},
    source::Program,
};

mod operand;
mod term;

use operand::{Lookup, Operands};
pub(super) use term::Term;
use term::{MOST_DEPTH, Names, Stop};

/// Source bytes and list members that one question may cost.
const MOST_WORK: usize = 1 << 20;
const MOST_CALLS: usize = 8;

/// What `object.method()` answers in the state that the file holds; `None` when that cannot be told.
pub(super) fn answer<R: Read + Seek>(
    program: &mut Program<'_, R>,
    object: NodeId,
    method: &str,
) -> Result<Option<Term>, ArchiveError> {
    told(Evaluator { program, work: MOST_WORK, calls: 0 }.call(object, method))
}

/// What a constant of an object's class is; `None` when that cannot be told.
pub(super) fn constant<R: Read + Seek>(
    program: &mut Program<'_, R>,
    object: NodeId,
    name: &str,
) -> Result<Option<Term>, ArchiveError> {
    told(Evaluator { program, work: MOST_WORK, calls: 0 }.class_constant(object, name))
}

fn told(term: Result<Term, Stop>) -> Result<Option<Term>, ArchiveError> {
    match term {
        Ok(term) => Ok(Some(term)),
        Err(Stop::Unresolved) => Ok(None),
        Err(Stop::Archive(error)) => Err(error),
    }
}

struct Evaluator<'p, 'a, R> {
    program: &'p mut Program<'a, R>,
    /// What is left to spend.
    work: usize,
    /// Calls that are open.
    calls: usize,
}

impl<R: Read + Seek> Evaluator<'_, '_, R> {
    /// Runs lines of one indentation; gives the value of the `return` that was met.
    fn block(
        &mut self,
        mut lines: &[Line<'_>],
        names: &mut Names,
        depth: usize,
    ) -> Result<Option<Term>, Stop> {
        if depth > MOST_DEPTH {
            return Err(Stop::Unresolved);
        }
        while let Some((line, rest)) = lines.split_first() {
            lines = rest;
            match &line.tokens[..] {
                [Token::Name("pass")] => {}
                [Token::Name("return"), value @ ..] => return self.value(value, names).map(Some),
                [Token::Name("if"), condition @ .., Token::Sign(':')] => {
                    let (then, rest) = below(line.indent, lines);
                    let (other, rest) = match rest.split_first() {
                        Some((l, rest))
                            if l.indent == line.indent
                                && l.tokens == [Token::Name("else"), Token::Sign(':')] =>
                        {
                            below(line.indent, rest)
                        }
                        _ => (&[][..], rest),
                    };
                    lines = rest;
                    let Term::Bool(truth) = self.value(condition, names)? else {
                        return Err(Stop::Unresolved);
                    };
                    let branch = if truth { then } else { other };
                    if let Some(answer) = self.block(branch, names, depth + 1)? {
                        return Ok(Some(answer));
                    }
                }
                tokens => self.assign(tokens, names)?,
            }
        }
        Ok(None)
    }

    /// `a = value` and `a, b = value, value`.
    fn assign(&mut self, tokens: &[Token<'_>], names: &mut Names) -> Result<(), Stop> {
        let equals = tokens.iter().position(|t| *t == Token::Sign('=')).ok_or(Stop::Unresolved)?;
        let (targets, value) = (&tokens[..equals], &tokens[equals + 1..]);
        let value = self.value(value, names)?;
        if let [Token::Name(name)] = targets {
            names.insert((*name).to_owned(), value);
            return Ok(());
        }
        let targets = targets.strip_suffix(&[Token::Sign(',')]).unwrap_or(targets);
        let targets: Vec<_> = targets.split(|t| *t == Token::Sign(',')).collect();
        let (Term::Tuple(values) | Term::List(values)) = value else { return Err(Stop::Unresolved) };
        if values.len() != targets.len() {
            return Err(Stop::Unresolved);
        }
        for (target, value) in targets.into_iter().zip(values.iter()) {
            let [Token::Name(name)] = target else { return Err(Stop::Unresolved) };
            names.insert((*name).to_owned(), value.clone());
        }
        Ok(())
    }

    /// The value of all these tokens; several with commas are a tuple.
    fn value(&mut self, tokens: &[Token<'_>], names: &Names) -> Result<Term, Stop> {
        let mut operands = Operands { evaluator: self, names, tokens, depth: 0 };
        let value = operands.whole()?;
        if operands.tokens.is_empty() { Ok(value) } else { Err(Stop::Unresolved) }
    }

    fn class_constant(&mut self, object: NodeId, name: &str) -> Result<Term, Stop> {
        let class = self.program.class_of(object)?.ok_or(Stop::Unresolved)?;
        let text = class.constant(name).ok_or(Stop::Unresolved)?;
        self.work = self.work.checked_sub(text.len()).ok_or(Stop::Unresolved)?;
        self.program.archive.budget.spend(text.len() as u64 * CODE)?;
        let tokens = expression::tokens(text).ok_or(Stop::Unresolved)?;
        self.value(&tokens, &Names::new())
    }
}

impl<R: Read + Seek> Lookup for Evaluator<'_, '_, R> {
    fn call(&mut self, object: NodeId, method: &str) -> Result<Term, Stop> {
        let class = self.program.class_of(object)?.ok_or(Stop::Unresolved)?;
        let text = class.method(method).ok_or(Stop::Unresolved)?;
        self.work = self.work.checked_sub(text.len()).ok_or(Stop::Unresolved)?;
        if self.calls >= MOST_CALLS {
            return Err(Stop::Unresolved);
        }
        self.program.archive.budget.spend(text.len() as u64 * CODE)?;
        let lines = expression::lines(text).ok_or(Stop::Unresolved)?;
        let (head, body) = lines.split_first().ok_or(Stop::Unresolved)?;
        let [_def, _name, Token::Sign('('), Token::Name(this), ..] = &head.tokens[..] else {
            return Err(Stop::Unresolved);
        };
        let mut names = Names::from([((*this).to_owned(), Term::Object(object))]);
        self.calls += 1;
        let answer = self.block(body, &mut names, 0);
        self.calls -= 1;
        // A method without return answers None.
        Ok(answer?.unwrap_or(Term::None))
    }

    fn attribute(&mut self, object: NodeId, name: &str) -> Result<Term, Stop> {
        let pairs = self.program.graph.state(object).map_or(0, <[_]>::len);
        self.program.archive.budget.spend(pairs as u64)?;
        if let Some(value) = self.program.attribute(object, name) {
            let before = self.work;
            let term = Term::of(self.program.graph, value, 3, &mut self.work);
            // One list may be asked for again and again.
            self.program.archive.budget.spend((before - self.work) as u64 * OPCODE)?;
            return term;
        }
        self.class_constant(object, name)
    }

    fn constant(&mut self, index: usize) -> Result<Term, Stop> {
        let bytes = self.program.archive.read("constants.pkl", MOST_PICKLE_BYTES)?;
        self.work = self.work.checked_sub(bytes.len()).ok_or(Stop::Unresolved)?;
        let budget = &self.program.archive.budget;
        let graph = Graph::read_within(&bytes, budget.opcodes()).map_err(|fault| match fault.what {
            TOO_LONG => Stop::Archive(ArchiveError::TakesLong),
            _ => Stop::Unresolved,
        })?;
        budget.spend(graph.opcodes().saturating_mul(OPCODE))?;
        let &id = graph.members(graph.root()).and_then(|m| m.get(index)).ok_or(Stop::Unresolved)?;
        match Term::of(&graph, id, 3, &mut self.work)? {
            // Its number means nothing in the other graph.
            Term::Object(_) => Ok(Term::Opaque),
            term => Ok(term),
        }
    }

    fn charge(&mut self, operands: &[Term]) -> Result<(), Stop> {
        let members = |term: &Term| match term {
            Term::List(terms) => terms.len(),
            _ => 0,
        };
        let cost = operands.iter().map(members).sum();
        self.program.archive.budget.spend(cost as u64)?;
        self.work = self.work.checked_sub(cost).ok_or(Stop::Unresolved)?;
        Ok(())
    }
}

/// The lines that are indented more, and the rest.
fn below<'l, 't>(indent: usize, lines: &'l [Line<'t>]) -> (&'l [Line<'t>], &'l [Line<'t>]) {
    lines.split_at(lines.iter().position(|l| l.indent <= indent).unwrap_or(lines.len()))
}
