//! The package's name.

/// It is the folder's, too.
pub const NAME: &str = "nn~";
