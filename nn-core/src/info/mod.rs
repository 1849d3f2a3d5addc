//! `nn.info`: what a model file is, said before anything of it runs.
//!
//! [`Description`] is what is known; [`Tree`] its keys and values, from which every host and the command-line tool take
//! the same words: YAML, JSON, a dictionary where a host has them, lists where it has none. [`NnInfo`] is the box.

mod answers;
mod described;
mod event;
mod object;
mod request;
mod save;
mod tree;
mod turn;

pub use event::{Event, OUTLETS, Outlet, Surroundings};
pub use nn_archive::description as read;
pub use nn_model::{Description, Operators};
pub use object::NnInfo;
pub use request::{MESSAGES, Request, parse};
pub use save::SaveError;
pub use tree::Tree;
pub use turn::{Speaking, Turn};
