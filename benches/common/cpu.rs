//! Processor time.

use nn_core::engine::effort::used_by_this_thread;

/// Processor time of the calling thread in nanoseconds. Time that others take does not count.
pub fn thread_ns() -> u64 {
    used_by_this_thread().as_nanos() as u64
}
