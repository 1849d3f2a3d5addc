//! Good archives with other promises in them, checksums and all: what no export would write.

#![allow(dead_code, reason = "each test file uses a part")]

use std::path::Path;

use crate::archive_files;

/// Writes a copy of a model whose `forward_params` are `[1, 1, 1, 1]`, with others.
pub fn with_params(model: &Path, to: &Path, params: [i64; 4]) {
    let bytes = |params: [i64; 4]| params.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<_>>();
    with_entries(model, to, &|entries| {
        let promised: Vec<_> = entries.iter_mut().filter(|(_, content)| *content == bytes([1; 4])).collect();
        assert_eq!(promised.len(), 1, "one method with these numbers");
        promised.into_iter().for_each(|(_, content)| *content = bytes(params));
    });
}

/// Names and contents of an archive's entries.
pub type Entries = Vec<(String, Vec<u8>)>;

/// Writes a copy of a model after something was done to the entries of its archive.
pub fn with_entries(model: &Path, to: &Path, change: &dyn Fn(&mut Entries)) {
    let mut entries = archive_files::entries(&std::fs::read(model).expect("a model"));
    change(&mut entries);
    std::fs::write(to, archive_files::torch_zip(&entries)).expect("a file can be written");
}
