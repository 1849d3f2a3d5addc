//! Models that note when their runs end and what they take.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use nn_model::{
    LoadError, Model, ModelLocation, ModelSource, Printed, RunError, TensorView, TensorViewMut,
    spec::ModelSpec,
};
use nn_process::effort::used_by_this_thread;

use super::watched::{Watch, Watched};

/// One call of [`Model::run`].
#[derive(Clone, Copy, Debug)]
pub struct RunTime {
    /// Which method.
    pub method: usize,
    /// When it was over.
    pub ended: Instant,
    /// What it took by the clock.
    pub wall: Duration,
    /// The time of a processor in it; by the clock where the system does not tell.
    pub used: Duration,
    /// How much sound that was, in samples at the model's rate.
    pub model_frames: usize,
}

/// A source of models, all of which note their runs in one list. So do their copies, with which the engine warms up and
/// measures: [`TimedSource::take`] before what counts.
#[derive(Clone)]
pub struct TimedSource {
    inner: Arc<dyn ModelSource>,
    runs: Arc<Mutex<Vec<RunTime>>>,
}

impl std::fmt::Debug for TimedSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TimedSource").finish_non_exhaustive()
    }
}

impl TimedSource {
    /// Models of another source.
    ///
    /// Thread: any but audio.
    pub fn new(inner: Arc<dyn ModelSource>) -> Self {
        Self { inner, runs: Arc::default() }
    }

    /// The runs since the last call, in the order of their ends.
    ///
    /// Thread: any but audio.
    pub fn take(&self) -> Vec<RunTime> {
        std::mem::take(&mut *self.runs.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl ModelSource for TimedSource {
    fn extensions(&self) -> Vec<&'static str> {
        self.inner.extensions()
    }

    fn takes_address(&self, address: &str) -> bool {
        self.inner.takes_address(address)
    }

    fn is_program(&self, location: &ModelLocation) -> bool {
        self.inner.is_program(location)
    }

    fn player(&self, location: &ModelLocation) -> Option<(&'static str, Vec<String>)> {
        self.inner.player(location)
    }

    fn describe(&self, location: &ModelLocation) -> Result<ModelSpec, LoadError> {
        self.inner.describe(location)
    }

    fn describe_at_once(&self, location: &ModelLocation) -> Result<Option<ModelSpec>, LoadError> {
        self.inner.describe_at_once(location)
    }

    fn load(&self, location: &ModelLocation) -> Result<Box<dyn Model>, LoadError> {
        let inner = self.inner.load(location)?;
        Ok(Box::new(Watched { inner, watch: Clock(self.runs.clone()) }))
    }

    fn take_printed(&self) -> Option<Printed> {
        self.inner.take_printed()
    }
}

/// Notes each run.
struct Clock(Arc<Mutex<Vec<RunTime>>>);

impl Watch for Clock {
    fn run(
        &mut self,
        model: &mut dyn Model,
        method: usize,
        input: TensorView<'_>,
        output: TensorViewMut<'_>,
    ) -> Result<(), RunError> {
        let ratio = model.spec().methods.get(method).map_or(1, |method| method.out_ratio);
        let model_frames = output.frames * ratio;
        let (begun, used_before) = (Instant::now(), used_by_this_thread());
        let result = model.run(method, input, output);
        let used = used_by_this_thread().saturating_sub(used_before);
        let ended = Instant::now();
        let run = RunTime { method, ended, wall: ended - begun, used, model_frames };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(run);
        result
    }

    fn of_copy(&self) -> Option<Self> {
        Some(Self(self.0.clone()))
    }
}
