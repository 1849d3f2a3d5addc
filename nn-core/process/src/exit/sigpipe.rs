//! The signal of an output whose reader is gone.

/// Whatever libtorch or a model writes on the calling thread to an output whose reader is gone fails, and no signal
/// ends the host for it.
pub fn block() {
    // SAFETY: an empty set, one signal in it, and the mask of the calling thread alone.
    unsafe {
        let mut set = std::mem::zeroed();
        libc::sigemptyset(&raw mut set);
        libc::sigaddset(&raw mut set, libc::SIGPIPE);
        libc::pthread_sigmask(libc::SIG_BLOCK, &raw const set, std::ptr::null_mut());
    }
}
