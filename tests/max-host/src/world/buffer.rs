//! Sound by name.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering::SeqCst},
    },
    time::{Duration, Instant},
};

use parking_lot::Mutex;

use crate::{abi::Address, breaches::breach};

/// How long the host waits for a buffer that an external has locked.
const LONGEST_LOCK: Duration = Duration::from_secs(1);

/// A buffer. Its address is that of the object that externals have.
pub struct Buffer {
    pub name: String,
    pub channels: AtomicUsize,
    pub rate_hz: f64,
    /// Interleaved. Externals write to it while they hold a lock.
    pub samples: Mutex<Vec<f32>>,
    pub locks: AtomicI64,
    pub edits: AtomicI64,
    /// True while the host itself writes: then there are no locks.
    writing: AtomicBool,
    pub changes: AtomicI64,
}

/// Somebody's reference to a buffer: what it knows is what its owner has passed on.
pub struct Reference {
    pub owner: Address,
    pub name: String,
    /// The buffer, as far as the reference has been told.
    pub known: Option<Address>,
    /// How many times it was told something.
    pub told: usize,
}

impl Buffer {
    pub fn new(name: &str, channels: usize, rate_hz: f64, samples: Vec<f32>) -> Arc<Self> {
        Arc::new(Self {
            name: name.to_owned(),
            channels: AtomicUsize::new(channels),
            rate_hz,
            samples: Mutex::new(samples),
            locks: AtomicI64::new(0),
            edits: AtomicI64::new(0),
            writing: AtomicBool::new(false),
            changes: AtomicI64::new(0),
        })
    }

    pub fn locks(&self) -> i64 {
        self.locks.load(SeqCst) + self.edits.load(SeqCst)
    }

    pub fn start(&self) -> *mut f32 {
        self.samples.lock().as_mut_ptr()
    }

    pub fn frames(&self) -> usize {
        self.samples.lock().len() / self.channels().max(1)
    }

    pub fn channels(&self) -> usize {
        self.channels.load(SeqCst)
    }

    /// Another size; what fits of the samples stays.
    pub fn resize(&self, frames: usize, channels: usize) {
        let mut samples = self.samples.lock().clone();
        samples.resize(frames * channels, 0.0);
        self.write(samples);
        self.channels.store(channels, SeqCst);
    }

    /// Claims one of `count` unless the host is writing.
    pub fn claim(&self, count: &AtomicI64) -> bool {
        count.fetch_add(1, SeqCst);
        let claimed = !self.writing.load(SeqCst);
        if !claimed {
            count.fetch_sub(1, SeqCst);
        }
        claimed
    }

    /// Other samples, when nobody has them locked.
    pub fn write(&self, samples: Vec<f32>) {
        self.writing.store(true, SeqCst);
        let begin = Instant::now();
        while self.locks() > 0 && begin.elapsed() < LONGEST_LOCK {
            std::thread::yield_now();
        }
        if self.locks() > 0 {
            breach(format!("buffer {} stays locked", self.name));
        }
        *self.samples.lock() = samples;
        self.writing.store(false, SeqCst);
        self.changes.fetch_add(1, SeqCst);
    }
}
