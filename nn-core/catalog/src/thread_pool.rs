//! Threads that exist while there is work: a limited number at a time, the rest of the work waits.

use std::{collections::VecDeque, sync::Arc};

use parking_lot::Mutex;

use nn_process::{priority, stack};

type Job = Box<dyn FnOnce() + Send>;

/// A queue with its threads.
#[derive(Clone)]
pub struct ThreadPool {
    most: usize,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    jobs: VecDeque<Job>,
    threads: usize,
}

impl ThreadPool {
    /// Nobody works yet.
    pub fn new(most: usize) -> Self {
        Self { most, state: Arc::default() }
    }

    /// Queues a job; jobs report their own failures. False if the system has no thread for it.
    pub fn submit(&self, job: impl FnOnce() + Send + 'static) -> bool {
        let mut state = self.state.lock();
        state.jobs.push_back(Box::new(job));
        if state.threads == self.most {
            return true;
        }
        let shared = self.state.clone();
        let started = stack::thread("nn~ catalog", stack::CATALOG_BYTES).spawn(move || {
            // A host's thread may have a priority that the network is not to have.
            priority::make_this_thread_ordinary();
            work(&shared);
        });
        match started {
            Ok(_) => state.threads += 1,
            // Those that work come to it in time.
            Err(_) if state.threads > 0 => {}
            Err(_) => {
                state.jobs.pop_back();
                return false;
            }
        }
        true
    }
}

fn work(state: &Mutex<State>) {
    loop {
        let job = {
            let mut state = state.lock();
            let Some(job) = state.jobs.pop_front() else {
                state.threads -= 1;
                return;
            };
            job
        };
        let _reported = std::panic::catch_unwind(std::panic::AssertUnwindSafe(job));
    }
}

impl std::fmt::Debug for ThreadPool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let state = self.state.lock();
        let (waiting, threads) = (state.jobs.len(), state.threads);
        f.debug_struct("ThreadPool")
            .field("waiting", &waiting)
            .field("threads", &threads)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering::SeqCst},
        time::Duration,
    };

    use super::*;

    #[test]
    fn so_many_at_a_time_and_all_in_the_end_even_after_a_panic() {
        let pool = ThreadPool::new(2);
        let (inside, most, (sender, done)) =
            (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)), std::sync::mpsc::channel());
        for number in 0..20 {
            let (inside, most, sender) = (inside.clone(), most.clone(), sender.clone());
            assert!(pool.submit(move || {
                most.fetch_max(inside.fetch_add(1, SeqCst) + 1, SeqCst);
                std::thread::sleep(Duration::from_millis(2));
                inside.fetch_sub(1, SeqCst);
                sender.send(number).expect("somebody waits");
                assert!(number != 7, "a job that panics");
            }));
        }
        let mut all: Vec<_> =
            (0..20).map(|_| done.recv_timeout(Duration::from_secs(10)).expect("done")).collect();
        all.sort_unstable();
        assert_eq!(all, (0..20).collect::<Vec<_>>());
        assert_eq!(most.load(SeqCst), 2);
    }
}
