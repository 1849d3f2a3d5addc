//! All source of an archive.

use std::io::{Read, Seek};

use super::{
    ArchiveError,
    container::Archive,
    operators::{self, Calls, Refusal},
    pickle::{Graph, Node},
};

/// All source of a RAVE has 100 kB.
const MOST_CODE_BYTES: u64 = 1 << 26;

/// Reads all source, also that of classes which nothing refers to.
pub(super) fn read<R: Read + Seek>(archive: &mut Archive<R>) -> Result<Calls, ArchiveError> {
    let mut calls = Calls::default();
    let mut left = MOST_CODE_BYTES;
    for (name, bytes) in archive.files("code") {
        if !name.ends_with(".py") {
            continue;
        }
        left = left.checked_sub(bytes).ok_or_else(|| ArchiveError::Limit {
            what: "bytes of source".into(),
            found: bytes,
            most: MOST_CODE_BYTES,
        })?;
        let source = archive.read(&name, left + bytes)?;
        calls
            .read(&name, &String::from_utf8_lossy(&source))
            .map_err(|_| ArchiveError::Damaged { entry: name, what: "a text in its source has no end" })?;
    }
    Ok(calls)
}

/// What models may not call and this one does; `graphs` are those of its pickles.
pub(super) fn refused(calls: Calls, graphs: &[&Graph<'_>]) -> Vec<Refusal> {
    let classes = graphs.iter().flat_map(|graph| {
        graph.ids().filter_map(|id| match graph.node(id) {
            Node::Global { .. } => graph.global(id),
            _ => None,
        })
    });
    operators::refused(calls, classes)
}
