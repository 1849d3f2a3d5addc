//! One rendering of a generator, on a thread of its own: loaded, asked, and brought to a rate.
//!
//! No more than two of a process work at a time; others wait.
//!
//! Thread: main.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
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
const TOLD_EVERY: Duration = Duration::from_millis(20);
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
    /// What it takes.
    pub sounds: Vec<GivenSound>,
    /// How long its parameters last where it takes no sound; without it, one value of each.
    pub seconds: Option<f64>,
    /// The rates to which its sounds are brought, in Hz, one for each; sounds without one keep the model's.
    pub rates_hz: Vec<u32>,
    /// What its random numbers begin with; without it, anywhere.
    pub seed: Option<u64>,
}

/// A sound for a model: its parts beside each other.
#[derive(Clone, Debug, Default)]
pub struct GivenSound {
    /// How its user knows it.
    pub name: String,
    /// Several have a channel each.
    pub parts: Vec<SoundPart>,
    /// How many channels the model takes.
    pub channels: usize,
}

/// A part of a sound, at any rate.
#[derive(Clone, Debug, Default)]
pub struct SoundPart {
    /// The samples of each channel, as many in each.
    pub channels: Vec<Vec<f32>>,
    /// Its rate in Hz.
    pub sample_rate_hz: u32,
}

impl GivenSound {
    /// The sound at a rate, with the channels that the model takes.
    fn at_rate(self, rate_hz: u32) -> Result<SoundBuffer, GenerationError> {
        let Self { name, parts, channels: wanted } = self;
        let of_each = if parts.len() > 1 { 1 } else { wanted };
        let part = |SoundPart { channels, sample_rate_hz }: SoundPart| {
            let found = channels.len();
            let sound = SoundBuffer { channels: found, samples: channels.concat(), sample_rate_hz };
            let fault = || GenerationError::Channels { name: name.clone(), found, wanted: of_each };
            Ok(at_rate(sound.with_channels(of_each).ok_or_else(fault)?, rate_hz))
        };
        let parts = parts.into_iter().map(part).collect::<Result<Vec<_>, GenerationError>>()?;
        let parts = same_length(parts);
        let channels = parts.iter().map(|part| part.channels).sum();
        let samples = parts.into_iter().flat_map(|part| part.samples).collect();
        Ok(SoundBuffer { channels, samples, sample_rate_hz: rate_hz })
    }
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
    /// The file says something else than when the box looked at it.
    #[error("its file has changed since: send reload")]
    Changed,
    /// A sound has other channels than the model takes.
    #[error("{name} has {found} channels, and the model takes {wanted} there")]
    Channels {
        /// How its user knows it.
        name: String,
        /// How many it has.
        found: usize,
        /// How many are taken.
        wanted: usize,
    },
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
    /// While it works: whoever keeps it keeps the model.
    progress: Mutex<Option<Arc<dyn Progress>>>,
    waits: AtomicBool,
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
        self.shared.progress.try_lock().and_then(|progress| progress.as_ref()?.percent()).unwrap_or(0.0)
    }

    /// Whether others work, and it waits for its turn.
    ///
    /// Thread: main.
    pub fn waits(&self) -> bool {
        self.shared.waits.load(Relaxed)
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
        let stopped = self.is_to_stop();
        let sounds = if stopped { Err(GenerateError::Stopped.into()) } else { sounds };
        *self.generated.lock() = Some(Generated { sounds, printed: source.take_printed() });
    }

    fn render(&self, commission: Commission) -> Result<Vec<SoundBuffer>, GenerationError> {
        let Some(_turn) = Turn::wait(self) else { return Err(GenerateError::Stopped.into()) };
        let Commission { source, location, settings, sounds, seconds, rates_hz, seed } = commission;
        let model = source.load(&location)?;
        let unusable = |what: String| GenerateError::Unusable { what };
        let made = model.generator().ok_or_else(|| unusable("it is no generator".into()))?;
        let mut generator = made.map_err(|error| unusable(error.to_string()))?;
        if !settings.are_of(generator.spec()) {
            return Err(GenerationError::Changed);
        }
        model.prepare_thread(1);
        if let Some(seed) = seed {
            generator.seed(seed);
        }
        let given_hz = sounds.first().and_then(|sound| Some(sound.parts.first()?.sample_rate_hz));
        let wanted_hz = rates_hz.first().copied().filter(|&hz| hz > 0).or(given_hz).unwrap_or(USUAL_HZ);
        let own_hz = generator.spec().rate_for(wanted_hz).unwrap_or(wanted_hz);
        let sounds = sounds.into_iter().map(|sound| sound.at_rate(own_hz)).collect::<Result<_, _>>()?;
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
        *self.progress.lock() = Some(progress);
        let made = thread::scope(|scope| {
            let (ends, ended) = mpsc::channel::<()>();
            scope.spawn(move || {
                while ended.recv_timeout(TOLD_EVERY) == Err(mpsc::RecvTimeoutError::Timeout) {
                    if self.is_to_stop() {
                        told.stop();
                    }
                }
            });
            let made = run(generator);
            drop(ends);
            made
        });
        *self.progress.lock() = None;
        made
    }

    /// Nobody wants it any more, or the host quits.
    fn is_to_stop(&self) -> bool {
        self.stops.load(Relaxed) || exit::leaving()
    }
}

/// All as long as the longest: what is shorter ends in silence.
fn same_length(sounds: Vec<SoundBuffer>) -> Vec<SoundBuffer> {
    let longest = sounds.iter().map(SoundBuffer::frames).max().unwrap_or(0);
    let padded = |sound: SoundBuffer| {
        let own = sound.frames();
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
    fn wait(shared: &Shared) -> Option<Self> {
        let mut working = WORKING.0.lock();
        while *working >= MOST_AT_A_TIME {
            shared.waits.store(true, Relaxed);
            WORKING.1.wait_for(&mut working, TOLD_EVERY);
            if shared.is_to_stop() {
                return None;
            }
        }
        shared.waits.store(false, Relaxed);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn given(channels: usize, parts: &[&[&[f32]]]) -> GivenSound {
        let part = |channels: &&[&[f32]]| {
            let channels = channels.iter().map(|channel| channel.to_vec()).collect();
            SoundPart { channels, sample_rate_hz: 48_000 }
        };
        GivenSound { name: "a".into(), parts: parts.iter().map(part).collect(), channels }
    }

    #[test]
    fn a_sound_has_the_channels_that_the_model_takes() {
        for (sound, channels, samples) in [
            (given(1, &[&[&[1.0, 2.0]]]), 1, &[1.0, 2.0][..]),
            (given(2, &[&[&[1.0, 2.0]]]), 2, &[1.0, 2.0, 1.0, 2.0]),
            (given(1, &[&[&[1.0, 2.0], &[3.0, 4.0]]]), 1, &[2.0, 3.0]),
            // Parts are as long as the longest, and have a channel each.
            (given(2, &[&[&[1.0]], &[&[2.0, 3.0]]]), 2, &[1.0, 0.0, 2.0, 3.0]),
            (given(2, &[&[&[1.0], &[3.0]], &[&[5.0]]]), 2, &[2.0, 5.0]),
        ] {
            let sound = sound.at_rate(48_000).expect("a sound");
            assert_eq!((sound.channels, &sound.samples[..]), (channels, samples));
        }
        let six = given(2, &[&[&[0.0], &[0.0], &[0.0], &[0.0], &[0.0], &[0.0]]]);
        let error = six.at_rate(48_000).expect_err("six").to_string();
        assert_eq!(error, "a has 6 channels, and the model takes 2 there");
    }
}
