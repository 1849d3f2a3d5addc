//! Notes when a model is entered and left, in processor time of the thread that runs it.

use std::sync::{Arc, Mutex, PoisonError};

use nn_core::{
    model::{LoadError, Model, ModelLocation, ModelSource, RunError, TensorView, TensorViewMut},
    offline::{Watch, Watched},
    spec::ModelSpec,
};

use super::common::cpu;

/// Entries and exits of [`Model::run`], nanoseconds of the running thread.
pub type Visits = Arc<Mutex<Vec<(u64, u64)>>>;

/// Takes what has been noted so far.
pub fn take(visits: &Visits) -> Vec<(u64, u64)> {
    std::mem::take(&mut *visits.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Gives forks of one loaded model, so that the box and its rival share weights.
pub struct ForkSource {
    pub spec: ModelSpec,
    pub original: Mutex<Box<dyn Model>>,
    pub visits: Visits,
}

impl ModelSource for ForkSource {
    fn describe(&self, _location: &ModelLocation) -> Result<ModelSpec, LoadError> {
        Ok(self.spec.clone())
    }

    fn load(&self, location: &ModelLocation) -> Result<Box<dyn Model>, LoadError> {
        let original = self.original.lock().unwrap_or_else(PoisonError::into_inner);
        let inner = original
            .fork()
            .map_err(|error| LoadError::Unusable { what: format!("{location}: {}", error.what) })?;
        Ok(Box::new(Watched { inner, watch: Clock(self.visits.clone()) }))
    }
}

/// Notes each run of one model.
struct Clock(Visits);

impl Watch for Clock {
    fn run(
        &mut self,
        model: &mut dyn Model,
        method: usize,
        input: TensorView<'_>,
        output: TensorViewMut<'_>,
    ) -> Result<(), RunError> {
        let entered_ns = cpu::thread_ns();
        let result = model.run(method, input, output);
        let left_ns = cpu::thread_ns();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((entered_ns, left_ns));
        result
    }
}
