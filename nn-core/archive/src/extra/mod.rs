//! What a file says of itself beside its code: the entry `extra/metadata.json`, as Neutone writes it.

mod about;
mod json;
mod metadata;
mod sounds;

pub(super) use about::about;
pub(super) use metadata::{Metadata, flag, number};
pub(super) use sounds::{count as count_sounds, read as read_sounds};

/// The key of the model's name.
pub(super) const NAME: &str = "model_name";
/// The entry's name inside the root folder.
pub(super) const ENTRY: &str = "extra/metadata.json";
