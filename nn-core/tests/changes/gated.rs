//! A source whose loads end when a test says so.

use std::{sync::Arc, time::Duration};

use nn_core::{
    fake::FakeSource,
    model::{LoadError, Model, ModelLocation, ModelSource},
    spec::ModelSpec,
};
// The standard library's condition variable is not compiled with ThreadSanitizer, which reports what it orders.
use parking_lot::{Condvar, Mutex};

/// Gives what another source gives, `late` and what is called `held…` when the gate is open. What is called `broken…` or
/// ends in `broken` cannot be loaded.
#[derive(Clone)]
pub struct Gated {
    source: FakeSource,
    gate: Arc<Gate>,
}

#[derive(Default)]
struct Gate {
    seen: Mutex<Seen>,
    changed: Condvar,
}

#[derive(Default)]
struct Seen {
    open: bool,
    /// The loads that have begun.
    begun: Vec<String>,
}

impl Gated {
    pub fn new(source: FakeSource) -> Self {
        Self { source, gate: Arc::default() }
    }

    /// Lets everything pass from now on.
    pub fn open(&self) {
        self.gate.seen.lock().open = true;
        self.gate.changed.notify_all();
    }

    /// Waits until a load has begun.
    pub fn until_begun(&self, name: &str) {
        let begun = |seen: &mut Seen| !seen.begun.iter().any(|begun| begun == name);
        let (mut seen, limit) = (self.gate.seen.lock(), Duration::from_secs(60));
        let waited = self.gate.changed.wait_while_for(&mut seen, begun, limit);
        assert!(!waited.timed_out(), "{name} is not loaded; {:?} are", seen.begun);
    }

    /// How often a file was loaded.
    pub fn loads(&self, name: &str) -> usize {
        self.gate.seen.lock().begun.iter().filter(|begun| *begun == name).count()
    }
}

impl ModelSource for Gated {
    fn extensions(&self) -> Vec<&'static str> {
        self.source.extensions()
    }

    fn describe(&self, location: &ModelLocation) -> Result<ModelSpec, LoadError> {
        self.source.describe(location)
    }

    fn load(&self, location: &ModelLocation) -> Result<Box<dyn Model>, LoadError> {
        let name = location.file()?.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut seen = self.gate.seen.lock();
        seen.begun.push(name.clone());
        self.gate.changed.notify_all();
        if name == "late" || name.starts_with("held") {
            self.gate.changed.wait_while(&mut seen, |seen| !seen.open);
        }
        drop(seen);
        if name.contains("broken") {
            return Err(LoadError::Read { path: location.to_string(), what: "no such file".into() });
        }
        self.source.load(location)
    }
}
