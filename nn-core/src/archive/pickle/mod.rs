//! The object graph of a pickle, as TorchScript writes it (protocol 2).
//!
//! Nothing is executed: a call becomes a [`Node::Call`] that says what would be called. All nodes lie in one
//! vector and refer to each other by number, so that neither depth nor cycles can hurt.

mod machine;

/// More nodes than any real-time model has (RAVE: ten thousand).
pub(super) const MOST_NODES: usize = 1 << 22;

/// What is wrong with a pickle of more opcodes than were allowed.
pub(super) const TOO_LONG: &str = "more opcodes than were allowed";

/// The place of a node in its graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct NodeId(u32);

impl NodeId {
    /// Counts from 0, without gaps.
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A piece of the pickle itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    start: u32,
    bytes: u32,
}

/// One object.
#[derive(Clone, Debug)]
pub(super) enum Node {
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(Span),
    /// A name in a module: a class or a function.
    Global {
        module: Span,
        name: Span,
    },
    Tuple(Vec<NodeId>),
    List(Vec<NodeId>),
    /// Pairs in order; a later pair of the same key wins.
    Dict(Vec<(NodeId, NodeId)>),
    /// A storage, by the tuple that names it.
    Persistent(NodeId),
    /// What a function or class makes of its arguments, with the state that it is given afterwards.
    Call {
        function: NodeId,
        arguments: NodeId,
        state: Option<NodeId>,
    },
}

/// Why some bytes are no pickle of TorchScript's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where.
    pub(super) offset: usize,
    /// What.
    pub(super) what: &'static str,
}

/// A whole pickle.
#[derive(Debug)]
pub(super) struct Graph<'a> {
    bytes: &'a [u8],
    nodes: Vec<Node>,
    root: NodeId,
    opcodes: u64,
}

impl<'a> Graph<'a> {
    /// Reads a pickle up to its STOP.
    #[cfg(test)]
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, Fault> {
        Self::read_within(bytes, u64::MAX)
    }

    /// Reads a pickle up to its STOP, of at most so many opcodes: [`TOO_LONG`] when there are more.
    pub(super) fn read_within(bytes: &'a [u8], most_opcodes: u64) -> Result<Self, Fault> {
        let (nodes, root, opcodes) = machine::run(bytes, most_opcodes)?;
        Ok(Self { bytes, nodes, root, opcodes })
    }

    /// How many opcodes it has.
    pub(super) fn opcodes(&self) -> u64 {
        self.opcodes
    }

    /// The object that the pickle is.
    pub(super) fn root(&self) -> NodeId {
        self.root
    }

    /// The object of that number.
    pub(super) fn node(&self, id: NodeId) -> &Node {
        // Numbers come from this graph only.
        &self.nodes[id.0 as usize]
    }

    /// All objects, also those that nothing refers to.
    pub(super) fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// The bytes of a span, as text.
    pub(super) fn text(&self, span: Span) -> Option<&'a str> {
        let start = span.start as usize;
        std::str::from_utf8(self.bytes.get(start..start + span.bytes as usize)?).ok()
    }

    /// The text that a node is.
    pub(super) fn text_of(&self, id: NodeId) -> Option<&'a str> {
        match *self.node(id) {
            Node::Text(span) => self.text(span),
            _ => None,
        }
    }

    /// The whole number that a node is.
    pub(super) fn int_of(&self, id: NodeId) -> Option<i64> {
        match *self.node(id) {
            Node::Int(number) => Some(number),
            _ => None,
        }
    }

    /// The members of a tuple or list.
    pub(super) fn members(&self, id: NodeId) -> Option<&[NodeId]> {
        match self.node(id) {
            Node::Tuple(members) | Node::List(members) => Some(members),
            _ => None,
        }
    }

    /// Module and name of a global.
    pub(super) fn global(&self, id: NodeId) -> Option<(&'a str, &'a str)> {
        match *self.node(id) {
            Node::Global { module, name } => Some((self.text(module)?, self.text(name)?)),
            _ => None,
        }
    }

    /// Module, name and arguments of a call.
    pub(super) fn call(&self, id: NodeId) -> Option<(&'a str, &'a str, &[NodeId])> {
        match *self.node(id) {
            Node::Call { function, arguments, .. } => {
                let (module, name) = self.global(function)?;
                Some((module, name, self.members(arguments)?))
            }
            _ => None,
        }
    }

    /// The pairs of the state dictionary of an object.
    pub(super) fn state(&self, id: NodeId) -> Option<&[(NodeId, NodeId)]> {
        match *self.node(id) {
            Node::Call { state: Some(state), .. } => match self.node(state) {
                Node::Dict(pairs) => Some(pairs),
                _ => None,
            },
            _ => None,
        }
    }

    /// Looks through the wrappers that older torch puts around typed lists.
    pub(super) fn unwrapped(&self, id: NodeId) -> NodeId {
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

#[cfg(test)]
mod tests;
