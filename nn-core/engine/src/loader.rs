//! One thread per process that does what takes long: loading, warming up, disposing.

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

/// The environment variable with the time in seconds after which a load that gets no further is given up; 60 unless set.
pub use nn_model::LOAD_LIMIT_VARIABLE as LIMIT_VARIABLE;

/// A load that takes longer without getting any further ([`nn_process::effort`]) is given up: a fresh thread goes on with the
/// queue.
///
/// Thread: any but audio.
pub fn load_limit() -> Duration {
    static LIMIT: OnceLock<Duration> = OnceLock::new();
    *LIMIT.get_or_init(|| {
        let seconds = std::env::var(LIMIT_VARIABLE).ok().and_then(|text| text.parse().ok());
        Duration::from_secs(seconds.filter(|&s| s > 0).unwrap_or(60))
    })
}

/// How long others wait for a job before they get a thread of their own.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// What the loader does. Made on the main thread or a worker, it runs on the loader's.
pub type Job = Box<dyn FnOnce() + Send>;

/// The queue and its thread. `Send` and `Sync`: every thread but the audio thread may queue jobs, which move to the
/// loader's thread.
pub struct Loader {
    jobs: Sender<Job>,
    queue: Receiver<Job>,
    /// The thread in charge; an older one that comes back from a wedged job sees another number and leaves.
    charge: Arc<AtomicU64>,
    /// When the job under way began, in ms since `epoch` and at least 1; 0 without a job.
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

    /// Puts another thread in charge if others have been waiting for a job for longer than `patience`. True if it
    /// did. The old one leaves when it is through.
    ///
    /// Thread: any but audio.
    pub fn look_after(&self, patience: Duration) -> bool {
        if self.queue.is_empty() {
            return false;
        }
        let since_ms = self.busy_since_ms.load(SeqCst);
        let wedged = since_ms != 0 && self.now_ms().saturating_sub(since_ms) > patience.as_millis() as u64;
        // Whoever takes the mark away starts the next thread.
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
                // Jobs report their own failures; a panic that gets here has nobody left to tell.
                let _reported = catch_unwind(AssertUnwindSafe(job));
                // Unless somebody has given this job up meanwhile.
                let _given_up = busy_since_ms.compare_exchange(begun_ms, 0, SeqCst, SeqCst);
                drop(presence);
            }
            let Some(presence) = Presence::enter() else { exit::linger() };
            presence.until_the_thread_has_ended();
        };
        // Without threads nothing loads; the box stays silent and says that it is loading.
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
