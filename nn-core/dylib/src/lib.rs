//! Finds and opens libraries beside the running one: the stub that a host opens for each box opens the one core
//! library, and the core opens the library that holds libtorch.
//!
//! One core, because copies of a library have separate statics: each would have its own loader, caches and exit
//! handlers.

mod core_library;
mod layout;
mod location;

pub use core_library::{CoreError, entry};
pub use layout::{Host, QUIET_ENDING, System, package, package_of};
pub use location::{folder, own_module};
