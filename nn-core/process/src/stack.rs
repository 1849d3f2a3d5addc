//! The stacks of this project's own threads, in one place.
//!
//! A stack takes address space, and memory only as far as it is used; but in a host that has locked its memory
//! (`mlockall(MCL_FUTURE)`, as audio programs do) all of every stack is resident. So each is as large as its work
//! needs and no larger.
//!
//! Thread: any but audio.

use std::thread::Builder;

/// For threads that load models: libtorch compiles, copies and frees by recursion. The archive reader refuses files
/// that need more than part of it.
pub const LOADER_BYTES: usize = 16 << 20;

/// For workers, which run models and free them. Real models use less than a fifth of it.
pub const WORKER_BYTES: usize = 1 << 20;

/// For downloads and listings: network, checksums, and the archive reader, which does not recurse.
pub const CATALOG_BYTES: usize = 1 << 20;

/// A builder of a thread with this name and stack.
pub fn thread(name: &str, bytes: usize) -> Builder {
    Builder::new().name(name.into()).stack_size(bytes)
}
