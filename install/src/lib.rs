//! Finds or downloads libtorch: pinned, checked, once per user.
//!
//! - [`locate()`] is for build scripts: it finds libtorch, or says what to do if there is none.
//! - `ensure` (feature `download`) is for `cargo xtask setup`: it downloads what is missing with pip.
//! - `ensure_cuda` (feature `download`) is for `cargo xtask setup --cuda`: the same libtorch with its part for NVIDIA's GPUs.
//!
//! Both honour `LIBTORCH`; both refuse any release but [`VERSION`].

#[cfg(feature = "download")]
mod cuda;
#[cfg(feature = "download")]
mod download;
#[cfg(feature = "download")]
mod environment;
#[cfg(feature = "download")]
mod error;
mod locate;
#[cfg(feature = "download")]
mod nvidia;
#[cfg(feature = "download")]
mod place;
mod platform;
#[cfg(feature = "download")]
mod progress;
#[cfg(feature = "download")]
pub mod python;
#[cfg(feature = "download")]
mod stub;
mod tree;
#[cfg(feature = "download")]
mod wheel;

#[cfg(feature = "download")]
pub use cuda::{cuda_announcement, ensure_cuda};
#[cfg(feature = "download")]
pub use download::{ensure, ensure_for};
#[cfg(feature = "download")]
pub use environment::ensure_models_python;
#[cfg(feature = "download")]
pub use error::EnsureError;
pub use locate::{ENVIRONMENT, LocateError, cache_dir, cuda_lib_dir, locate, locate_for};
pub use platform::{Cuda, ExtraWheel, LIBRARIES, PLATFORMS, PYTHON_VERSION, Platform, Stub, VERSION};
#[cfg(feature = "download")]
pub use progress::Progress;
pub use tree::{Libtorch, TreeError};
