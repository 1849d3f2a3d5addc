//! A thread on which a model on a GPU computes.
//!
//! The GPU's libraries keep what they prepare for a model (plans of convolutions, handles) per thread, and preparing
//! takes up to seconds. So a model on a GPU comes with the thread on which it was warmed up: the loader creates both,
//! and the runner only sends requests to that thread.
#![allow(unsafe_code)] // Lends what a caller owns to the thread, for the time of a call.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::Arc,
    thread::JoinHandle,
};

use crossbeam_channel::{Receiver, Sender, bounded};
use parking_lot::Mutex;

use nn_process::scheduling::Scheduling;

/// The thread, for one model and its forks. It ends with the last of them, whose drop waits for it.
#[derive(Clone)]
pub struct DeviceThread(Arc<Shared>);

struct Shared {
    /// One call at a time.
    ways: Mutex<Option<Ways>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

struct Ways {
    jobs: Sender<Job>,
    done: Receiver<Result<(), Box<dyn Any + Send>>>,
    /// That of the thread now.
    scheduling: Option<Scheduling>,
}

struct Job {
    function: Borrowed,
    scheduling: Option<Scheduling>,
}

/// A caller's function. The caller waits until it has returned.
struct Borrowed(*mut (dyn FnMut() + Send));

// SAFETY: what it points to may be called on another thread, and nobody touches it meanwhile: the caller waits.
unsafe impl Send for Borrowed {}

impl DeviceThread {
    /// Starts it; `first` runs on it before anything else.
    pub fn start(first: impl FnOnce() + Send + 'static) -> std::io::Result<Self> {
        let (jobs, to_do) = bounded::<Job>(1);
        let (ready, done) = bounded(1);
        let thread = std::thread::Builder::new().name("nn~ gpu".into()).spawn(move || {
            first();
            while let Ok(Job { function, scheduling }) = to_do.recv() {
                if let Some(scheduling) = scheduling {
                    scheduling.apply();
                }
                // SAFETY: the caller lends it until it hears that it has returned.
                let function = unsafe { &mut *function.0 };
                if ready.send(catch_unwind(AssertUnwindSafe(function))).is_err() {
                    break;
                }
            }
        })?;
        let ways = Ways { jobs, done, scheduling: None };
        Ok(Self(Arc::new(Shared { ways: Mutex::new(Some(ways)), thread: Mutex::new(Some(thread)) })))
    }

    /// Runs a function on the thread, at the caller's priority, and waits for it. A panic comes back to the caller.
    pub fn run<T: Send>(&self, function: impl FnOnce() -> T + Send) -> T {
        let mut ways = self.0.ways.lock();
        let Some(Ways { jobs, done, scheduling }) = ways.as_mut() else {
            unreachable!("the ways are taken by the last drop only")
        };
        let own = Scheduling::of_this_thread();
        let changed = (own != *scheduling).then_some(own).flatten();
        *scheduling = own;
        let (mut function, mut result) = (Some(function), None);
        let mut call = || result = function.take().map(|function| function());
        let borrowed: *mut (dyn FnMut() + Send + '_) = &raw mut call;
        // SAFETY: only the lifetime changes. The function is called before this one returns, which waits below.
        let borrowed: *mut (dyn FnMut() + Send) = unsafe { std::mem::transmute(borrowed) };
        let sent = jobs.send(Job { function: Borrowed(borrowed), scheduling: changed });
        // The thread ends by nothing but the end of the ways: panics are caught there.
        assert!(sent.is_ok(), "the thread is there");
        match done.recv() {
            Ok(Ok(())) => {}
            Ok(Err(panic)) => resume_unwind(panic),
            Err(_) => unreachable!("the thread is there"),
        }
        match result {
            Some(result) => result,
            None => unreachable!("it was called"),
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        drop(self.ways.lock().take());
        // What libtorch keeps by thread is destroyed at its end: that is over when this returns.
        if let Some(thread) = self.thread.lock().take() {
            let _ended = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_calls_run_on_one_thread_of_their_own_and_answer() {
        let thread = DeviceThread::start(|| ()).expect("it starts");
        let mut local = 1;
        let first = thread.run(|| {
            local += 1;
            std::thread::current().id()
        });
        let second = thread.clone().run(|| std::thread::current().id());
        assert_eq!((first, local), (second, 2));
        assert_ne!(first, std::thread::current().id());
    }

    #[test]
    fn a_panic_comes_back_to_the_caller_and_the_thread_goes_on() {
        let thread = DeviceThread::start(|| ()).expect("it starts");
        let panic =
            catch_unwind(AssertUnwindSafe(|| thread.run(|| panic!("inside")))).expect_err("it panics");
        assert_eq!(panic.downcast_ref::<&str>(), Some(&"inside"));
        assert_eq!(thread.run(|| 7), 7);
    }

    #[test]
    fn the_last_drop_waits_for_the_end_of_the_thread() {
        struct Late(Arc<Mutex<bool>>);
        impl Drop for Late {
            fn drop(&mut self) {
                std::thread::sleep(std::time::Duration::from_millis(20));
                *self.0.lock() = true;
            }
        }
        std::thread_local! {
            static LATE: std::cell::RefCell<Option<Late>> = const { std::cell::RefCell::new(None) };
        }
        let ended = Arc::new(Mutex::new(false));
        let late = Late(ended.clone());
        let thread = DeviceThread::start(move || LATE.set(Some(late))).expect("it starts");
        let other = thread.clone();
        drop(thread);
        assert!(!*ended.lock());
        drop(other);
        assert!(*ended.lock());
    }
}
