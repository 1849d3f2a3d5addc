//! Names by which metadata are found.

/// The entry's name inside the root folder.
pub(crate) const ENTRY: &str = "extra/metadata.json";
/// The key of the model's name.
pub(crate) const NAME: &str = "model_name";
