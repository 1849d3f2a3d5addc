//! What a neural model is to everything above: its methods and attributes ([`spec`]), their values ([`value`],
//! [`attribute`], [`mod@array`]), where it is ([`ModelLocation`]), its description ([`Description`]), who reads that
//! ([`Format`]) and who computes it ([`Runtime`], [`Model`]). Both stand in one table ([`Formats`]), through which the rest of
//! the project meets them; the engine sees it as its [`ModelSource`].
//!
//! At the lowest level of this project's crates: it knows no hosts or threads, and of files only how they look from outside
//! and how they begin.

mod about;
pub mod array;
pub mod attribute;
mod description;
pub mod effect;
mod error;
#[cfg(feature = "fake")]
pub mod fake;
mod format;
mod formats;
pub mod generator;
mod location;
pub mod midi;
mod model;
pub mod profile;
pub mod ratio;
pub mod shown;
mod source;
pub mod spec;
mod stamp;
mod transport;
pub mod value;

pub use about::{About, InnerSound, Sounds};
pub use description::{Description, Operators, State};
pub use error::{AttributeError, ForkError, LOAD_LIMIT_VARIABLE, LoadError, RunError};
pub use format::{Format, HEAD_BYTES, Unsound};
pub use formats::{Entry, Formats};
pub use location::{ModelLocation, RunAs};
pub use model::{Device, KernelFigures, Model, Place, Printed, Runtime, TensorView, TensorViewMut};
pub use source::ModelSource;
pub use stamp::Stamp;
pub use transport::{Transport, TransportChange};
