//! One copy of the weights for all boxes that play the same file.
//!
//! Files are identified by their content (SHA-256). A file that was loaded before and has not changed since is
//! recognised by its path, size and times, so that it need not be read again. Boxes get forks of one original, which
//! is dropped with the last of them.
//!
//! Thread: any but audio.

use std::{
    hash::{BuildHasher, RandomState},
    sync::{Arc, Weak},
};

use parking_lot::Mutex;

use crate::{call::Fault, content::Content, handle::Handle};
use nn_model::{Stamp, spec::ModelSpec};

/// A model that is only copied, never run: its state is what the file holds.
pub struct Original {
    handle: Mutex<Handle>,
    /// What it says of itself.
    pub spec: ModelSpec,
    /// What users should know of it.
    pub warning: Option<String>,
}

impl Original {
    /// Takes a model that has never been run.
    pub fn new(handle: Handle, spec: ModelSpec, warning: Option<String>) -> Arc<Self> {
        Arc::new(Self { handle: Mutex::new(handle), spec, warning })
    }

    /// A model with its weights and a state of its own. Its random numbers begin anywhere: two boxes do not draw the
    /// same ones.
    pub fn fork(&self) -> Result<Handle, Fault> {
        let mut fork = self.handle.lock().fork()?;
        fork.seed(RandomState::new().hash_one(()))?;
        Ok(fork)
    }
}

/// How many places and times of one content are remembered.
const MOST_STAMPS: usize = 16;
struct Entry {
    content: Content,
    stamps: Vec<Stamp>,
    original: Weak<Original>,
}

/// The originals of a process.
#[derive(Default)]
pub struct Library {
    entries: Mutex<Vec<Entry>>,
}

impl Library {
    /// The library of this process.
    pub fn global() -> &'static Self {
        static LIBRARY: std::sync::LazyLock<Library> = std::sync::LazyLock::new(Library::default);
        &LIBRARY
    }

    /// The original of a file that has not been touched since it was loaded.
    pub fn by_stamp(&self, stamp: &Stamp) -> Option<Arc<Original>> {
        self.find(|entry| entry.stamps.contains(stamp))
    }

    /// The original of a content, wherever it was loaded from. From now on known by this stamp too.
    pub fn by_content(&self, content: &Content, stamp: Option<&Stamp>) -> Option<Arc<Original>> {
        let original = self.find(|entry| entry.content == *content)?;
        if let Some(entry) = self.entries.lock().iter_mut().find(|entry| entry.content == *content) {
            entry.stamps.extend(stamp.filter(|stamp| !entry.stamps.contains(stamp)).cloned());
            // A file that is touched again and again leaves the stamps of its past behind.
            let surplus = entry.stamps.len().saturating_sub(MOST_STAMPS);
            entry.stamps.drain(..surplus);
        }
        Some(original)
    }

    /// Keeps an original for as long as somebody uses it.
    pub fn keep(&self, content: Content, stamp: Option<Stamp>, original: &Arc<Original>) {
        let mut entries = self.entries.lock();
        entries.retain(|entry| entry.original.strong_count() > 0);
        entries.push(Entry {
            content,
            stamps: stamp.into_iter().collect(),
            original: Arc::downgrade(original),
        });
    }

    /// How many files of different content are in use.
    pub fn in_use(&self) -> usize {
        self.entries.lock().iter().filter(|entry| entry.original.strong_count() > 0).count()
    }

    fn find(&self, wanted: impl Fn(&Entry) -> bool) -> Option<Arc<Original>> {
        self.entries.lock().iter().find(|entry| wanted(entry)).and_then(|entry| entry.original.upgrade())
    }
}
