//! Max and its threads.

use std::{
    sync::{Arc, atomic::AtomicBool},
    thread::JoinHandle,
};

use crossbeam_channel::{Receiver, Sender, unbounded};
use parking_lot::MutexGuard;

use crate::threads::{Role, become_role};

type Job = Box<dyn FnOnce() + Send>;

/// One of Max's other threads.
pub(crate) struct Thread {
    jobs: Option<Sender<Job>>,
    handle: Option<JoinHandle<()>>,
}

impl Thread {
    pub fn start(role: Role) -> Self {
        let (jobs, queue) = unbounded::<Job>();
        let serve = move || {
            become_role(role);
            while let Ok(job) = queue.recv() {
                job();
            }
        };
        Self { jobs: Some(jobs), handle: Some(std::thread::spawn(serve)) }
    }

    pub fn post(&self, job: impl FnOnce() + Send + 'static) {
        self.jobs.as_ref().expect("it runs").send(Box::new(job)).expect("it runs");
    }

    pub fn run(&self, job: impl FnOnce() + Send + 'static) {
        let (done, wait) = unbounded();
        self.post(move || {
            job();
            let _waiting = done.send(());
        });
        wait.recv().expect("the thread does its job");
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(handle) = self.handle.take() {
            let _ended = handle.join();
        }
    }
}

/// Max. One at a time in a process; the thread that has it is its main thread.
pub struct Max {
    pub(crate) scheduler: Arc<Thread>,
    pub(crate) audio: Thread,
    /// Stops the audio thread that plays by itself, and hears that it has stopped.
    pub(crate) playing: Option<(Arc<AtomicBool>, Receiver<()>)>,
    pub(crate) _alone: MutexGuard<'static, ()>,
}

impl Max {
    /// Does something on the scheduler's own thread, without waiting for it.
    pub fn on_scheduler(&self, job: impl FnOnce() + Send + 'static) {
        self.scheduler.post(job);
    }

    /// Waits until the scheduler's thread has done all it was given.
    pub fn await_scheduler(&self) {
        self.scheduler.run(|| ());
    }
}
