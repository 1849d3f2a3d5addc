//! A model around another one, with somebody who watches its runs.

use nn_core::{
    model::{AttributeError, ForkError, KernelFigures, Model, RunError, Runtime, TensorView, TensorViewMut},
    spec::ModelSpec,
    value::Value,
};

/// Watches the runs of one model.
pub trait Watch: Send {
    /// Runs the model, and notes what there is to note.
    fn run(
        &mut self,
        model: &mut dyn Model,
        method: usize,
        input: TensorView<'_>,
        output: TensorViewMut<'_>,
    ) -> Result<(), RunError>;
}

/// The model that is watched. Its copies, with which the engine warms up, are not.
pub struct Watched<W> {
    pub inner: Box<dyn Model>,
    pub watch: W,
}

impl<W: Watch> Model for Watched<W> {
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
        self.watch.run(self.inner.as_mut(), method, input, output)
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

    fn fork(&self) -> Result<Box<dyn Model>, ForkError> {
        self.inner.fork()
    }

    fn set_optimise(&mut self, on: bool) -> bool {
        self.inner.set_optimise(on)
    }

    fn kernel_figures(&self) -> Option<KernelFigures> {
        self.inner.kernel_figures()
    }
}
