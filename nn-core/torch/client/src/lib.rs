//! TorchScript models through libtorch.
//!
//! Nothing here links libtorch. The library `nn_torch` stands beside the external and is opened when the first model
//! is loaded, on the thread that loads: the host takes the external in milliseconds, goes on playing while
//! libtorch is mapped, and reads a clear line when it is missing.
//!
//! In order: make a [`TorchSource`], `describe` files on the main thread, `load` them on the loader's, call
//! `prepare_thread` once on every thread that runs models.
//!
//! Rooms: `abi` (the mirror of the table), `backend` (opening the library), `call` (calls that may fail), `convert`, `handle`
//! and `operators` (every call across the edge), `image` (a file in memory, once), `content` (by what a file is known),
//! `known` (what files say of themselves), `library` (shared weights), `said` (what models print), `device_thread` (where
//! models on a GPU run), `model` and `source` (the traits of this crate).

mod abi;
mod backend;
mod call;
mod content;
mod convert;
mod device_thread;
mod devices;
mod handle;
mod image;
mod known;
mod library;
mod model;
mod operators;
mod said;
mod source;

pub use backend::{Backend, BackendError, VARIABLE};
pub use library::Library;
pub use model::TorchModel;
pub use source::TorchSource;
