//! TorchScript models through libtorch.
//!
//! Nothing here links libtorch. The library `nn_torch` lies beside the external and is opened when the first model is
//! loaded, on the loader thread: the host loads the external in milliseconds, keeps playing while libtorch is mapped,
//! and shows a clear line if it is missing.
//!
//! In order: create a [`TorchSource`], `describe` files on the main thread, `load` them on the loader thread, call
//! `prepare_thread` on every thread that runs models.
//!
//! Modules: `abi` (the mirror of the table), `backend` (opening the library), `call` (calls that may fail),
//! `convert`, `handle` and `operators` (every call across the edge), `image` (a file in memory, once), `content`
//! (identity of a file), `known` (descriptions of unchanged files), `library` (shared weights), `said` (what models
//! print), `device_thread` (where models on a GPU run), `model` and `source` (the traits of this crate).

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
