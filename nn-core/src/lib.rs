//! Everything of the neural audio objects that is not a host.

pub mod archive;
pub mod array;
pub mod attribute;
#[cfg(feature = "catalog")]
pub mod catalog;
pub mod creation;
pub mod desk;
pub mod door;
pub mod engine;
#[cfg(feature = "fake")]
pub mod fake;
pub mod info;
pub mod layout;
pub mod lookup;
pub mod memory;
pub mod message;
pub mod model;
pub mod object;
pub mod places;
pub mod policy;
pub mod port;
pub mod spec;
pub mod timing;
#[cfg(feature = "torch")]
pub mod torch;
pub mod value;
