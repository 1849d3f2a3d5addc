//! What stands beside the library that is running: the small files that a host opens under the names of the boxes
//! open the one core library with it, and the core opens the one that holds libtorch.
//!
//! One core, because copies of a library have separate statics: a loader, caches and exit handlers each.

mod core_library;
mod location;

pub use core_library::{CoreError, entry, entry_in};
pub use location::{folder, own_module};
