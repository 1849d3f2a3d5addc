//! What a neural model is to everything above it: what it promises ([`spec`]), the values of its attributes
//! ([`value`], [`attribute`], [`mod@array`]), what is known of its file ([`Description`]), and the traits [`Model`] and
//! [`ModelSource`], behind which libtorch, a fake or anything else computes.
//!
//! The lowest of this project's crates: it knows neither hosts, nor threads, nor files.

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
