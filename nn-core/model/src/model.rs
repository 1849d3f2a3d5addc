//! The one thing the engine needs from a neural model, whoever computes it.

use std::{any::Any, path::Path, sync::Arc};

use crate::{
    Description,
    error::{AttributeError, ForkError, LoadError, RunError},
    spec::ModelSpec,
    value::Value,
};

/// Samples that a model reads: `[batch, channels, frames]`, row-major, contiguous.
#[derive(Clone, Copy, Debug)]
pub struct TensorView<'a> {
    /// `batch * channels * frames` samples.
    pub samples: &'a [f32],
    /// Number of examples.
    pub batch: usize,
    /// Number of channels, 0 for a generator without input.
    pub channels: usize,
    /// Number of model frames.
    pub frames: usize,
}

/// Samples that a model writes: `[batch, channels, frames]`, row-major, contiguous.
#[derive(Debug)]
pub struct TensorViewMut<'a> {
    /// `batch * channels * frames` samples; all of them are written when the run succeeds.
    pub samples: &'a mut [f32],
    /// Number of examples.
    pub batch: usize,
    /// Number of channels.
    pub channels: usize,
    /// Number of model frames.
    pub frames: usize,
}

/// A loaded model. It is `Send`, has exactly one owner at a time and is called by that one's thread: the loader, which makes
/// it and warms it up, then the worker of a box, or its audio callback where a box has no worker.
///
/// No call may panic on purpose, and none may let a foreign exception out.
///
/// Thread: owner.
pub trait Model: Send {
    /// What the model itself says about its methods and attributes. Constant for the life of the model.
    fn spec(&self) -> &ModelSpec;

    /// Runs `spec().methods[method]` once on model-rate frames. State moves on by one block.
    ///
    /// The model may keep what it is given: implementations copy `input` into memory of their own.
    fn run(
        &mut self,
        method: usize,
        input: TensorView<'_>,
        output: TensorViewMut<'_>,
    ) -> Result<(), RunError>;

    /// Sets `spec().attributes[attribute]`; one value per type of the attribute.
    fn set(&mut self, attribute: usize, values: &[Value]) -> Result<(), AttributeError>;

    /// Reads `spec().attributes[attribute]`; one value per type of the attribute.
    fn get(&mut self, attribute: usize) -> Result<Vec<Value>, AttributeError>;

    /// Tells the model the host's rate, when it wants to know (`takes_sample_rate`).
    fn set_sample_rate(&mut self, hz: u32) -> Result<(), AttributeError>;

    /// Seeds the generator of random numbers from which this model draws, and no other model. A fork draws from a
    /// generator of its own, which begins where this one's is. Models that draw none do nothing.
    fn seed(&mut self, _seed: u64) {}

    /// A second model with the same weights (shared, not copied) and its own state, equal to this one's now.
    fn fork(&self) -> Result<Box<dyn Model>, ForkError>;

    /// A second model on a device, its state equal to this one's now. The weights are shared where the device is the
    /// same and copied otherwise.
    fn fork_to(&self, device: Device) -> Result<Box<dyn Model>, ForkError> {
        match device {
            Device::Cpu => self.fork(),
            Device::Gpu => Err(ForkError { what: "there is no GPU that it could use".into() }),
        }
    }

    /// Where it computes.
    fn place(&self) -> Place {
        Place::default()
    }

    /// A second model in the very place of another copy of it, its state equal to this one's now. What was prepared there
    /// by runs of the other, this one finds prepared.
    fn fork_at(&self, place: &Place) -> Result<Box<dyn Model>, ForkError> {
        self.fork_to(place.device)
    }

    /// Notes for all forks which memory of its state this copy has written, which has run `spec().methods[method]` only.
    /// To be called after a warm-up.
    ///
    /// Thread: loader.
    fn note_written(&self, _method: usize) {}

    /// Gives this copy, before it plays, the memory that others were noted to write by a method: state is shared until it
    /// is written, and the first run would wait for its pages. Nothing else changes.
    ///
    /// Thread: loader.
    fn own_written(&mut self, _method: usize) {}

    /// Whether runs may use this project's own kernels, which compute the same up to the rounding of sums. On at
    /// first, unless the environment says `NN_OPTIMISE=0`; forks do as their original. The answer is whether the model
    /// knows the difference.
    fn set_optimise(&mut self, _on: bool) -> bool {
        false
    }

    /// What users should know of this model, as one line: said once, when it has been loaded.
    fn warning(&self) -> Option<&str> {
        None
    }

    /// What those kernels did so far, if the model has any.
    fn kernel_figures(&self) -> Option<KernelFigures> {
        None
    }
}

/// What this project's own kernels did for a model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KernelFigures {
    /// Weights that were packed for them, shared by all forks.
    pub packs: u64,
    /// Memory of these, in bytes.
    pub packed_bytes: u64,
    /// Convolutions that they computed for this very model.
    pub taken: u64,
    /// Convolutions of this very model that were left to libtorch while the kernels were on.
    pub left: u64,
}

/// Where a model computes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Device {
    /// The processor.
    #[default]
    Cpu,
    /// The first GPU (CUDA, MPS).
    Gpu,
}

impl Device {
    /// As users see it.
    ///
    /// Thread: any.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Gpu => "gpu",
        }
    }
}

/// What models printed, and of what they or the library below them warned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The first of it: one line of at most some hundred characters, without control characters.
    pub text: String,
    /// Whether that was a warning.
    pub is_warning: bool,
    /// How often something was said, at least 1.
    pub count: u64,
}

/// Where one model computes: the device, and what belongs to it there that is dear to make anew.
#[derive(Clone, Default)]
pub struct Place {
    /// The device.
    pub device: Device,
    /// What only the kind of model knows that made it.
    pub prepared: Option<Arc<dyn Any + Send + Sync>>,
}

/// Where models come from: files through libtorch, or fakes in tests. `Send` and `Sync`: all boxes and threads share it.
pub trait ModelSource: Send + Sync + 'static {
    /// What the file says about itself, in milliseconds for real models.
    ///
    /// Thread: loader.
    fn describe(&self, path: &Path) -> Result<ModelSpec, LoadError>;

    /// The same, where it is known or takes no longer than a host can wait (20 ms), whatever the file; `None` where it takes
    /// longer.
    ///
    /// Thread: main.
    fn describe_at_once(&self, path: &Path) -> Result<Option<ModelSpec>, LoadError> {
        self.describe(path).map(Some)
    }

    /// Everything that can be known of the file without loading it, whatever is wrong with it. May take seconds.
    ///
    /// Thread: loader.
    fn inspect(&self, path: &Path) -> Description {
        match self.describe(path) {
            Ok(spec) => Description::of_spec(path, spec),
            Err(error) => Description {
                problems: vec![error.to_string()],
                ..Description::of_spec(path, ModelSpec::default())
            },
        }
    }

    /// The model in the state that the file holds. May take seconds.
    ///
    /// Thread: loader.
    fn load(&self, path: &Path) -> Result<Box<dyn Model>, LoadError>;

    /// Settings that the calling thread needs before it runs models, and how many threads one call of a model may
    /// use. Called before every run: cheap when done.
    ///
    /// Thread: owner.
    fn prepare_thread(&self, intra_op_threads: u32);

    /// What models said on the calling thread since this was asked last: they never write to the host's output.
    ///
    /// Thread: any but audio.
    fn take_said(&self) -> Option<Said> {
        None
    }

    /// Forgets it, without memory or a lock.
    ///
    /// Thread: any.
    fn forget_said(&self) {}
}
