//! All source of an archive.

use std::io::{Read, Seek};

use crate::{
    ArchiveError,
    container::Archive,
    operators::{self, Calls, Refusal},
    pickle::{Graph, Node},
};

/// All source of a RAVE has 100 kB.
const MOST_CODE_BYTES: u64 = 1 << 26;

/// Visits every file of source with its name, also those of classes which nothing refers to. Whatever their names are:
/// libtorch is free to find them.
pub(super) fn each_source<R: Read + Seek>(
    archive: &mut Archive<R>,
    mut visit: impl FnMut(&str, &[u8]) -> Result<(), ArchiveError>,
) -> Result<(), ArchiveError> {
    let mut left = MOST_CODE_BYTES;
    for (name, bytes) in archive.files("code") {
        if name.ends_with(".debug_pkl") {
            continue;
        }
        left = left.checked_sub(bytes).ok_or_else(|| ArchiveError::Limit {
            what: "bytes of source".into(),
            found: bytes,
            most: MOST_CODE_BYTES,
        })?;
        let source = archive.read(&name, left + bytes)?;
        visit(&name, &source)?;
    }
    Ok(())
}

/// What all source calls.
pub(super) fn read<R: Read + Seek>(archive: &mut Archive<R>) -> Result<Calls, ArchiveError> {
    let mut calls = Calls::default();
    each_source(archive, |name, source| {
        let unfinished =
            || ArchiveError::Damaged { entry: name.into(), what: "a text in its source has no end" };
        calls.read(name, source).map_err(|_| unfinished())
    })?;
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
