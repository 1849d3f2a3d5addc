//! The model as it was after the load, never run: what resets, warm-ups and measurements are made from.

use std::sync::Arc;

use parking_lot::Mutex;

use crate::port::buffer::BufferShape;
use nn_model::{Device, ForkError, Model};

/// Shared by whoever needs a copy. The lock is held for the time of a copy only.
#[derive(Clone)]
pub(super) struct Template(Arc<Mutex<Box<dyn Model>>>);

impl Template {
    /// Takes a model that has never been run.
    pub fn new(model: Box<dyn Model>) -> Self {
        Self(Arc::new(Mutex::new(model)))
    }

    /// A copy on a device.
    pub fn fork_to(&self, device: Device) -> Result<Box<dyn Model>, ForkError> {
        self.0.lock().fork_to(device)
    }

    /// A copy in the place of another one, which is used up: what its runs prepared there is kept.
    pub fn in_place_of(&self, other: &dyn Model) -> Result<Box<dyn Model>, ForkError> {
        let place = other.place();
        self.0.lock().fork_at(&place)
    }

    /// The number of the original that this is a copy of ([`Model::origin`]).
    pub fn origin(&self) -> usize {
        self.0.lock().origin()
    }

    /// Whether other copies fit beside one that plays ([`Model::copies_fit`]).
    pub fn copies_fit(&self) -> bool {
        self.0.lock().copies_fit()
    }

    /// Its own delay in its samples, where it declares one ([`Model::delay_frames`]) for runs of this shape of a method. It
    /// and later copies are ready for those.
    pub fn delay_frames(&self, method: usize, shape: BufferShape, in_ratio: usize) -> Option<usize> {
        let mut model = self.0.lock();
        model.make_ready(method, shape.batch, shape.buffer_frames / in_ratio);
        model.delay_frames()
    }

    /// Chooses kernels for all later copies.
    pub fn set_optimise(&self, on: bool) {
        self.0.lock().set_optimise(on);
    }

    /// Tells all later copies the host's rate.
    pub fn set_sample_rate(&self, hz: u32) {
        let mut model = self.0.lock();
        if model.spec().takes_sample_rate {
            // A refused rate is reported by the model that plays.
            let _told = model.set_sample_rate(hz);
        }
    }
}
