//! Models made of a few lines of Rust, to test everything above libtorch without it: one for every file ([`FakeSource`]), or
//! as a format of files and addresses of their own ([`FakeFormat`], [`FakeRuntime`]).

mod behaviour;
mod format;
mod model;
mod sounds;
mod source;
mod used;

pub use behaviour::Behaviour;
pub use format::{FakeFormat, FakeRuntime};
pub use model::FakeModel;
pub use source::FakeSource;
pub use used::UsedCopies;
