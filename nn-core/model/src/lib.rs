//! What a neural model is to everything above: its methods and attributes ([`spec`]), their values ([`value`],
//! [`attribute`], [`mod@array`]), the description of its file ([`Description`]), and the traits [`Model`] and
//! [`ModelSource`], which libtorch, a fake or anything else implements.
//!
//! At the lowest level of this project's crates: it knows no hosts, threads or files.

pub mod array;
pub mod attribute;
mod description;
mod error;
#[cfg(feature = "fake")]
pub mod fake;
mod model;
pub mod ratio;
pub mod shown;
pub mod spec;
pub mod value;

pub use description::{Description, Operators, State};
pub use error::{AttributeError, ForkError, LOAD_LIMIT_VARIABLE, LoadError, RunError};
pub use model::{Device, KernelFigures, Model, ModelSource, Place, Said, TensorView, TensorViewMut};
