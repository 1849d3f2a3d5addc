//! One rendering of a generator, on a thread of its own: loaded, asked, and brought to a rate.
//!
//! No more than two of a process work at a time; others wait.
//!
//! Thread: main.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering::Relaxed},
        mpsc,
    },
    thread,
    time::Duration,
};

use nn_engine::resample::at_rate;
use nn_model::{
    LoadError, ModelLocation, ModelSource, Printed,
    generator::{GenerateError, Generator, Progress, Settings},
    value::SoundBuffer,
};
use nn_process::{
    exit::{self, Presence},
    priority, stack,
};
use parking_lot::{Condvar, Mutex};

/// How many work at a time.
const MOST_AT_A_TIME: usize = 2;
/// How often a model that is to stop is told so.
const TOLD_EVERY: Duration = Duration::from_millis(50);
/// The rate of a model that takes any, in a place that has none.
const USUAL_HZ: u32 = 44_100;

/// What is to be rendered.
#[derive(Clone)]
pub struct Commission {
    /// Where the model comes from.
    pub source: Arc<dyn ModelSource>,
    /// Where it is.
    pub location: ModelLocation,
    /// Its parameters.
    pub settings: Settings,
    /// What it takes, at any rates.
    pub sounds: Vec<SoundBuffer>,
    /// How long its parameters last where it takes no sound; without it, one value of each.
    pub seconds: Option<f64>,
    /// The rates to which its sounds are brought, in Hz, one for each; sounds without one keep the model's.
    pub rates_hz: Vec<u32>,
    /// What its random numbers begin with; without it, anywhere.
    pub seed: Option<u64>,
}

/// Why nothing was rendered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GenerationError {
    /// It could not be loaded.
    #[error("{0}")]
    Load(#[from] LoadError),
    /// It made no sound.
    #[error("{0}")]
    Generate(#[from] GenerateError),
    /// It stopped inside our own code, or there was no thread for it.
    #[error("rendering stopped on an internal fault: {0}")]
    Fault(String),
}

/// What has become of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Generated {
    /// The sounds that it made, all at one rate.
    pub sounds: Result<Vec<SoundBuffer>, GenerationError>,
    /// What the model printed meanwhile.
    pub printed: Option<Printed>,
}

/// One that works. Dropped, it is told to stop, and nobody waits for it.
pub struct Generation {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    stops: AtomicBool,
    progress: OnceLock<Arc<dyn Progress>>,
    generated: Mutex<Option<Generated>>,
}

impl Generation {
    /// Begins one.
    ///
    /// Thread: main.
    pub fn begin(commission: Commission) -> Self {
        let shared = Arc::<Shared>::default();
        let theirs = shared.clone();
        let work = move || {
            Presence::prepare_thread();
            priority::make_this_thread_ordinary();
            let Some(presence) = Presence::enter() else { exit::linger() };
            theirs.work(commission);
            presence.until_the_thread_has_ended();
        };
        if let Err(error) = stack::thread("nn~ render", stack::LOADER_BYTES).spawn(work) {
            let sounds = Err(GenerationError::Fault(format!("no thread: {error}")));
            *shared.generated.lock() = Some(Generated { sounds, printed: None });
        }
        Self { shared }
    }

    /// How much is done, 0 to 100; 0 while it loads, and where the model does not tell.
    ///
    /// Thread: main.
    pub fn percent(&self) -> f64 {
        self.shared.progress.get().and_then(|progress| progress.percent()).unwrap_or(0.0)
    }

    /// Tells it to stop: it ends when the model next looks.
    ///
    /// Thread: main.
    pub fn stop(&self) {
        self.shared.stops.store(true, Relaxed);
    }

    /// What has become of it, once.
    ///
    /// Thread: main.
    pub fn take(&self) -> Option<Generated> {
        self.shared.generated.try_lock()?.take()
    }
}

impl Drop for Generation {
    fn drop(&mut self) {
        self.stop();
    }
}

impl std::fmt::Debug for Generation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Generation").field("percent", &self.percent()).finish_non_exhaustive()
    }
}

impl Shared {
    fn work(&self, commission: Commission) {
        let source = commission.source.clone();
        let sounds = catch_unwind(AssertUnwindSafe(|| self.render(commission)));
        let sounds = sounds.unwrap_or_else(|_| Err(GenerationError::Fault("it panicked".into())));
        // Whatever a model answers that was told to stop: it is not wanted.
        let stopped = self.stops.load(Relaxed);
        let sounds = if stopped { Err(GenerateError::Stopped.into()) } else { sounds };
        *self.generated.lock() = Some(Generated { sounds, printed: source.take_printed() });
    }

    fn render(&self, commission: Commission) -> Result<Vec<SoundBuffer>, GenerationError> {
        let Some(_turn) = Turn::wait(&self.stops) else { return Err(GenerateError::Stopped.into()) };
        let Commission { source, location, settings, sounds, seconds, rates_hz, seed } = commission;
        let model = source.load(&location)?;
        let unusable = |what: String| GenerateError::Unusable { what };
        let made = model.generator().ok_or_else(|| unusable("it is no generator".into()))?;
        let mut generator = made.map_err(|error| unusable(error.to_string()))?;
        model.prepare_thread(1);
        if let Some(seed) = seed {
            generator.seed(seed);
        }
        let given_hz = sounds.first().map(|sound| sound.sample_rate_hz);
        let wanted_hz = rates_hz.first().copied().or(given_hz).unwrap_or(USUAL_HZ);
        let own_hz = generator.spec().rate_for(wanted_hz).unwrap_or(wanted_hz);
        let sounds = sounds.into_iter().map(|sound| at_rate(sound, own_hz)).collect();
        let frames = seconds.map_or(1, |seconds| (seconds * f64::from(own_hz)).round() as usize);
        let order = settings.order(own_hz, same_length(sounds), frames);
        let made = self.watched(&mut *generator, |generator| generator.generate(&order))?;
        let rates_hz = rates_hz.into_iter().chain(std::iter::repeat(own_hz));
        Ok(made.into_iter().zip(rates_hz).map(|(sound, rate_hz)| at_rate(sound, rate_hz)).collect())
    }

    /// Runs a generator, and tells it again and again to stop once it is to.
    fn watched<T>(
        &self,
        generator: &mut dyn Generator,
        run: impl FnOnce(&mut dyn Generator) -> Result<T, GenerateError>,
    ) -> Result<T, GenerateError> {
        let progress = generator.progress()?;
        let told = progress.clone();
        let _first = self.progress.set(progress);
        thread::scope(|scope| {
            let (ends, ended) = mpsc::channel::<()>();
            scope.spawn(move || {
                while ended.recv_timeout(TOLD_EVERY) == Err(mpsc::RecvTimeoutError::Timeout) {
                    if self.stops.load(Relaxed) {
                        told.stop();
                    }
                }
            });
            let made = run(generator);
            drop(ends);
            made
        })
    }
}

/// All as long as the longest: what is shorter ends in silence.
fn same_length(sounds: Vec<SoundBuffer>) -> Vec<SoundBuffer> {
    let frames = |sound: &SoundBuffer| sound.samples.len().checked_div(sound.channels).unwrap_or(0);
    let longest = sounds.iter().map(frames).max().unwrap_or(0);
    let padded = |sound: SoundBuffer| {
        let own = frames(&sound);
        if own == longest || own == 0 {
            return sound;
        }
        let mut samples = Vec::with_capacity(longest * sound.channels);
        for channel in sound.samples.chunks_exact(own) {
            samples.extend_from_slice(channel);
            samples.resize(samples.len() + longest - own, 0.0);
        }
        SoundBuffer { samples, ..sound }
    };
    sounds.into_iter().map(padded).collect()
}

/// A place among those that work.
struct Turn;

/// How many work.
static WORKING: (Mutex<usize>, Condvar) = (Mutex::new(0), Condvar::new());

impl Turn {
    /// Waits for one; `None` once it is not wanted any more.
    fn wait(stops: &AtomicBool) -> Option<Self> {
        let mut working = WORKING.0.lock();
        while *working >= MOST_AT_A_TIME {
            WORKING.1.wait_for(&mut working, TOLD_EVERY);
            if stops.load(Relaxed) {
                return None;
            }
        }
        *working += 1;
        Some(Self)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *WORKING.0.lock() -= 1;
        WORKING.1.notify_one();
    }
}
