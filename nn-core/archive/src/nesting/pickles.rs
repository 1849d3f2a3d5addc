//! How deep the objects of a pickle lie in each other.

use super::{
    limits::{MOST_LEVELS, MOST_PICKLE_LEVELS},
    lines,
};
use crate::pickle::{Graph, Node, NodeId};

/// What is too deep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// Objects, by so many levels.
    Levels(u64),
    /// The text of a type.
    Type(u64),
    /// An object holds itself.
    Circle,
}

/// Checks all objects, also those that nothing refers to.
pub(super) fn check(graph: &Graph<'_>) -> Result<(), Depth> {
    check_types(graph)?;
    let found = depth(graph)?;
    if found > MOST_PICKLE_LEVELS { Err(Depth::Levels(found)) } else { Ok(()) }
}

/// The levels of the deepest object.
pub(super) fn depth(graph: &Graph<'_>) -> Result<u64, Depth> {
    let count = graph.ids().count();
    // 0: not seen; 1: being looked at; 2 and more: its levels and 2.
    let mut depths = vec![0u32; count];
    let (mut path, mut parts) = (Vec::new(), Vec::new());
    for id in graph.ids() {
        if depths[id.index()] == 0 {
            path.push((id, parts.len(), 0u32));
            depths[id.index()] = 1;
            graph.parts(id, &mut parts);
        }
        while let Some((node, start, deepest)) = path.pop() {
            let Some(part) = (parts.len() > start).then(|| parts.pop()).flatten() else {
                let levels = deepest + 1;
                depths[node.index()] = levels + 2;
                if let Some((_, _, above)) = path.last_mut() {
                    *above = (*above).max(levels);
                }
                continue;
            };
            path.push((node, start, deepest));
            match depths[part.index()] {
                0 => {
                    depths[part.index()] = 1;
                    path.push((part, parts.len(), 0));
                    graph.parts(part, &mut parts);
                }
                1 => return Err(Depth::Circle),
                known => {
                    if let Some((_, _, above)) = path.last_mut() {
                        *above = (*above).max(known - 2);
                    }
                }
            }
        }
    }
    Ok(u64::from(depths.into_iter().max().unwrap_or(0).saturating_sub(2)))
}

/// Lists and dictionaries carry their types as texts, which libtorch parses as it does source.
fn check_types(graph: &Graph<'_>) -> Result<(), Depth> {
    for id in graph.ids() {
        let Node::Call { arguments, .. } = *graph.node(id) else { continue };
        for &argument in graph.members(arguments).unwrap_or_default() {
            let Some(text) = graph.text_of(argument) else { continue };
            let found = lines::levels(text.as_bytes());
            if found > MOST_LEVELS {
                return Err(Depth::Type(found));
            }
        }
    }
    Ok(())
}

impl Graph<'_> {
    /// What an object holds.
    fn parts(&self, id: NodeId, parts: &mut Vec<NodeId>) {
        match self.node(id) {
            Node::Tuple(members) | Node::List(members) => parts.extend(members),
            Node::Dict(pairs) => parts.extend(pairs.iter().flat_map(|&(key, value)| [key, value])),
            Node::Persistent(name) => parts.push(*name),
            Node::Call { function, arguments, state } => {
                parts.extend([*function, *arguments].into_iter().chain(*state));
            }
            Node::None
            | Node::Bool(_)
            | Node::Int(_)
            | Node::Float(_)
            | Node::Text(_)
            | Node::Global { .. } => {}
        }
    }
}
