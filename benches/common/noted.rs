//! Models that note what every run of theirs took, and can keep what went in and came out.

use std::sync::{Arc, Mutex, PoisonError};

use nn_core::{
    formats::FORMATS,
    model::{LoadError, Model, ModelLocation, ModelSource, RunError, TensorView, TensorViewMut},
    offline::{Watch, Watched},
    spec::ModelSpec,
};

use super::cpu;

/// One call of [`Model::run`].
#[derive(Clone, Debug)]
pub struct Run {
    pub method: usize,
    /// Processor time of the thread.
    pub cpu_ns: u64,
    /// Input and output, when they are kept.
    pub kept: Option<(Vec<f32>, Vec<f32>)>,
}

/// The runs so far.
pub type Runs = Arc<Mutex<Vec<Run>>>;

/// Takes what has been noted so far.
pub fn take(runs: &Runs) -> Vec<Run> {
    std::mem::take(&mut *runs.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Loads models that note their runs; copies of them, with which the engine warms up, do not.
pub struct NotedSource {
    pub runs: Runs,
    /// How many runs of a model keep input and output. The first of them seeds the random numbers, and none uses the
    /// kernels.
    pub keeps: usize,
}

/// The seed of runs whose output is kept.
pub const SEED: u64 = 7;

impl NotedSource {
    /// A source that keeps `keeps` runs of every model, and what it notes.
    pub fn new(keeps: usize) -> (Arc<Self>, Runs) {
        let runs = Runs::default();
        (Arc::new(Self { runs: runs.clone(), keeps }), runs)
    }
}

impl ModelSource for NotedSource {
    fn describe(&self, location: &ModelLocation) -> Result<ModelSpec, LoadError> {
        FORMATS.describe(location)
    }

    fn load(&self, location: &ModelLocation) -> Result<Box<dyn Model>, LoadError> {
        let mut inner = FORMATS.load(location)?;
        if self.keeps > 0 {
            // What is compared is to be libtorch's, bit for bit.
            inner.set_optimise(false);
        }
        let watch = Notes { runs: self.runs.clone(), keeps: self.keeps, seeded: false };
        Ok(Box::new(Watched { inner, watch }))
    }
}

struct Notes {
    runs: Runs,
    keeps: usize,
    seeded: bool,
}

impl Watch for Notes {
    fn run(
        &mut self,
        model: &mut dyn Model,
        method: usize,
        input: TensorView<'_>,
        output: TensorViewMut<'_>,
    ) -> Result<(), RunError> {
        let keeps = self.keeps > 0;
        self.keeps = self.keeps.saturating_sub(1);
        if keeps && !std::mem::replace(&mut self.seeded, true) {
            model.seed(SEED);
        }
        let kept_input = keeps.then(|| input.samples.to_vec());
        let TensorViewMut { samples, batch, channels, frames } = output;
        let begin_cpu_ns = cpu::thread_ns();
        let result =
            model.run(method, input, TensorViewMut { samples: &mut *samples, batch, channels, frames });
        let cpu_ns = cpu::thread_ns() - begin_cpu_ns;
        let kept = kept_input.map(|input| (input, samples.to_vec()));
        let run = Run { method, cpu_ns, kept };
        self.runs.lock().unwrap_or_else(PoisonError::into_inner).push(run);
        result
    }
}
