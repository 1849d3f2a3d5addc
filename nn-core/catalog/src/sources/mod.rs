//! Where models come from: one YAML file with the built-in sources, and the user's own beside it.

mod entries;
mod file;
mod folder;
mod forum;
mod hugging_face;
mod index;
mod source;
mod yaml;

pub use file::{Sources, VARIABLE};
pub use source::{Kind, Origin, Source};
