//! The stacks of this project's own threads, in one place.
//!
//! A stack takes address space, and memory only as far as it is used; but a host that has locked its memory
//! (`mlockall(MCL_FUTURE)`, as audio programs do) has all of every stack resident. So each is as large as its work needs
//! and no larger.
//!
//! Thread: any but audio.

use std::thread::Builder;

/// The loader, and whoever else loads models: libtorch compiles, copies and frees by recursion. The archive reader lets
/// nothing through that needs more than a part of it.
pub const LOADER_BYTES: usize = 16 << 20;

/// Workers, which run models and free them. Real models use less than a fifth of it.
pub const WORKER_BYTES: usize = 1 << 20;

/// Downloads and listings: network, checksums, and the archive reader, which does not recurse.
pub const CATALOGUE_BYTES: usize = 1 << 20;

/// A thread of this name and stack, to be spawned.
pub fn thread(name: &str, bytes: usize) -> Builder {
    Builder::new().name(name.into()).stack_size(bytes)
}
