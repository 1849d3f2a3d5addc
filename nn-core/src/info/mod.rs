//! `nn.info`: describes a model file before anything of it runs.
//!
//! [`Description`] is what is known; [`Tree`] its keys and values, the same in every host and in the command-line
//! tool: as YAML, JSON, a dictionary if the host has them, or lists. [`NnInfo`] is the box.

mod answers;
mod described;
mod event;
mod examining;
mod method_list;
mod object;
mod request;
mod save;
mod self_testing;
mod told;
mod tree;
mod turn;

pub use event::{InfoContext, InfoEvent, OUTLETS, Outlet};
pub use method_list::method_list;
pub use nn_archive::description as read;
pub use nn_model::{About, Description, InnerSound, Operators, Sounds};
pub use object::NnInfo;
pub use request::{InfoRequest, InfoSelfTest, MESSAGES, parse};
pub use save::SaveError;
pub use tree::Tree;
pub use turn::{InTurn, Turn};
