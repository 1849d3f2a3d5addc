//! Everything of the neural audio objects that is not a host.

pub mod archive;
pub mod model;
pub mod spec;
pub mod timing;
#[cfg(feature = "torch")]
pub mod torch;
pub mod value;
