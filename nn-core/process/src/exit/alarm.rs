//! An alarm that ends the process on its way out, whatever the thread that leaves waits for.
//!
//! A timer and a signal need neither memory nor a lock, and `_exit` runs no code of anybody: the kernel ends all threads
//! wherever they are. Set only while a thread of ours is inside a model as the host leaves.

use std::{
    cell::UnsafeCell,
    ffi::c_int,
    mem::MaybeUninit,
    ptr,
    sync::atomic::{AtomicBool, AtomicI32, Ordering::SeqCst},
    time::Duration,
};

/// The exit code while the host's own is not known yet.
const UNKNOWN: c_int = libc::EXIT_FAILURE;

static STATUS: AtomicI32 = AtomicI32::new(UNKNOWN);
static IS_SET: AtomicBool = AtomicBool::new(false);
static BEFORE: Kept = Kept(UnsafeCell::new(MaybeUninit::uninit()));

/// What the host had: its timer, its handler and the signals that the thread blocked.
struct Before {
    timer: libc::itimerval,
    action: libc::sigaction,
    mask: libc::sigset_t,
}

struct Kept(UnsafeCell<MaybeUninit<Before>>);

// SAFETY: touched only by `set` and `stop`, which the one thread calls that runs the process's exit handlers.
unsafe impl Sync for Kept {}

/// Ends the process with this exit code after this time, unless [`stop`] is called before. A second call sets both anew.
///
/// To be called by the thread that runs the exit handlers.
pub fn set(status: Option<c_int>, within: Duration) {
    if let Some(status) = status {
        STATUS.store(status, SeqCst);
    }
    let time = libc::timeval {
        tv_sec: within.as_secs() as libc::time_t,
        tv_usec: libc::suseconds_t::from(within.subsec_micros()),
    };
    let timer = libc::itimerval { it_interval: libc::timeval { tv_sec: 0, tv_usec: 0 }, it_value: time };
    let is_first = !IS_SET.swap(true, SeqCst);
    // SAFETY: all of these are plain data for which zero is a value; the calls only read and write what is named, and
    // `BEFORE` is this thread's own here. The handler does what a handler may.
    unsafe {
        let mut before: Before = std::mem::zeroed();
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = ring as extern "C" fn(c_int) as libc::sighandler_t;
        let mut signals: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&raw mut signals);
        libc::sigaddset(&raw mut signals, libc::SIGALRM);
        libc::sigaction(libc::SIGALRM, &raw const action, &raw mut before.action);
        libc::pthread_sigmask(libc::SIG_UNBLOCK, &raw const signals, &raw mut before.mask);
        libc::setitimer(libc::ITIMER_REAL, &raw const timer, &raw mut before.timer);
        if is_first {
            (*BEFORE.0.get()).write(before);
        }
    }
}

/// Takes the alarm back, if it is set: the host's own timer and handler are as they were.
pub fn stop() {
    if !IS_SET.swap(false, SeqCst) {
        return;
    }
    // SAFETY: `set` has written it, and this thread alone touches it.
    unsafe {
        let before = (*BEFORE.0.get()).assume_init_ref();
        libc::setitimer(libc::ITIMER_REAL, &raw const before.timer, ptr::null_mut());
        libc::sigaction(libc::SIGALRM, &raw const before.action, ptr::null_mut());
        libc::pthread_sigmask(libc::SIG_SETMASK, &raw const before.mask, ptr::null_mut());
    }
}

extern "C" fn ring(_signal: c_int) {
    if IS_SET.load(SeqCst) {
        // SAFETY: a plain C call, allowed in a signal handler.
        unsafe { libc::_exit(STATUS.load(SeqCst)) }
    }
}
