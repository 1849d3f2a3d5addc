//! Leaving: hosts quit without freeing their objects, while our threads may be deep inside a model.
//!
//! libtorch's static objects are destroyed at exit. A thread that still runs a model then crashes the host on its
//! way out. So an exit handler tells our threads to leave and waits for them. Exit handlers run newest first:
//! [`arm`] is called again whenever libtorch may have made new static objects, so that ours comes before theirs.
#![allow(unsafe_code)]

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    time::{Duration, Instant},
};

/// How long quitting waits for threads that are inside a model.
pub const PATIENCE: Duration = Duration::from_secs(2);

static LEAVING: AtomicBool = AtomicBool::new(false);
static PRESENT: AtomicUsize = AtomicUsize::new(0);

/// True once the process is on its way out.
pub fn leaving() -> bool {
    LEAVING.load(SeqCst)
}

/// While it lives, its thread may be inside a model and quitting waits for it.
#[derive(Debug)]
pub struct Presence(());

impl Presence {
    /// `None` once the process is on its way out: then the caller must not touch any model.
    pub fn enter() -> Option<Self> {
        PRESENT.fetch_add(1, SeqCst);
        let presence = Self(());
        if leaving() { None } else { Some(presence) }
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        PRESENT.fetch_sub(1, SeqCst);
    }
}

/// True when every thread has left, false when patience ran out.
fn everybody_left() -> bool {
    LEAVING.store(true, SeqCst);
    let begin = Instant::now();
    while PRESENT.load(SeqCst) > 0 {
        if begin.elapsed() > PATIENCE {
            return false;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    true
}

/// Registers the exit handler once more. Any thread but the audio thread.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn arm() {
    use std::ffi::{c_int, c_void};

    unsafe extern "C" {
        fn on_exit(handler: extern "C" fn(c_int, *mut c_void), argument: *mut c_void) -> c_int;
    }

    extern "C" fn leave(status: c_int, _argument: *mut c_void) {
        if !everybody_left() {
            // A thread hangs inside a model. Destroying libtorch under it would crash: skip what is left of the
            // exit, keep what was printed and the host's exit code.
            //
            // SAFETY: both are plain C calls; a null stream flushes all.
            unsafe {
                libc::fflush(std::ptr::null_mut());
                libc::_exit(status);
            }
        }
    }

    // SAFETY: the handler is a plain function of this library, which is never unloaded (linked with nodelete).
    // A refusal (out of memory) leaves the earlier registrations.
    unsafe { on_exit(leave, std::ptr::null_mut()) };
}

/// Registers the exit handler once more. Any thread but the audio thread.
#[cfg(all(unix, not(all(target_os = "linux", target_env = "gnu"))))]
pub fn arm() {
    extern "C" fn leave() {
        everybody_left();
    }
    // SAFETY: the handler is a plain function of this library, which is never unloaded.
    unsafe { libc::atexit(leave) };
}

/// Windows ends all other threads before static objects are destroyed: nothing to wait for.
#[cfg(windows)]
pub fn arm() {
    let _ = everybody_left as fn() -> bool;
}
