//! What a file says of itself beside its code: the entry `extra/metadata.json`, as Neutone writes it.

mod json;
mod metadata;

pub(super) use metadata::{Metadata, flag, number};

/// The entry's name inside the root folder.
pub(super) const ENTRY: &str = "extra/metadata.json";
