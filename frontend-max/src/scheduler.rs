//! Schedules a box on the main thread: at once, or after a time.
//!
//! Clocks may fire on the scheduler's thread, also while the main thread deletes the box. So a clock holds no pointer
//! to the box but a number, and looks up whether that box still exists.
#![allow(unsafe_code)]

use std::{collections::BTreeMap, ffi::c_void};

use nn_core::guard::guarded;
use parking_lot::Mutex;

use crate::ffi;

static SCHEDULERS: Mutex<Schedulers> = Mutex::new(Schedulers { next: 1, live: BTreeMap::new() });

struct Schedulers {
    next: usize,
    live: BTreeMap<usize, Line>,
}

/// A qelem, from any thread.
#[derive(Clone, Copy)]
struct Line(*mut ffi::Qelem);

// SAFETY: Max lets every thread set a qelem, and it is looked up only while it lives.
unsafe impl Send for Line {}

/// The scheduler of one box. To be taken down before the box goes.
pub struct Scheduler {
    number: usize,
    qelem: *mut ffi::Qelem,
    clock: *mut ffi::Clock,
}

// SAFETY: Max lets every thread set a qelem and a clock. They are made, and freed once, on the main thread.
unsafe impl Send for Scheduler {}
// SAFETY: as above.
unsafe impl Sync for Scheduler {}

impl Scheduler {
    /// A scheduler that has the main thread call `serve` with the box.
    ///
    /// # Safety
    /// On Max's main thread; `serve` takes the box, and the box lives until [`Scheduler::take_down`].
    pub unsafe fn hang(instance: *mut c_void, serve: ffi::Method) -> Self {
        // SAFETY: the caller guarantees that this is Max's main thread and that the box outlives the qelem.
        let qelem = unsafe { ffi::qelem_new(instance, serve) };
        let number = {
            let mut bells = SCHEDULERS.lock();
            let number = bells.next;
            bells.next += 1;
            bells.live.insert(number, Line(qelem));
            number
        };
        // SAFETY: the routine takes a number, which is what it gets.
        let clock = unsafe { ffi::clock_new(number as *mut c_void, tick as ffi::Method) };
        Self { number, qelem, clock }
    }

    /// Calls the main thread. Any thread but the audio callback's.
    pub fn wake(&self) {
        // SAFETY: it lives as long as the scheduler.
        unsafe { ffi::qelem_set(self.qelem) };
    }

    /// Calls the main thread after a time.
    pub fn wake_in(&self, delay_ms: f64) {
        // SAFETY: it lives as long as the scheduler.
        unsafe { ffi::clock_fdelay(self.clock, delay_ms) };
    }

    /// The end: nothing is called any more. Main thread.
    pub fn take_down(&self) {
        SCHEDULERS.lock().live.remove(&self.number);
        // SAFETY: nobody finds them any more; each is freed once, because a box is.
        unsafe {
            ffi::clock_unset(self.clock);
            ffi::object_free(self.clock.cast());
            ffi::qelem_free(self.qelem);
        }
    }
}

unsafe extern "C" fn tick(number: *mut c_void) {
    guarded((), || {
        let bells = SCHEDULERS.lock();
        if let Some(line) = bells.live.get(&(number as usize)) {
            // SAFETY: it is there, and stays while the bells are held.
            unsafe { ffi::qelem_set(line.0) };
        }
    });
}
