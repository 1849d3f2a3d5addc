//! The object graph of a pickle, as TorchScript writes it (protocol 2).
//!
//! Nothing is executed: a call becomes a [`Node::Call`] that says what would be called. All nodes lie in one
//! vector and refer to each other by number, so that neither depth nor cycles can hurt.

mod graph;
mod machine;
mod node;

pub(super) use graph::Graph;
pub(super) use node::{Node, NodeId, TOO_LONG};

#[cfg(test)]
mod tests;
