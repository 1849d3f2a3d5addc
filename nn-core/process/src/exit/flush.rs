//! What was printed and is still in memory, when the rest of the exit is skipped.

use libc::FILE;

use super::sigpipe;

unsafe extern "C" {
    static stdout: *mut FILE;

    fn ftrylockfile(stream: *mut FILE) -> libc::c_int;
    fn funlockfile(stream: *mut FILE);
    fn fflush_unlocked(stream: *mut FILE) -> libc::c_int;
}

/// Flushes standard output, then all streams. May wait for a lock or a reader for ever: to be called under an alarm,
/// with the stream that matters most first. An output whose reader is gone costs what was to be written there.
pub fn what_can_be() {
    sigpipe::block();
    // SAFETY: the C library's own stream, locked before it is touched; a null stream means all.
    unsafe {
        if ftrylockfile(stdout) == 0 {
            if takes_more(stdout) {
                fflush_unlocked(stdout);
            }
            funlockfile(stdout);
        }
        libc::fflush(std::ptr::null_mut());
    }
}

/// False where a write would wait for a reader.
///
/// # Safety
/// `stream` must be open and locked by this thread.
unsafe fn takes_more(stream: *mut FILE) -> bool {
    // SAFETY: the caller's condition; one descriptor, looked at without waiting.
    unsafe {
        let mut file = libc::pollfd { fd: libc::fileno(stream), events: libc::POLLOUT, revents: 0 };
        libc::poll(&raw mut file, 1, 0) == 1 && file.revents & libc::POLLOUT != 0
    }
}
