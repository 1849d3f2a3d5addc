//! A model around another one, with somebody who watches its runs.

use nn_model::{
    AttributeError, Device, ForkError, KernelFigures, Model, Place, RunError, Runtime, TensorView,
    TensorViewMut, Transport, midi::TimedMidi, spec::ModelSpec, value::Value,
};

/// Watches the runs of one model.
pub trait Watch: Send {
    /// Runs the model, and notes what there is to note.
    ///
    /// Thread: owner.
    ///
    /// # Errors
    /// Those of the model.
    fn run(
        &mut self,
        model: &mut dyn Model,
        method: usize,
        input: TensorView<'_>,
        output: TensorViewMut<'_>,
    ) -> Result<(), RunError>;

    /// Who watches a copy of the model; `None` where copies, with which the engine warms up, are of no interest.
    ///
    /// Thread: any but audio.
    fn of_copy(&self) -> Option<Self>
    where
        Self: Sized,
    {
        None
    }
}

/// The model that is watched.
pub struct Watched<W> {
    /// Itself.
    pub inner: Box<dyn Model>,
    /// Who watches.
    pub watch: W,
}

impl<W> std::fmt::Debug for Watched<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watched").finish_non_exhaustive()
    }
}

impl<W: Watch + 'static> Watched<W> {
    fn copy(&self, copy: Result<Box<dyn Model>, ForkError>) -> Result<Box<dyn Model>, ForkError> {
        let inner = copy?;
        Ok(match self.watch.of_copy() {
            Some(watch) => Box::new(Self { inner, watch }),
            None => inner,
        })
    }
}

impl<W: Watch + 'static> Model for Watched<W> {
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

    fn set_midi(&mut self, messages: &[TimedMidi]) -> Result<(), AttributeError> {
        self.inner.set_midi(messages)
    }

    fn set_transport(&mut self, transport: &Transport) {
        self.inner.set_transport(transport);
    }

    fn read_midi(&mut self, messages: &mut Vec<TimedMidi>) -> Result<(), AttributeError> {
        self.inner.read_midi(messages)
    }

    fn delay_frames(&self) -> Option<usize> {
        self.inner.delay_frames()
    }

    fn runs_leave_traces(&self) -> bool {
        self.inner.runs_leave_traces()
    }

    fn make_ready(&mut self, method: usize, batch: usize, frames: usize) {
        self.inner.make_ready(method, batch, frames);
    }

    fn set_sample_rate(&mut self, hz: u32) -> Result<(), AttributeError> {
        self.inner.set_sample_rate(hz)
    }

    fn fork(&self) -> Result<Box<dyn Model>, ForkError> {
        self.copy(self.inner.fork())
    }

    fn fork_to(&self, device: Device) -> Result<Box<dyn Model>, ForkError> {
        self.copy(self.inner.fork_to(device))
    }

    fn place(&self) -> Place {
        self.inner.place()
    }

    fn fork_at(&self, place: &Place) -> Result<Box<dyn Model>, ForkError> {
        self.copy(self.inner.fork_at(place))
    }

    fn note_written(&self, method: usize) {
        self.inner.note_written(method);
    }

    fn own_written(&mut self, method: usize) {
        self.inner.own_written(method);
    }

    fn copies_fit(&self) -> bool {
        self.inner.copies_fit()
    }

    fn origin(&self) -> usize {
        self.inner.origin()
    }

    fn warning(&self) -> Option<&str> {
        self.inner.warning()
    }

    fn set_optimise(&mut self, on: bool) -> bool {
        self.inner.set_optimise(on)
    }

    fn kernel_figures(&self) -> Option<KernelFigures> {
        self.inner.kernel_figures()
    }
}
