//! A model that notes when it is entered and left, in processor time of the thread that runs it.

use std::sync::{Arc, Mutex, PoisonError};

use nn_core::{
    model::{
        AttributeError, ForkError, LoadError, Model, ModelLocation, ModelSource, RunError, Runtime,
        TensorView, TensorViewMut,
    },
    spec::ModelSpec,
    value::Value,
};

use super::common::cpu;

/// Entries and exits of [`Model::run`], nanoseconds of the running thread.
pub type Visits = Arc<Mutex<Vec<(u64, u64)>>>;

/// Takes what has been noted so far.
pub fn take(visits: &Visits) -> Vec<(u64, u64)> {
    std::mem::take(&mut *visits.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Gives forks of one loaded model, so that the box and its rival share weights.
pub struct WatchedSource {
    pub spec: ModelSpec,
    pub original: Mutex<Box<dyn Model>>,
    pub visits: Visits,
}

impl ModelSource for WatchedSource {
    fn describe(&self, _location: &ModelLocation) -> Result<ModelSpec, LoadError> {
        Ok(self.spec.clone())
    }

    fn load(&self, location: &ModelLocation) -> Result<Box<dyn Model>, LoadError> {
        let original = self.original.lock().unwrap_or_else(PoisonError::into_inner);
        let inner = original
            .fork()
            .map_err(|error| LoadError::Unusable { what: format!("{location}: {}", error.what) })?;
        Ok(Box::new(Watched { inner, visits: self.visits.clone() }))
    }
}

struct Watched {
    inner: Box<dyn Model>,
    visits: Visits,
}

impl Model for Watched {
    fn spec(&self) -> &ModelSpec {
        self.inner.spec()
    }

    fn runtime(&self) -> Option<&'static dyn Runtime> {
        self.inner.runtime()
    }

    fn run(
        &mut self,
        method: usize,
        input: TensorView<'_>,
        output: TensorViewMut<'_>,
    ) -> Result<(), RunError> {
        let entered_ns = cpu::thread_ns();
        let result = self.inner.run(method, input, output);
        let left_ns = cpu::thread_ns();
        self.visits.lock().unwrap_or_else(PoisonError::into_inner).push((entered_ns, left_ns));
        result
    }

    fn seed(&mut self, seed: u64) {
        self.inner.seed(seed);
    }

    fn set(&mut self, attribute: usize, values: &[Value]) -> Result<(), AttributeError> {
        self.inner.set(attribute, values)
    }

    fn get(&mut self, attribute: usize) -> Result<Vec<Value>, AttributeError> {
        self.inner.get(attribute)
    }

    fn set_sample_rate(&mut self, hz: u32) -> Result<(), AttributeError> {
        self.inner.set_sample_rate(hz)
    }

    /// Only the warm-up copies, whose runs are not to be noted.
    fn fork(&self) -> Result<Box<dyn Model>, ForkError> {
        self.inner.fork()
    }
}
