//! The values that statements have.

use std::{collections::HashMap, rc::Rc};

use crate::{
    ArchiveError,
    pickle::{Graph, Node, NodeId},
};

/// How deep expressions and blocks are followed.
pub(super) const MOST_DEPTH: usize = 32;

/// The names of a method and what they stand for.
pub(super) type Names = HashMap<String, Term>;

/// A value that a statement can have.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) enum Term {
    None,
    Bool(bool),
    Int(i64),
    Text(Rc<str>),
    List(Rc<[Term]>),
    Tuple(Rc<[Term]>),
    /// A module.
    Object(NodeId),
    /// A tensor, a dictionary, a float in the source: may be passed on, not looked at.
    Opaque,
}

impl Term {
    /// The value of a node of a pickle; `work` is what is left to spend.
    pub(super) fn of(graph: &Graph<'_>, id: NodeId, depth: usize, work: &mut usize) -> Result<Self, Stop> {
        *work = work.checked_sub(1).ok_or(Stop::Unresolved)?;
        let id = graph.unwrapped(id);
        Ok(match graph.node(id) {
            Node::None => Self::None,
            Node::Bool(truth) => Self::Bool(*truth),
            Node::Int(number) => Self::Int(*number),
            Node::Text(span) => graph.text(*span).map_or(Self::Opaque, |t| Self::Text(t.into())),
            Node::List(members) if depth > 0 => Self::List(Self::all(graph, members, depth, work)?),
            Node::Tuple(members) if depth > 0 => Self::Tuple(Self::all(graph, members, depth, work)?),
            Node::Call { state: Some(_), .. } => Self::Object(id),
            _ => Self::Opaque,
        })
    }

    fn all(
        graph: &Graph<'_>,
        members: &[NodeId],
        depth: usize,
        work: &mut usize,
    ) -> Result<Rc<[Self]>, Stop> {
        members.iter().map(|&member| Self::of(graph, member, depth - 1, work)).collect()
    }

    /// The numbers of a list of whole numbers.
    pub(in super::super) fn integers(&self) -> Option<Vec<i64>> {
        let Self::List(terms) = self else { return None };
        let integer = |term: &Self| match term {
            Self::Int(number) => Some(*number),
            _ => None,
        };
        terms.iter().map(integer).collect()
    }

    /// The texts of a list of texts.
    pub(in super::super) fn texts(&self) -> Option<Vec<String>> {
        let Self::List(terms) = self else { return None };
        let text = |term: &Self| match term {
            Self::Text(text) => Some(text.to_string()),
            _ => None,
        };
        terms.iter().map(text).collect()
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Stop {
    /// The method does more than is followed here, or does not exist.
    Unresolved,
    /// The archive is damaged.
    Archive(ArchiveError),
}

impl From<ArchiveError> for Stop {
    fn from(error: ArchiveError) -> Self {
        Self::Archive(error)
    }
}
