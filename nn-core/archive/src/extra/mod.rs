//! What a file says of itself beside its code: the entry `extra/metadata.json`, as Neutone writes it.

mod about;
mod json;
mod metadata;
mod names;
mod sounds;

pub(super) use about::about;
pub(super) use metadata::{Metadata, flag, number};
pub(super) use names::NAME;
pub(super) use sounds::{count as count_sounds, read as read_sounds};
