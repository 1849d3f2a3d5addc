//! The objects of a pickle, and what can be wrong with it.

/// More nodes than any real-time model has (RAVE: ten thousand).
pub(in super::super) const MOST_NODES: usize = 1 << 22;

/// What is wrong with a pickle of more opcodes than were allowed.
pub(in super::super) const TOO_LONG: &str = "more opcodes than were allowed";

/// The place of a node in its graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in super::super) struct NodeId(pub(super) u32);

impl NodeId {
    /// Counts from 0, without gaps.
    pub(in super::super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A piece of the pickle itself.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Span {
    pub(super) start: u32,
    pub(super) bytes: u32,
}

/// One object.
#[derive(Clone, Debug)]
pub(in super::super) enum Node {
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
pub(in super::super) struct Fault {
    /// Where.
    pub(in super::super) offset: usize,
    /// What.
    pub(in super::super) what: &'static str,
}
