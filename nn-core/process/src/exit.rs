//! Shutdown: hosts quit without freeing their objects, while our threads may be deep inside a model.
//!
//! At exit libtorch's static objects are destroyed, newest first. A thread that still runs a model, or is only just
//! mapping libtorch, then crashes the host on its way out. So before the first of them goes our threads are told to
//! leave and waited for. Two hooks do that, both set by [`arm`]:
//!
//! - A thread-local object of the main thread: `exit` destroys those before anything static, however late libtorch's
//!   were made. It works whenever the host exits from its main thread.
//! - An exit handler, for hosts that exit from another thread. Handlers run newest first, so [`arm`] is called again
//!   whenever libtorch may have made new static objects. It also knows the exit code.
//!
//! A thread that hangs inside a model may hold any lock: that of a standard stream, of the memory allocator, of the
//! dynamic loader. So both hooks first set an `alarm`, which ends the process with the host's exit code whatever they
//! wait for, and what was printed is flushed only as far as that goes without the hanging thread.
#![allow(unsafe_code)]

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod alarm;
/// Elsewhere the exit code is not known to those who run at exit.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
mod alarm {
    pub fn set(_status: Option<std::ffi::c_int>, _within: std::time::Duration) {}
    pub fn stop() {}
}
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod flush;
#[cfg(unix)]
mod sigpipe;

use std::{
    cell::{Cell, RefCell},
    ffi::c_int,
    marker::PhantomData,
    sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::SeqCst},
    time::{Duration, Instant},
};

/// How long exit waits for threads that are inside a model, unless the host wants less.
pub const PATIENCE: Duration = Duration::from_secs(2);
/// For hosts that others wait for while they quit.
pub const SHORT_PATIENCE: Duration = Duration::from_millis(300);
/// How long the rest of the way out may take when one of them hangs, until the exit code is known.
const REST: Duration = Duration::from_secs(1);
/// How long flushing what was printed may take then.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const FLUSH: Duration = Duration::from_millis(250);

static LEAVING: AtomicBool = AtomicBool::new(false);
static IMPATIENT: AtomicBool = AtomicBool::new(false);
static PRESENT: AtomicUsize = AtomicUsize::new(0);
static PATIENCE_MS: AtomicU64 = AtomicU64::new(PATIENCE.as_millis() as u64);

thread_local! {
    /// How many presences this thread has: a thread must not wait for itself.
    static OWN: Cell<usize> = const { Cell::new(0) };
    /// Kept until this thread's thread-local objects are destroyed.
    static LAST: RefCell<Option<Presence>> = const { RefCell::new(None) };
}

/// True once the process is on its way out.
pub fn leaving() -> bool {
    LEAVING.load(SeqCst)
}

/// How long exit waits from now on.
///
/// Thread: any.
pub fn set_patience(patience: Duration) {
    PATIENCE_MS.store(u64::try_from(patience.as_millis()).unwrap_or(u64::MAX), SeqCst);
}

fn patience() -> Duration {
    Duration::from_millis(PATIENCE_MS.load(SeqCst))
}

/// While it lives, its thread may be inside a model, and exit waits for it. Any thread; two atomic operations.
#[derive(Debug)]
pub struct Presence {
    of_one_thread: PhantomData<*const ()>,
}

impl Presence {
    /// `None` once the process is on its way out: then the caller must not touch any model.
    ///
    /// Thread: any.
    pub fn enter() -> Option<Self> {
        PRESENT.fetch_add(1, SeqCst);
        OWN.set(OWN.get() + 1);
        let presence = Self { of_one_thread: PhantomData };
        if leaving() { None } else { Some(presence) }
    }

    /// For a thread of ours that ends while the host goes on: libtorch's thread-local objects are still to be
    /// destroyed, and quitting waits for that too.
    ///
    /// They are, because [`Presence::prepare_thread`] was called before libtorch made any: newest go first.
    ///
    /// Thread: any but audio.
    pub fn until_the_thread_has_ended(self) {
        LAST.set(Some(self));
    }

    /// To be called first in a thread of ours that will use models.
    ///
    /// Thread: any but audio.
    pub fn prepare_thread() {
        LAST.set(None);
        #[cfg(unix)]
        sigpipe::block();
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        OWN.set(OWN.get().saturating_sub(1));
        PRESENT.fetch_sub(1, SeqCst);
    }
}

/// Where threads of ours end up that find the process on its way out: ending would destroy their thread-local
/// objects while the static ones are being destroyed.
pub fn linger() -> ! {
    loop {
        std::thread::park();
    }
}

/// True when every thread has left, false when patience ran out: then an alarm is set. `status` is the host's exit code,
/// where that is known.
fn everybody_left(status: Option<c_int>) -> bool {
    LEAVING.store(true, SeqCst);
    let begin = Instant::now();
    if PRESENT.load(SeqCst) > 0 {
        alarm::set(status, patience() + REST);
    }
    while PRESENT.load(SeqCst) > 0 {
        if inside_a_model() || IMPATIENT.load(SeqCst) || begin.elapsed() > patience() {
            IMPATIENT.store(true, SeqCst);
            return false;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    alarm::stop();
    true
}

/// True when a signal handler that leaves has interrupted a model on this very thread, which then never returns.
fn inside_a_model() -> bool {
    OWN.get() > 0
}

/// Prepares for the process's exit, once more.
///
/// Thread: any but audio.
pub fn arm() {
    if on_main_thread() {
        // When it is gone already the process is leaving, and has been told so.
        let _gone = FIRST.try_with(|_| ());
    }
    add_handler();
}

/// What is destroyed before anything static.
struct First;

impl Drop for First {
    fn drop(&mut self) {
        // The handler alone knows the exit code. It has to be the newest, but memory may be had only outside a model.
        if !everybody_left(None) && !inside_a_model() {
            add_handler();
        }
    }
}

thread_local! {
    static FIRST: First = const { First };
}

/// Only there does the end of the thread mean the end of the process.
fn on_main_thread() -> bool {
    #[cfg(target_os = "linux")]
    // SAFETY: plain calls without arguments.
    unsafe {
        libc::getpid() == libc::gettid()
    }
    #[cfg(target_os = "macos")]
    // SAFETY: a plain call without arguments.
    unsafe {
        libc::pthread_main_np() == 1
    }
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    false
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn add_handler() {
    use std::ffi::c_void;

    unsafe extern "C" {
        fn on_exit(handler: extern "C" fn(c_int, *mut c_void), argument: *mut c_void) -> c_int;
    }

    extern "C" fn leave(status: c_int, _argument: *mut c_void) {
        if everybody_left(Some(status)) {
            return;
        }
        // A thread hangs inside a model. Destroying libtorch under it would crash: skip what is left of the exit, keep
        // what was printed, as far as that can be had, and the host's exit code.
        alarm::set(Some(status), FLUSH);
        flush::what_can_be();
        // SAFETY: a plain C call.
        unsafe { libc::_exit(status) };
    }

    // SAFETY: the handler is a plain function of this library, which is never unloaded (linked with nodelete).
    // A refusal (out of memory) leaves the earlier registrations.
    unsafe { on_exit(leave, std::ptr::null_mut()) };
}

#[cfg(all(unix, not(all(target_os = "linux", target_env = "gnu"))))]
fn add_handler() {
    extern "C" fn leave() {
        everybody_left(None);
    }
    // SAFETY: the handler is a plain function of this library, which is never unloaded.
    unsafe { libc::atexit(leave) };
}

/// Windows ends all other threads before static objects are destroyed: nothing to wait for.
#[cfg(windows)]
fn add_handler() {}
