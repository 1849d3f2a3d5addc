//! One thread per process for slow work: loading, warming up, dropping.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Sender, unbounded};

use nn_process::stack;
use nn_process::{
    exit::{self, Presence},
    priority,
};

/// The environment variable with the time in seconds after which a load without progress is given up; 60 by default.
pub use nn_model::LOAD_LIMIT_VARIABLE as LIMIT_VARIABLE;

/// A load that takes longer without progress ([`nn_process::effort`]) is given up: a new thread continues the queue.
///
/// Thread: any but audio.
pub fn load_limit() -> Duration {
    static LIMIT: OnceLock<Duration> = OnceLock::new();
    *LIMIT.get_or_init(|| {
        let seconds = std::env::var(LIMIT_VARIABLE).ok().and_then(|text| text.parse().ok());
        Duration::from_secs(seconds.filter(|&s| s > 0).unwrap_or(60))
    })
}

/// How long other jobs wait for one before they get a new thread.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// A job of the loader.
pub type Job = Box<dyn FnOnce() + Send>;

/// The queue and its thread. `Send` and `Sync`: every thread but the audio thread may queue jobs, which move to the
/// loader's thread.
pub struct Loader {
    jobs: Sender<Job>,
    queue: Receiver<Job>,
    /// Number of the current thread; an older one that returns from a stuck job sees another number and ends.
    charge: Arc<AtomicU64>,
    /// When the current job began, in ms since `epoch` and at least 1; 0 without a job.
    busy_since_ms: Arc<AtomicU64>,
    epoch: Instant,
}

impl Loader {
    /// The loader of this process.
    ///
    /// Thread: any but audio.
    pub fn global() -> &'static Self {
        static LOADER: OnceLock<Loader> = OnceLock::new();
        LOADER.get_or_init(Self::new)
    }

    /// A loader of its own, for tests.
    ///
    /// Thread: any but audio.
    pub fn new() -> Self {
        let (jobs, queue) = unbounded();
        let loader = Self {
            jobs,
            queue,
            charge: Arc::default(),
            busy_since_ms: Arc::default(),
            epoch: Instant::now(),
        };
        loader.start_thread();
        loader
    }

    /// Queues a job.
    ///
    /// Thread: any but audio.
    pub fn submit(&self, job: impl FnOnce() + Send + 'static) {
        // The receiver lives in self, so the channel is open.
        let _open = self.jobs.send(Box::new(job));
        self.look_after(PATIENCE);
    }

    /// Starts a new thread if other jobs have been waiting for the current one for longer than `patience`. True if it
    /// did. The old thread ends when its job does.
    ///
    /// Thread: any but audio.
    pub fn look_after(&self, patience: Duration) -> bool {
        if self.queue.is_empty() {
            return false;
        }
        let since_ms = self.busy_since_ms.load(SeqCst);
        let wedged = since_ms != 0 && self.now_ms().saturating_sub(since_ms) > patience.as_millis() as u64;
        // Whoever resets the mark starts the next thread.
        let mine = wedged && self.busy_since_ms.compare_exchange(since_ms, 0, SeqCst, SeqCst).is_ok();
        if mine {
            self.start_thread();
        }
        mine
    }

    fn now_ms(&self) -> u64 {
        self.epoch.elapsed().as_millis() as u64 + 1
    }

    fn start_thread(&self) {
        let number = self.charge.fetch_add(1, SeqCst) + 1;
        let (queue, charge, busy_since_ms) =
            (self.queue.clone(), self.charge.clone(), self.busy_since_ms.clone());
        let epoch = self.epoch;
        let in_charge = move || charge.load(SeqCst) == number;
        let serve = move || {
            Presence::prepare_thread();
            priority::make_this_thread_ordinary();
            while in_charge() {
                let Ok(job) = queue.recv() else { break };
                let Some(presence) = Presence::enter() else { exit::linger() };
                let begun_ms = epoch.elapsed().as_millis() as u64 + 1;
                busy_since_ms.store(begun_ms, SeqCst);
                // Jobs report their own failures; for a panic that arrives here, nobody is left to report to.
                let _reported = catch_unwind(AssertUnwindSafe(job));
                // Unless this job was given up meanwhile.
                let _given_up = busy_since_ms.compare_exchange(begun_ms, 0, SeqCst, SeqCst);
                drop(presence);
            }
            let Some(presence) = Presence::enter() else { exit::linger() };
            presence.until_the_thread_has_ended();
        };
        // Without threads nothing loads; the box stays silent and reports that it is loading.
        let _refused = stack::thread("nn~ loader", stack::LOADER_BYTES).spawn(serve);
    }
}

impl Default for Loader {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Loader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Loader").field("queued", &self.queue.len()).finish_non_exhaustive()
    }
}
