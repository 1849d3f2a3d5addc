//! `nn.info`: what a model file is, said before anything of it runs.
//!
//! [`Description`] is what is known; [`Tree`] its keys and values, from which every host and the command-line tool take
//! the same words: YAML, JSON, a dictionary where a host has them, lists where it has none.

mod description;
mod tree;

pub use description::{Description, Operators};
pub use tree::Tree;
