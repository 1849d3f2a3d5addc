//! Who is calling, and what that thread may do.

use std::{
    cell::Cell,
    ffi::{c_long, c_short, c_uint, c_void},
    time::Duration,
};

use parking_lot::{Condvar, Mutex};

use crate::breaches::breach;

/// Whose thread this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Main = 1,
    Scheduler = 2,
    Audio = 4,
    Other = 8,
}

thread_local! {
    static ROLE: Cell<Role> = const { Cell::new(Role::Other) };
}

pub fn role() -> Role {
    ROLE.get()
}

/// Does something as another thread of Max's.
pub fn acting<R>(role: Role, work: impl FnOnce() -> R) -> R {
    let before = ROLE.replace(role);
    let result = work();
    ROLE.set(before);
    result
}

/// Makes this thread one of Max's for good.
pub fn become_role(role: Role) {
    ROLE.set(role);
}

/// The threads that may make a call.
#[derive(Clone, Copy)]
pub struct Allowed(u8);

pub const MAIN: Allowed = Allowed(1);
pub const MAIN_OR_SCHEDULER: Allowed = Allowed(1 | 2);
pub const ANYWHERE_BUT_AUDIO: Allowed = Allowed(1 | 2 | 8);
pub const MAX_S_THREADS: Allowed = Allowed(1 | 2 | 4);

impl Allowed {
    /// Notes a breach when the calling thread must not make this call.
    pub fn check(self, function: &str) {
        let role = role();
        if self.0 & role as u8 == 0 {
            breach(format!("{function} is called on the {role:?} thread"));
        }
    }
}

#[unsafe(no_mangle)]
extern "C" fn systhread_ismainthread() -> c_short {
    (role() == Role::Main).into()
}

#[unsafe(no_mangle)]
extern "C" fn systhread_istimerthread() -> c_short {
    (role() == Role::Scheduler).into()
}

#[unsafe(no_mangle)]
extern "C" fn systhread_isaudiothread() -> c_short {
    (role() == Role::Audio).into()
}

/// True on the scheduler's thread.
#[unsafe(no_mangle)]
extern "C" fn isr() -> c_long {
    (role() == Role::Scheduler).into()
}

type Body = unsafe extern "C" fn(*mut c_void) -> *mut c_void;

#[unsafe(no_mangle)]
unsafe extern "C" fn systhread_create(
    body: Body,
    argument: *mut c_void,
    _stack: c_long,
    _priority: c_long,
    _flags: c_long,
    thread: *mut *mut c_void,
) -> c_long {
    let argument = argument as usize;
    let handle = std::thread::spawn(move || unsafe { body(argument as *mut c_void) as usize });
    *thread = Box::into_raw(Box::new(handle)).cast();
    0
}

#[unsafe(no_mangle)]
unsafe extern "C" fn systhread_join(thread: *mut c_void, status: *mut c_uint) -> c_long {
    MAIN.check("systhread_join");
    let handle = Box::from_raw(thread.cast::<std::thread::JoinHandle<usize>>());
    let result = handle.join().unwrap_or(1);
    if !status.is_null() {
        *status = result as c_uint;
    }
    0
}

/// The thread's function returns right after it, as the documentation's examples do.
#[unsafe(no_mangle)]
extern "C" fn systhread_exit(_status: c_long) {}

#[unsafe(no_mangle)]
extern "C" fn systhread_sleep(ms: c_long) {
    ANYWHERE_BUT_AUDIO.check("systhread_sleep");
    std::thread::sleep(Duration::from_millis(ms.max(0) as u64));
}

/// A mutex that C code locks and unlocks.
#[derive(Default)]
struct Lock {
    held: Mutex<bool>,
    free: Condvar,
}

#[unsafe(no_mangle)]
unsafe extern "C" fn systhread_mutex_new(mutex: *mut *mut c_void, _flags: c_long) -> c_long {
    *mutex = Box::into_raw(Box::<Lock>::default()).cast();
    0
}

#[unsafe(no_mangle)]
unsafe extern "C" fn systhread_mutex_free(mutex: *mut c_void) -> c_long {
    drop(Box::from_raw(mutex.cast::<Lock>()));
    0
}

#[unsafe(no_mangle)]
unsafe extern "C" fn systhread_mutex_lock(mutex: *mut c_void) -> c_long {
    ANYWHERE_BUT_AUDIO.check("systhread_mutex_lock");
    let lock = &*mutex.cast::<Lock>();
    let mut held = lock.held.lock();
    lock.free.wait_while(&mut held, |held| *held);
    *held = true;
    0
}

#[unsafe(no_mangle)]
unsafe extern "C" fn systhread_mutex_unlock(mutex: *mut c_void) -> c_long {
    let lock = &*mutex.cast::<Lock>();
    *lock.held.lock() = false;
    lock.free.notify_one();
    0
}

crate::keep!(
    systhread_ismainthread,
    systhread_istimerthread,
    systhread_isaudiothread,
    isr,
    systhread_create,
    systhread_join,
    systhread_exit,
    systhread_sleep,
    systhread_mutex_new,
    systhread_mutex_free,
    systhread_mutex_lock,
    systhread_mutex_unlock
);
