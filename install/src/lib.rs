//! Finds or downloads libtorch: pinned, checked, once per user.
//!
//! - [`locate()`] is for build scripts: it finds libtorch, or says what to do if there is none.
//! - `ensure` (feature `bring`) is for `cargo xtask setup`: it downloads what is missing with pip.
//! - `ensure_cuda` (feature `bring`) is for `cargo xtask setup --cuda`: the same libtorch with its part for NVIDIA's GPUs.
//!
//! Both honour `LIBTORCH`; both refuse any release but [`VERSION`].

#[cfg(feature = "bring")]
mod cuda;
#[cfg(feature = "bring")]
mod cuda_stub;
#[cfg(feature = "bring")]
mod download;
#[cfg(feature = "bring")]
mod environment;
#[cfg(feature = "bring")]
mod error;
mod locate;
#[cfg(feature = "bring")]
mod nvidia;
#[cfg(feature = "bring")]
mod place;
mod platform;
#[cfg(feature = "bring")]
mod progress;
#[cfg(feature = "bring")]
pub mod python;
mod tree;
#[cfg(feature = "bring")]
mod wheel;

#[cfg(feature = "bring")]
pub use cuda::{cuda_announcement, ensure_cuda};
#[cfg(feature = "bring")]
pub use download::ensure;
#[cfg(feature = "bring")]
pub use environment::ensure_models_python;
#[cfg(feature = "bring")]
pub use error::EnsureError;
pub use locate::{ENVIRONMENT, LocateError, cache_dir, cuda_lib_dir, locate};
pub use platform::{Cuda, CudaStub, LIBRARIES, PLATFORMS, PYTHON_VERSION, Platform, VERSION};
#[cfg(feature = "bring")]
pub use progress::Progress;
pub use tree::{Libtorch, TreeError};
