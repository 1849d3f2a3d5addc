//! One thread per process that does what takes long: loading, warming up, disposing.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
    thread::Thread,
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::{
    exit::{self, Presence},
    priority,
    runner::{Command, Installed, Reply, Stamped, panic_text},
};
use crate::{
    model::{LoadError, Model, ModelSource, TensorView, TensorViewMut},
    port::frame::FrameShape,
    spec::ModelSpec,
};

/// A load that takes longer is given up by the others: a fresh thread goes on with the queue.
pub const WEDGED: Duration = Duration::from_secs(60);

type Job = Box<dyn FnOnce() + Send>;

/// The queue and its thread. Main thread only, except where said.
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
    pub fn global() -> &'static Self {
        static LOADER: OnceLock<Loader> = OnceLock::new();
        LOADER.get_or_init(Self::new)
    }

    /// A loader of its own, for tests.
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
    pub fn submit(&self, job: impl FnOnce() + Send + 'static) {
        self.look_after(WEDGED);
        // The receiver lives in self, so the channel is open.
        let _open = self.jobs.send(Box::new(job));
    }

    /// Replaces the thread if its job has run for longer than `limit`. True if it did.
    pub fn look_after(&self, limit: Duration) -> bool {
        let since_ms = self.busy_since_ms.load(SeqCst);
        let wedged = since_ms != 0 && self.now_ms().saturating_sub(since_ms) > limit.as_millis() as u64;
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
        let _refused = std::thread::Builder::new().name("nn~ loader".into()).spawn(serve);
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

/// Everything that loading for one box needs.
pub struct LoadJob {
    /// Where models come from.
    pub source: Arc<dyn ModelSource>,
    /// The file.
    pub path: PathBuf,
    /// What the file's description promised, with which the box was built.
    pub expected: ModelSpec,
    /// The method to run.
    pub method: String,
    /// Shape of a run, to warm up with.
    pub shape: FrameShape,
    /// The host's rate in Hz, when it is known.
    pub sample_rate_hz: Option<u32>,
    /// To the runner.
    pub commands: Sender<Stamped>,
    /// To the main thread.
    pub replies: Sender<Reply>,
    /// The worker to wake, if there is one.
    pub worker: Option<Thread>,
}

impl std::fmt::Debug for LoadJob {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LoadJob").field("path", &self.path).finish_non_exhaustive()
    }
}

impl LoadJob {
    /// Loads, warms up, hands over. Loader thread.
    pub fn run(self) {
        let loaded = catch_unwind(AssertUnwindSafe(|| self.load())).unwrap_or_else(|panic| {
            Err(LoadError::Panicked {
                path: self.path.display().to_string(),
                what: panic_text(panic.as_ref()),
            })
        });
        exit::arm();
        let command = match loaded {
            Ok(installed) => Command::Install(installed),
            Err(error) => {
                let _gone = self.replies.send(Reply::LoadFailed(error));
                Command::NoModel
            }
        };
        // The box may be gone: then the model is dropped right here.
        let _gone = self.commands.send(Stamped { frame: 0, command });
        if let Some(worker) = &self.worker {
            worker.unpark();
        }
    }

    fn load(&self) -> Result<Installed, LoadError> {
        let mut model = self.source.load(&self.path)?;
        let differs = |what| LoadError::Differs { path: self.path.display().to_string(), what };
        if let Some(what) = self.expected.disagreement(model.spec()) {
            return Err(differs(what));
        }
        let method = model.spec().methods.iter().position(|method| method.name == self.method);
        let method = method.ok_or_else(|| differs(format!("it has no method '{}'", self.method)))?;
        self.source.prepare_thread();
        if model.spec().takes_sample_rate
            && let Some(hz) = self.sample_rate_hz
            && let Err(what) = model.set_sample_rate(hz)
        {
            let _gone = self.replies.send(Reply::SetFailed(what));
        }
        warm_up(model.as_ref(), method, self.shape);
        Ok(Installed { model, method })
    }
}

/// Runs a method on a copy until it is compiled, so that the model's own state stays what the file holds.
///
/// Faults are left to the first real run, which reports them.
pub fn warm_up(model: &dyn Model, method: usize, shape: FrameShape) {
    let Ok(mut copy) = model.fork() else { return };
    let Some((in_ratio, out_ratio)) = copy.spec().methods.get(method).map(|m| (m.in_ratio, m.out_ratio))
    else {
        return;
    };
    let in_frames = shape.buffer_frames / in_ratio;
    let out_frames = shape.buffer_frames / out_ratio;
    let input = vec![0.0; shape.in_lanes() * in_frames];
    let mut output = vec![0.0; shape.out_lanes() * out_frames];
    for _ in 0..2 {
        let input = TensorView {
            samples: &input,
            batch: shape.batch,
            channels: shape.in_channels,
            frames: in_frames,
        };
        let output = TensorViewMut {
            samples: &mut output,
            batch: shape.batch,
            channels: shape.out_channels,
            frames: out_frames,
        };
        if !matches!(catch_unwind(AssertUnwindSafe(|| copy.run(method, input, output))), Ok(Ok(()))) {
            return;
        }
    }
}
