//! TorchScript models through libtorch.
//!
//! Nothing here links libtorch. The library `nn_torch` lies beside the external and is opened when the first model is
//! loaded, on the loader thread: the host loads the external in milliseconds, keeps playing while libtorch is mapped,
//! and shows a clear line if it is missing.
//!
//! [`TorchRuntime`] stands in the table of formats beside the format that `nn-archive` reads: it loads on the loader's thread;
//! every thread that runs models calls `prepare_thread` before it does.
//!
//! Modules: `abi` (the mirror of the table), `location` and `backend` (finding and opening the library), `call` (calls that may
//! fail), `convert`, `handle` and `operators` (every call across the edge), `image` (a file in memory, once), `disk` (large state
//! elsewhere), `content` (by what a file is known), `library` (shared weights), `printed` (what models print), `profile` (what a
//! call did), `device_thread` (where models on a GPU run), `effect` and `effect_block` (effects of Neutone), `generator` (its
//! generators), `model` and `runtime` (the traits of `nn-model`).

mod abi;
mod backend;
mod call;
mod content;
mod convert;
mod device_thread;
mod devices;
mod disk;
mod effect;
mod effect_block;
mod generator;
mod handle;
mod image;
mod library;
mod location;
mod model;
mod operators;
mod printed;
mod profile;
mod runtime;

pub use backend::{Backend, BackendError};
pub use library::Library;
pub use location::VARIABLE;
pub use model::TorchModel;
pub use runtime::TorchRuntime;
