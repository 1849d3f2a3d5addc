//! A neural model as the engine needs it, and who computes it.

use std::{any::Any, sync::Arc};

use crate::{
    Description, ModelLocation, Transport,
    error::{AttributeError, ForkError, LoadError, RunError},
    generator::Generator,
    midi::{self, TimedMidi},
    profile::{Ceilings, Profile},
    spec::ModelSpec,
    value::{Value, ValueType},
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
    /// The model's methods and attributes. Constant for the life of the model.
    fn spec(&self) -> &ModelSpec;

    /// Its runtime, if threads that run it need to be prepared; `None` if they need nothing. Constant for the life of
    /// the model.
    fn runtime(&self) -> Option<&'static dyn Runtime> {
        None
    }

    /// Runs `spec().methods[method]` once on model-rate frames. State advances by one block.
    ///
    /// The model may keep its input: implementations copy `input` into memory of their own.
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

    /// Gives the model the messages of MIDI that come with the next run's input, in their order, after a run that had some also
    /// none. Models without another way find them in their attribute [`midi::IN_ATTRIBUTE`].
    ///
    /// # Errors
    /// When the model refuses them.
    fn set_midi(&mut self, messages: &[TimedMidi]) -> Result<(), AttributeError> {
        let Some(attribute) = midi_attribute(self.spec(), midi::IN_ATTRIBUTE) else { return Ok(()) };
        let numbers = messages.iter().filter_map(TimedMidi::numbers).flatten().collect();
        self.set(attribute, &[Value::Tensor(numbers)])
    }

    /// Tells the model where the song is as its next run begins. Before the first call nobody has said so.
    fn set_transport(&mut self, _transport: &Transport) {}

    /// Adds the messages of MIDI that the model answered to its last run. Models without another way have them in their attribute
    /// [`midi::OUT_ATTRIBUTE`].
    ///
    /// # Errors
    /// When the model cannot tell.
    fn read_midi(&mut self, messages: &mut Vec<TimedMidi>) -> Result<(), AttributeError> {
        let Some(attribute) = midi_attribute(self.spec(), midi::OUT_ATTRIBUTE) else { return Ok(()) };
        if let [Value::Tensor(numbers)] = &self.get(attribute)?[..] {
            messages.extend(TimedMidi::of_numbers(numbers));
        }
        Ok(())
    }

    /// Tells the model the rate in Hz at which it runs, if it accepts one (`takes_sample_rate`).
    fn set_sample_rate(&mut self, hz: u32) -> Result<(), AttributeError>;

    /// Seeds this model's random number generator, and no other model's. A fork has a generator of its own, which
    /// continues from the state of this one. Models without random numbers do nothing.
    fn seed(&mut self, _seed: u64) {}

    /// A second model with the same weights (shared, not copied) and its own state, equal to this one's now.
    fn fork(&self) -> Result<Box<dyn Model>, ForkError>;

    /// Of a generator: a copy that makes its sounds, as the file has it. `None` for all other models, which have methods.
    fn generator(&self) -> Option<Result<Box<dyn Generator>, ForkError>> {
        None
    }

    /// A second model on a device, its state equal to this one's now. The weights are shared where the device is the
    /// same and copied otherwise.
    fn fork_to(&self, device: Device) -> Result<Box<dyn Model>, ForkError> {
        match device {
            Device::Cpu => self.fork(),
            Device::Gpu => Err(ForkError { what: "there is no GPU that it could use".into() }),
        }
    }

    /// The device on which it computes, with what is prepared there.
    fn place(&self) -> Place {
        Place::default()
    }

    /// A second model in the place of another copy of it, its state equal to this one's now. It uses what runs of the
    /// other copy have prepared there.
    fn fork_at(&self, place: &Place) -> Result<Box<dyn Model>, ForkError> {
        self.fork_to(place.device)
    }

    /// Records for all forks which pages of its state this copy has written, after running only
    /// `spec().methods[method]`. To be called after a warm-up.
    ///
    /// Thread: loader.
    fn note_written(&self, _method: usize) {}

    /// Gives this copy its own pages for the state that a method is recorded to write, before it plays: state is
    /// shared until it is written, and the first run would wait for the copies. Nothing else changes.
    ///
    /// Thread: loader.
    fn own_written(&mut self, _method: usize) {}

    /// Prepares what runs of this shape need: `batch` examples of `frames` model frames. To be called before it plays, at the
    /// rate that it was told last; nothing is run. Without it the first run does so and takes longer.
    ///
    /// Thread: loader.
    fn make_ready(&mut self, _method: usize, _batch: usize, _frames: usize) {}

    /// Whether the copies that a change takes (the one that goes, the one that comes, one to warm a thread up with) fit into
    /// the memory that a model may take, as far as is known from those that were noted ([`Model::note_written`]): half as
    /// much again as the file's tensors, for large ones. Where they do not, a copy goes before another one is made.
    ///
    /// Thread: any but audio.
    fn copies_fit(&self) -> bool {
        true
    }

    /// How many of its samples its sound comes after its input, where it says so: at the rate and with the buffer that it was
    /// told last. What buffering and resampling add is not in it.
    ///
    /// Thread: any but audio.
    fn delay_frames(&self) -> Option<usize> {
        None
    }

    /// Whether runs of one copy are heard in others: then nothing is tried out beforehand, on copies, to warm up or to measure.
    ///
    /// Thread: any but audio.
    fn runs_leave_traces(&self) -> bool {
        false
    }

    /// A number that all copies of one original have, and no other model of this process; 0 where that is not known.
    ///
    /// Thread: any but audio.
    fn origin(&self) -> usize {
        0
    }

    /// Chooses whether runs may use this project's own kernels, whose results differ by the rounding of sums only. On
    /// by default, unless the environment has `NN_OPTIMISE=0`; forks inherit it. Returns whether the choice makes a
    /// difference to this model.
    fn set_optimise(&mut self, _on: bool) -> bool {
        false
    }

    /// A warning about this model for the user, as one line: shown once, after the load.
    fn warning(&self) -> Option<&str> {
        None
    }

    /// What this project's kernels did so far, if the model uses them.
    fn kernel_figures(&self) -> Option<KernelFigures> {
        None
    }

    /// Does what [`Model::run`] does, and records it; a little slower. `None` for models that cannot tell what they do: then
    /// nothing has run. The first call of each method prepares its record, which takes longer and is not part of it.
    ///
    /// Thread: loader.
    fn profile(
        &mut self,
        _method: usize,
        _input: TensorView<'_>,
        _output: TensorViewMut<'_>,
    ) -> Option<Result<Profile, RunError>> {
        None
    }
}

/// The attribute of that name, if it takes messages: one tensor.
fn midi_attribute(spec: &ModelSpec, name: &str) -> Option<usize> {
    spec.attributes
        .iter()
        .position(|attribute| attribute.name == name && attribute.types == [ValueType::Tensor])
}

impl dyn Model {
    /// Prepares the calling thread for calls of this model: [`Runtime::prepare_thread`], where its runtime needs that.
    ///
    /// Thread: owner.
    pub fn prepare_thread(&self, intra_op_threads: u32) {
        if let Some(runtime) = self.runtime() {
            runtime.prepare_thread(intra_op_threads);
        }
    }
}

/// What this project's own kernels did for a model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KernelFigures {
    /// Number of packed weights, shared by all forks.
    pub packs: u64,
    /// Memory of these, in bytes.
    pub packed_bytes: u64,
    /// Convolutions that they computed for this model.
    pub taken: u64,
    /// Convolutions of this model that were left to libtorch while the kernels were on.
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

/// Prints and warnings of models, and warnings of the library below them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The first text: one line of at most some hundred characters, without control characters.
    pub text: String,
    /// Whether that was a warning.
    pub is_warning: bool,
    /// How many texts there were, at least 1.
    pub count: u64,
    /// Whether it is a line of its own, of which there are few enough to show all.
    pub is_line: bool,
}

/// Where one model computes: the device, and what it has prepared there that is expensive to make.
#[derive(Clone, Default)]
pub struct Place {
    /// The device.
    pub device: Device,
    /// Known only to the kind of model that made it.
    pub prepared: Option<Arc<dyn Any + Send + Sync>>,
}

/// Who computes models: libtorch, a process beside this one, a server. One for the process, without fields or with its own
/// locks; threads that run its models meet it through [`Model::runtime`].
pub trait Runtime: Send + Sync {
    /// The model in the state that is stored. May take seconds.
    ///
    /// Thread: loader.
    ///
    /// # Errors
    /// Whatever kept it from loading.
    fn load(&self, location: &ModelLocation) -> Result<Box<dyn Model>, LoadError>;

    /// Who plays a model, where that is for users to know: what it is called (`python`), and what is known of it at once.
    ///
    /// Thread: main.
    fn player(&self, _location: &ModelLocation) -> Option<(&'static str, Vec<String>)> {
        None
    }

    /// Adds to a description what the runtime at hand lacks for the model.
    ///
    /// Thread: loader.
    fn examine(&self, _description: &mut Description) {}

    /// Settings that the calling thread needs before it runs models, and how many threads one call of a model may
    /// use. Called before every run, in the audio callback too: cheap once done, when it neither allocates nor locks.
    ///
    /// Thread: owner.
    fn prepare_thread(&self, _intra_op_threads: u32) {}

    /// Measures what this processor can do with models of this runtime, for up to a second; `set_bytes` is how much memory is
    /// read again and again. `None` where that cannot be measured.
    ///
    /// Thread: loader.
    fn ceilings(&self, _set_bytes: usize) -> Option<Ceilings> {
        None
    }

    /// Takes what models have printed on the calling thread since the last call: they never write to the host's
    /// output.
    ///
    /// Thread: any but audio.
    fn take_printed(&self) -> Option<Printed> {
        None
    }

    /// Discards what models have printed on the calling thread, without allocating or locking.
    ///
    /// Thread: any.
    fn forget_printed(&self) {}
}
