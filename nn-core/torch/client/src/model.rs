//! A loaded TorchScript model.

use std::sync::Arc;

use crate::{
    abi::{ANSWER, DECLINED, NO_ACCESSOR, NOT_A_TENSOR, WRONG_SHAPE},
    backend::Backend,
    call::Fault,
    device_thread::DeviceThread,
    devices::explained,
    generator::TorchGenerator,
    handle::{self, Handle},
    library::Original,
};
use nn_model::{
    AttributeError, Device, ForkError, KernelFigures, Model, Place, RunError, Runtime, TensorView,
    TensorViewMut,
    attribute::{check_values, given, refused},
    effect::ModelKind,
    generator::Generator,
    profile::Profile,
    spec::ModelSpec,
    value::{Value, ValueType},
};

/// A model that libtorch computes. Forks share its weights.
pub struct TorchModel {
    handle: Handle,
    /// Where a model on a GPU runs; after the handle, so that it ends after it.
    thread: Option<DeviceThread>,
    spec: ModelSpec,
    /// Keeps the weights for others of the same content.
    original: Option<Arc<Original>>,
    warning: Option<String>,
    /// Whether kernels were chosen or refused; `None` leaves it to the environment.
    optimise: Option<bool>,
    runtime: &'static dyn Runtime,
}

impl TorchModel {
    /// A fork of an original.
    pub(super) fn new(handle: Handle, original: Arc<Original>, runtime: &'static dyn Runtime) -> Self {
        let (spec, warning) = (original.spec.clone(), original.warning.clone());
        Self { handle, thread: None, spec, original: Some(original), warning, optimise: None, runtime }
    }

    /// A model that shares nothing. `spec` is what `handle.describe()` answered.
    pub(super) fn alone(
        handle: Handle,
        spec: ModelSpec,
        warning: Option<String>,
        runtime: &'static dyn Runtime,
    ) -> Self {
        Self { handle, thread: None, spec, original: None, warning, optimise: None, runtime }
    }

    /// A fork of this one.
    fn copy(&self, thread: Option<DeviceThread>, make: Result<Handle, Fault>) -> Result<Self, ForkError> {
        let handle = make.map_err(|fault| ForkError { what: explained(fault.text) })?;
        let (spec, original) = (self.spec.clone(), self.original.clone());
        let (optimise, runtime) = (self.optimise, self.runtime);
        Ok(Self { handle, thread, spec, original, warning: None, optimise, runtime })
    }

    /// A copy on the GPU that runs on this thread.
    fn copy_on(&self, thread: DeviceThread) -> Result<Self, ForkError> {
        let made = thread.run(|| self.handle.fork_to(Device::Gpu));
        self.copy(Some(thread), made)
    }

    /// As [`Model::fork`].
    pub(super) fn forked(&self) -> Result<Self, ForkError> {
        let made = on(self.thread.as_ref(), || self.handle.fork());
        self.copy(self.thread.clone(), made)
    }

    /// As [`Model::fork_to`].
    pub(super) fn forked_to(&self, device: Device) -> Result<Self, ForkError> {
        match (device, &self.thread) {
            (Device::Gpu, Some(_)) => self.forked(),
            (Device::Gpu, None) => self.copy_on(gpu_thread()?),
            (Device::Cpu, thread) => {
                self.copy(None, on(thread.as_ref(), || self.handle.fork_to(Device::Cpu)))
            }
        }
    }

    /// As [`Model::fork_at`].
    pub(super) fn forked_at(&self, place: &Place) -> Result<Self, ForkError> {
        match place.prepared.as_ref().and_then(|prepared| prepared.downcast_ref::<DeviceThread>()) {
            Some(thread) => self.copy_on(thread.clone()),
            None => self.forked_to(place.device),
        }
    }

    /// Another one as the file says, with the same settings; `None` where it cannot be copied.
    pub(super) fn another(&self) -> Result<Option<Self>, Fault> {
        let Some(original) = &self.original else { return Ok(None) };
        let mut another = Self::new(original.fork()?, original.clone(), self.runtime);
        if let Some(on) = self.optimise {
            another.handle.optimise(on)?;
            another.optimise = Some(on);
        }
        Ok(Some(another))
    }

    /// Of an effect: tells it its rate and the frames of a run. The answer is its own delay in frames.
    pub(super) fn configure(&mut self, hz: u32, frames: usize) -> Result<Option<usize>, Fault> {
        on(self.thread.as_ref(), || self.handle.configure(hz, frames))
    }

    /// The handle of a generator, as the file has it.
    fn of_file(&self) -> Result<Handle, Fault> {
        self.original.as_ref().map_or_else(|| self.handle.fork(), |original| original.fork())
    }

    fn attribute_name(&self, attribute: usize) -> String {
        self.spec.attributes[attribute].name.clone()
    }

    /// What its setter is known to want: words that its code compares with, or, of tensors, the size that it has now.
    fn allowed(&mut self, attribute: usize, words: String) -> String {
        if !words.is_empty() {
            return format!("its code names {words}");
        }
        let is_tensor = self.spec.attributes[attribute].types.contains(&ValueType::Tensor);
        let held = is_tensor.then(|| on(self.thread.as_ref(), || self.handle.get(attribute)).ok()).flatten();
        held.map_or_else(String::new, |held| format!("it holds {} now", given(&held)))
    }

    /// What a run said; `shape` is the one that was promised: examples, channels, frames.
    fn run_error(
        &self,
        method: usize,
        (batch, channels, frames): (usize, usize, usize),
        Fault { status, text }: Fault,
    ) -> RunError {
        let method = self.spec.methods[method].name.clone();
        match status {
            NOT_A_TENSOR => RunError::NotATensor { method, found: text },
            WRONG_SHAPE => {
                let promise = format!("{method}_params");
                RunError::WrongShape { method, found: text, batch, channels, frames, promise }
            }
            _ => RunError::Threw { method, what: explained(text) },
        }
    }

    fn attribute_error(&self, attribute: usize, other: &'static str, fault: Fault) -> AttributeError {
        let attribute = self.attribute_name(attribute);
        match fault.status {
            NO_ACCESSOR => AttributeError::NoAccessor { attribute, accessor: fault.text, other },
            ANSWER => AttributeError::Answer { attribute, found: fault.text },
            _ => AttributeError::Threw { attribute, given: String::new(), what: explained(fault.text) },
        }
    }
}

impl Model for TorchModel {
    fn spec(&self) -> &ModelSpec {
        &self.spec
    }

    fn runtime(&self) -> Option<&'static dyn Runtime> {
        Some(self.runtime)
    }

    fn run(
        &mut self,
        method: usize,
        input: TensorView<'_>,
        output: TensorViewMut<'_>,
    ) -> Result<(), RunError> {
        let shape = (output.batch, output.channels, output.frames);
        on(self.thread.as_ref(), || self.handle.run(method, input, output))
            .map_err(|fault| self.run_error(method, shape, fault))
    }

    fn set(&mut self, attribute: usize, values: &[Value]) -> Result<(), AttributeError> {
        let values = check_values(&self.spec.attributes[attribute], values)?;
        match on(self.thread.as_ref(), || self.handle.set(attribute, &values)) {
            Ok(()) => Ok(()),
            Err((code, Fault { status: DECLINED, text })) => {
                let allowed = self.allowed(attribute, text);
                Err(refused(&self.spec.attributes[attribute], &values, code, allowed))
            }
            Err((_, fault)) => Err(self.attribute_error(attribute, "read", fault).with_given(given(&values))),
        }
    }

    fn get(&mut self, attribute: usize) -> Result<Vec<Value>, AttributeError> {
        on(self.thread.as_ref(), || self.handle.get(attribute))
            .map_err(|fault| self.attribute_error(attribute, "set", fault))
    }

    fn set_sample_rate(&mut self, hz: u32) -> Result<(), AttributeError> {
        on(self.thread.as_ref(), || self.handle.set_sample_rate(hz)).map_err(|fault| {
            let attribute = String::from("sample rate");
            match fault.status {
                NO_ACCESSOR => {
                    AttributeError::NoAccessor { attribute, accessor: fault.text, other: "ignored" }
                }
                _ => AttributeError::Threw { attribute, given: String::new(), what: explained(fault.text) },
            }
        })
    }

    fn fork(&self) -> Result<Box<dyn Model>, ForkError> {
        Ok(Box::new(self.forked()?))
    }

    fn generator(&self) -> Option<Result<Box<dyn Generator>, ForkError>> {
        (self.spec.kind == ModelKind::Generator).then(|| {
            let handle = self.of_file().map_err(|fault| ForkError { what: explained(fault.text) })?;
            let made = TorchGenerator::new(handle, self.spec.clone(), self.original.clone());
            Ok(Box::new(made) as Box<dyn Generator>)
        })
    }

    fn fork_to(&self, device: Device) -> Result<Box<dyn Model>, ForkError> {
        Ok(Box::new(self.forked_to(device)?))
    }

    fn place(&self) -> Place {
        match &self.thread {
            Some(thread) => Place { device: Device::Gpu, prepared: Some(Arc::new(thread.clone())) },
            None => Place::default(),
        }
    }

    fn fork_at(&self, place: &Place) -> Result<Box<dyn Model>, ForkError> {
        Ok(Box::new(self.forked_at(place)?))
    }

    fn seed(&mut self, seed: u64) {
        let seeded = self.handle.seed(seed);
        debug_assert!(seeded.is_ok(), "{seeded:?}");
    }

    fn note_written(&self, method: usize) {
        // It can only fail for want of memory: then the first run of the copy that plays is slower.
        let _noted = self.handle.note_written(method);
    }

    fn own_written(&mut self, method: usize) {
        // As above.
        let _owned = self.handle.own_written(method);
    }

    fn copies_fit(&self) -> bool {
        self.handle.copies_fit()
    }

    fn origin(&self) -> usize {
        self.original.as_ref().map_or(0, |original| Arc::as_ptr(original) as usize)
    }

    fn warning(&self) -> Option<&str> {
        self.warning.as_deref()
    }

    fn set_optimise(&mut self, on: bool) -> bool {
        let chosen = self.handle.optimise(on).is_ok();
        if chosen {
            self.optimise = Some(on);
        }
        chosen
    }

    fn kernel_figures(&self) -> Option<KernelFigures> {
        self.handle.kernel_figures().ok()
    }

    fn profile(
        &mut self,
        method: usize,
        input: TensorView<'_>,
        output: TensorViewMut<'_>,
    ) -> Option<Result<Profile, RunError>> {
        if self.thread.is_some() {
            return None;
        }
        let shape = (output.batch, output.channels, output.frames);
        let profiled = self.handle.profile(method, input, output);
        Some(profiled.map_err(|fault| self.run_error(method, shape, fault)))
    }
}

/// Runs a call where the model runs.
fn on<T: Send>(thread: Option<&DeviceThread>, call: impl FnOnce() -> T + Send) -> T {
    match thread {
        Some(thread) => thread.run(call),
        None => call(),
    }
}

/// A thread for a model on a GPU. What is left to the processor it does alone.
fn gpu_thread() -> Result<DeviceThread, ForkError> {
    let prepare = || {
        if let Some(backend) = Backend::opened() {
            // It can only fail for 0 threads.
            let _prepared = handle::prepare_thread(backend, 1);
        }
    };
    DeviceThread::start(prepare).map_err(|what| ForkError { what: format!("no thread for the GPU: {what}") })
}
