//! All objects of a pickle, and ways to look at them.

use super::{
    machine,
    node::{Fault, Node, NodeId, Span},
};

/// A whole pickle.
#[derive(Debug)]
pub(in super::super) struct Graph<'a> {
    bytes: &'a [u8],
    nodes: Vec<Node>,
    root: NodeId,
    opcodes: u64,
}

impl<'a> Graph<'a> {
    /// Reads a pickle up to its STOP.
    #[cfg(test)]
    pub(in super::super) fn read(bytes: &'a [u8]) -> Result<Self, Fault> {
        Self::read_within(bytes, u64::MAX)
    }

    /// Reads a pickle up to its STOP, of at most so many opcodes: [`TOO_LONG`](super::node::TOO_LONG) when there are more.
    pub(in super::super) fn read_within(bytes: &'a [u8], most_opcodes: u64) -> Result<Self, Fault> {
        let (nodes, root, opcodes) = machine::run(bytes, most_opcodes)?;
        Ok(Self { bytes, nodes, root, opcodes })
    }

    /// How many opcodes it has.
    pub(in super::super) fn opcodes(&self) -> u64 {
        self.opcodes
    }

    /// The object that the pickle is.
    pub(in super::super) fn root(&self) -> NodeId {
        self.root
    }

    /// The object of that number.
    pub(in super::super) fn node(&self, id: NodeId) -> &Node {
        // Numbers come from this graph only.
        &self.nodes[id.0 as usize]
    }

    /// All objects, also those that nothing refers to.
    pub(in super::super) fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// The bytes of a span, as text.
    pub(in super::super) fn text(&self, span: Span) -> Option<&'a str> {
        let start = span.start as usize;
        std::str::from_utf8(self.bytes.get(start..start + span.bytes as usize)?).ok()
    }

    /// The text that a node is.
    pub(in super::super) fn text_of(&self, id: NodeId) -> Option<&'a str> {
        match *self.node(id) {
            Node::Text(span) => self.text(span),
            _ => None,
        }
    }

    /// The whole number that a node is.
    pub(in super::super) fn int_of(&self, id: NodeId) -> Option<i64> {
        match *self.node(id) {
            Node::Int(number) => Some(number),
            _ => None,
        }
    }

    /// The members of a tuple or list.
    pub(in super::super) fn members(&self, id: NodeId) -> Option<&[NodeId]> {
        match self.node(id) {
            Node::Tuple(members) | Node::List(members) => Some(members),
            _ => None,
        }
    }

    /// Module and name of a global.
    pub(in super::super) fn global(&self, id: NodeId) -> Option<(&'a str, &'a str)> {
        match *self.node(id) {
            Node::Global { module, name } => Some((self.text(module)?, self.text(name)?)),
            _ => None,
        }
    }

    /// Module, name and arguments of a call.
    pub(in super::super) fn call(&self, id: NodeId) -> Option<(&'a str, &'a str, &[NodeId])> {
        match *self.node(id) {
            Node::Call { function, arguments, .. } => {
                let (module, name) = self.global(function)?;
                Some((module, name, self.members(arguments)?))
            }
            _ => None,
        }
    }

    /// The pairs of the state dictionary of an object.
    pub(in super::super) fn state(&self, id: NodeId) -> Option<&[(NodeId, NodeId)]> {
        match *self.node(id) {
            Node::Call { state: Some(state), .. } => match self.node(state) {
                Node::Dict(pairs) => Some(pairs),
                _ => None,
            },
            _ => None,
        }
    }

    /// Looks through the wrappers that older torch puts around typed lists.
    pub(in super::super) fn unwrapped(&self, id: NodeId) -> NodeId {
        match self.call(id) {
            Some(("torch.jit._pickle", name, &[inner, ..]))
                if name == "restore_type_tag" || name.starts_with("build_") && name.ends_with("list") =>
            {
                inner
            }
            _ => id,
        }
    }
}
