//! What a file says of the buffers that it works with: numbers that its top module holds under names that say so.

use std::io::{Read, Seek};

use crate::{
    ArchiveError,
    pickle::{Graph, Node, NodeId},
    specification::Module,
};
use nn_model::spec::MAX_BUFFER_FRAMES;

/// The names, the most binding first.
const NAMES: &[&str] = &[
    "min_buffer_size",
    "min_buffer",
    "buffer_size",
    "buffer_length",
    "block_size",
    "block_length",
    "chunk_size",
    "chunk_length",
    "segment_size",
    "segment_length",
    "frame_size",
    "frame_length",
    "window_size",
    "window_length",
    "win_length",
    "n_fft",
];

impl<R: Read + Seek> Module<'_, '_, R> {
    /// Names and numbers of those that the module holds.
    pub(super) fn buffer_hints(&mut self) -> Result<Vec<(String, usize)>, ArchiveError> {
        let mut hints = Vec::new();
        for &name in NAMES {
            let number = match self.held(name).and_then(|id| whole(self.program.graph, id)) {
                Some(number) => Some(number),
                None => self.numbers(name)?.filter(|numbers| numbers.len() == 1).map(|numbers| numbers[0]),
            };
            let number = number.and_then(|number| usize::try_from(number).ok());
            hints
                .extend(number.filter(|n| (2..=MAX_BUFFER_FRAMES).contains(n)).map(|n| (name.to_owned(), n)));
        }
        Ok(hints)
    }
}

/// A whole number, or a tuple or list of one, as nn~'s attributes are kept.
fn whole(graph: &Graph<'_>, id: NodeId) -> Option<i64> {
    match graph.node(id) {
        Node::Int(number) => Some(*number),
        _ => match graph.members(id)? {
            &[only] => graph.int_of(graph.unwrapped(only)),
            _ => None,
        },
    }
}
