//! Whether an output was closed when the program began (`nn … >&-`).
//!
//! Rust's runtime opens `/dev/null` in place of a closed output before `main`, so that writes succeed silently. It
//! cannot be told from a `/dev/null` that a caller has opened on purpose. So the outputs are checked before the
//! runtime starts, in a function that the C library calls at start. Windows has nothing of the kind; writes to a
//! missing output succeed there.
#![cfg_attr(unix, allow(unsafe_code))] // Is called before the runtime, and asks the C library.

use std::io;

/// One of the two outputs.
#[derive(Clone, Copy, Debug)]
pub enum Output {
    /// For results.
    Standard,
    /// For what is wrong.
    Error,
}

/// Says whether an output was there when the program began.
///
/// # Errors
/// When it was closed.
pub fn check(output: Output) -> io::Result<()> {
    if was_closed(output) { Err(io::Error::other("it is closed")) } else { Ok(()) }
}

#[cfg(unix)]
fn was_closed(output: Output) -> bool {
    use std::sync::atomic::Ordering::Relaxed;
    before::CLOSED[output as usize].load(Relaxed)
}

#[cfg(not(unix))]
fn was_closed(_output: Output) -> bool {
    false
}

#[cfg(unix)]
mod before {
    use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

    /// In the order of [`super::Output`].
    pub static CLOSED: [AtomicBool; 2] = [AtomicBool::new(false), AtomicBool::new(false)];

    // SAFETY: The C library calls the functions in this section once each, on the first thread, before `main`. It may give
    // them arguments, which functions without parameters leave alone.
    #[used]
    #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__mod_init_func"))]
    #[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".init_array"))]
    static LOOK: extern "C" fn() = look;

    /// Uses nothing of the runtime, which is not there yet.
    extern "C" fn look() {
        for (descriptor, closed) in [libc::STDOUT_FILENO, libc::STDERR_FILENO].into_iter().zip(&CLOSED) {
            // SAFETY: It asks about a number, whatever is behind it, and touches no memory.
            let flags = unsafe { libc::fcntl(descriptor, libc::F_GETFD) };
            closed.store(flags == -1, Relaxed);
        }
    }
}
