//! A model behind the table, with Rust's types: every call across the edge is made here.
#![allow(unsafe_code)] // The edge to the library.

use std::{
    ptr::{self, NonNull},
    time::Instant,
};

use crate::{
    abi::{
        CPU, Description, GPU, Input, Items, Output, RawKernelFigures, RawModel, RawProfile, RawValue, Table,
        Text,
    },
    backend::Backend,
    call::{Fault, call},
    convert::{self, RawValues},
    image::Image,
};
use nn_model::{
    Device, KernelFigures, TensorView, TensorViewMut,
    profile::Profile,
    spec::{AttributeSpec, MethodSpec, ModelSpec, SpecError},
    value::Value,
};

/// The one owner of a loaded model.
pub struct Handle {
    raw: NonNull<RawModel>,
    table: &'static Table,
}

// SAFETY: the library binds a model to no thread; it asks for one caller at a time, which `&mut` gives. Forks share
// weights that nobody writes and compiled code that locks itself.
unsafe impl Send for Handle {}
// SAFETY: what `&self` allows only reads the model: forks, and its figures. Owners of originals lock nevertheless.
unsafe impl Sync for Handle {}

impl Drop for Handle {
    fn drop(&mut self) {
        // SAFETY: made by `load` or `fork`, freed once, here.
        unsafe { (self.table.free)(self.raw.as_ptr()) }
    }
}

impl Handle {
    /// A model from the image of an archive, which it uses up. `stored`: no tensor is packed. Without `all_operators` one
    /// that calls what models may not is refused.
    pub fn load(image: Image, stored: bool, all_operators: bool) -> Result<Self, Fault> {
        let (table, mut raw) = (image.table(), ptr::null_mut());
        // SAFETY: the image lives, nobody else uses it, and `raw` is a place for a pointer.
        call(|message| unsafe {
            (table.load)(image.raw(), all_operators.into(), stored.into(), &raw mut raw, message)
        })?;
        Self::from_raw(raw, table)
    }

    /// A second model with the same weights.
    pub fn fork(&self) -> Result<Self, Fault> {
        let mut raw = ptr::null_mut();
        // SAFETY: the model lives, and `raw` is a place for a pointer.
        call(|message| unsafe { (self.table.fork)(self.raw.as_ptr(), &raw mut raw, message) })?;
        Self::from_raw(raw, self.table)
    }

    /// Begins the model's random numbers anew.
    pub fn seed(&mut self, seed: u64) -> Result<(), Fault> {
        // SAFETY: the model lives and nobody else uses it.
        call(|message| unsafe { (self.table.seed)(self.raw.as_ptr(), seed, message) })
    }

    /// A second model on a device.
    pub fn fork_to(&self, device: Device) -> Result<Self, Fault> {
        let mut raw = ptr::null_mut();
        let code = match device {
            Device::Cpu => CPU,
            Device::Gpu => GPU,
        };
        // SAFETY: the model lives, and `raw` is a place for a pointer.
        call(|message| unsafe { (self.table.fork_to)(self.raw.as_ptr(), code, &raw mut raw, message) })?;
        Self::from_raw(raw, self.table)
    }

    /// Notes for all forks which memory of its state this copy has written, which has run this method only.
    pub fn note_written(&self, method: usize) -> Result<(), Fault> {
        // SAFETY: the model lives; it is only read.
        call(|message| unsafe { (self.table.note_written)(self.raw.as_ptr(), method, message) })
    }

    /// Gives this copy the memory beforehand that others were noted to write by this method.
    pub fn own_written(&mut self, method: usize) -> Result<(), Fault> {
        // SAFETY: the model lives and nobody else uses it.
        call(|message| unsafe { (self.table.own_written)(self.raw.as_ptr(), method, message) })
    }

    /// Whether the copies that a change takes fit into the memory that a model may take, as far as is known.
    pub fn copies_fit(&self) -> bool {
        let mut fit = 1;
        // SAFETY: the model lives; it is only read, and `fit` is a place for a number.
        let asked =
            call(|message| unsafe { (self.table.copies_fit)(self.raw.as_ptr(), &raw mut fit, message) });
        asked.is_err() || fit != 0
    }

    /// How many bytes of a model that has just been loaded are to go to a disk; 0 for none.
    pub fn disk_bytes(&self) -> Result<usize, Fault> {
        let mut count = 0;
        // SAFETY: the model lives; it is only read, and `count` is a place for a number.
        call(|message| unsafe { (self.table.disk_bytes)(self.raw.as_ptr(), &raw mut count, message) })?;
        Ok(count)
    }

    /// Moves them into an empty file that nobody else can reach, before there are copies of the model. The file is given
    /// back where that cannot be done: nothing has changed then.
    #[cfg(target_os = "linux")]
    pub fn move_to_disk(&mut self, file: std::fs::File) -> Result<(), std::fs::File> {
        use std::os::fd::{AsRawFd, IntoRawFd};
        let mut moved = 0;
        // SAFETY: the model lives, nobody else uses it, the file is open, and `moved` is a place for a number.
        let asked = call(|message| unsafe {
            (self.table.move_to_disk)(self.raw.as_ptr(), file.as_raw_fd().into(), &raw mut moved, message)
        });
        if asked.is_err() || moved == 0 {
            return Err(file);
        }
        // The library closes it.
        let _theirs = file.into_raw_fd();
        Ok(())
    }

    /// The model and its table, for calls that are made elsewhere.
    pub(super) fn parts(&self) -> (NonNull<RawModel>, &'static Table) {
        (self.raw, self.table)
    }

    fn from_raw(raw: *mut RawModel, table: &'static Table) -> Result<Self, Fault> {
        let raw = NonNull::new(raw)
            .ok_or_else(|| Fault { status: crate::abi::OK, text: "the library gave no model".into() })?;
        Ok(Self { raw, table })
    }

    /// What the model says about itself, checked.
    pub fn describe(&self) -> Result<ModelSpec, SpecError> {
        // SAFETY: the model lives; its description lives as long and is never null for a model.
        let description: &Description = unsafe { &*(self.table.describe)(self.raw.as_ptr()) };
        // SAFETY: all of the description lives as long as the model.
        let (methods, attributes, module_methods) = unsafe {
            (
                convert::slice(description.methods),
                convert::slice(description.attributes),
                texts(description.module_methods),
            )
        };
        let mut spec = ModelSpec {
            sample_rate_hz: u32::try_from(description.sample_rate_hz).ok().filter(|&hz| hz > 0),
            takes_sample_rate: description.takes_sample_rate != 0,
            ..ModelSpec::default()
        };
        for method in methods {
            // SAFETY: as above.
            let (name, params, inputs, outputs) = unsafe {
                (
                    convert::text(method.name),
                    convert::slice(method.params),
                    texts(method.input_labels),
                    texts(method.output_labels),
                )
            };
            let mut checked = MethodSpec::from_params(&name, params)?;
            // Labels are for reading: a wrong number of them is no reason to refuse the model.
            checked.input_labels = if inputs.len() == checked.in_channels { inputs } else { Vec::new() };
            checked.output_labels = if outputs.len() == checked.out_channels { outputs } else { Vec::new() };
            spec.methods.push(checked);
        }
        // SAFETY: as above.
        for method in unsafe { convert::slice(description.announced) } {
            // SAFETY: as above.
            let (name, params) = unsafe { (convert::text(method.name), convert::slice(method.params)) };
            spec.announce(&name, params);
        }
        for attribute in attributes {
            // SAFETY: as above.
            let (name, types) = unsafe { (convert::text(attribute.name), convert::slice(attribute.types)) };
            spec.attributes.push(AttributeSpec::from_codes(&name, types)?);
        }
        if spec.methods.is_empty() {
            return Err(SpecError::NoMethod { has: module_methods });
        }
        spec.ratio_lcm()?;
        Ok(spec)
    }

    /// Runs a method once.
    pub fn run(
        &mut self,
        method: usize,
        input: TensorView<'_>,
        output: TensorViewMut<'_>,
    ) -> Result<(), Fault> {
        let (from, to) = views(input, output);
        // SAFETY: the model lives, nobody else calls it, and both views point to as many samples as they say.
        call(|message| unsafe {
            (self.table.run)(self.raw.as_ptr(), method, &raw const from, &raw const to, message)
        })
    }

    /// The same with a record of what was done.
    pub fn profile(
        &mut self,
        method: usize,
        input: TensorView<'_>,
        output: TensorViewMut<'_>,
    ) -> Result<Profile, Fault> {
        let (from, to) = views(input, output);
        let mut raw = RawProfile::empty();
        let begin = Instant::now();
        // SAFETY: as for `run`, and `raw` is a place for the record.
        call(|message| unsafe {
            let (from, to) = (&raw const from, &raw const to);
            (self.table.profile)(self.raw.as_ptr(), method, from, to, &raw mut raw, message)
        })?;
        let call_ns = u64::try_from(begin.elapsed().as_nanos()).unwrap_or(u64::MAX);
        // SAFETY: it came from the call before.
        Ok(Profile { call_ns, ..unsafe { raw.told() } })
    }

    /// Calls a setter. The answer is the model's own code, 0 for accepted.
    pub fn set(&mut self, attribute: usize, values: &[Value]) -> Result<(), (i64, Fault)> {
        let raw_values = RawValues::new(values);
        let mut code = 0;
        // SAFETY: the model lives, nobody else calls it, and the raw values borrow from `values`.
        call(|message| unsafe {
            let raw = raw_values.as_slice();
            let (first, count) = (raw.as_ptr(), raw.len());
            (self.table.set_attribute)(self.raw.as_ptr(), attribute, first, count, &raw mut code, message)
        })
        .map_err(|fault| (code, fault))
    }

    /// Calls a getter.
    pub fn get(&mut self, attribute: usize) -> Result<Vec<Value>, Fault> {
        let mut values = Items::<RawValue> { items: ptr::null(), count: 0 };
        // SAFETY: the model lives, nobody else calls it, and both places are there.
        call(|message| unsafe {
            let (items, count) = (&raw mut values.items, &raw mut values.count);
            (self.table.get_attribute)(self.raw.as_ptr(), attribute, items, count, message)
        })?;
        // SAFETY: the answer lives until the next call on this model.
        Ok(unsafe { convert::slice(values) }.iter().map(|value| unsafe { convert::value(value) }).collect())
    }

    /// Tells the model the host's rate.
    pub fn set_sample_rate(&mut self, hz: u32) -> Result<(), Fault> {
        // SAFETY: the model lives and nobody else calls it.
        call(|message| unsafe { (self.table.set_sample_rate)(self.raw.as_ptr(), i64::from(hz), message) })
    }

    /// Tells an effect its rate and how many frames each run has; its state begins anew. The answer is its own delay in
    /// frames, if it states one.
    pub fn configure(&mut self, hz: u32, frames: usize) -> Result<Option<usize>, Fault> {
        let (frames, mut delay) = (i64::try_from(frames).unwrap_or(i64::MAX), -1);
        // SAFETY: the model lives, nobody else calls it, and `delay` is a place for a number.
        call(|message| unsafe {
            (self.table.configure)(self.raw.as_ptr(), i64::from(hz), frames, &raw mut delay, message)
        })?;
        Ok(usize::try_from(delay).ok())
    }

    /// Whether runs may use the backend's own kernels.
    pub fn optimise(&mut self, on: bool) -> Result<(), Fault> {
        // SAFETY: the model lives and nobody else calls it.
        call(|message| unsafe { (self.table.optimise)(self.raw.as_ptr(), on.into(), message) })
    }

    /// What the backend's own kernels did so far.
    pub fn kernel_figures(&self) -> Result<KernelFigures, Fault> {
        let mut raw = RawKernelFigures::default();
        // SAFETY: the model lives, nobody runs it meanwhile, and `raw` is a place for the figures.
        call(|message| unsafe { (self.table.kernel_figures)(self.raw.as_ptr(), &raw mut raw, message) })?;
        let RawKernelFigures { packs, packed_bytes, taken, left } = raw;
        Ok(KernelFigures { packs, packed_bytes, taken, left })
    }
}

/// Both sides of a run, as the library reads them.
fn views(input: TensorView<'_>, output: TensorViewMut<'_>) -> (Input, Output) {
    assert_eq!(input.samples.len(), input.batch * input.channels * input.frames, "the input's shape");
    assert_eq!(output.samples.len(), output.batch * output.channels * output.frames, "the output's shape");
    let TensorView { samples, batch, channels, frames } = input;
    let from = Input { samples: samples.as_ptr(), batch, channels, frames };
    let TensorViewMut { samples, batch, channels, frames } = output;
    (from, Output { samples: samples.as_mut_ptr(), batch, channels, frames })
}

/// Settings of the calling thread.
pub fn prepare_thread(backend: &'static Backend, intra_op_threads: u32) -> Result<(), Fault> {
    // SAFETY: takes numbers only.
    call(|message| unsafe { (backend.table.prepare_thread)(intra_op_threads, message) })
}

/// # Safety
/// As for [`convert::slice`] and [`convert::text`].
unsafe fn texts(items: Items<Text>) -> Vec<String> {
    // SAFETY: promised by the caller.
    unsafe { convert::slice(items) }.iter().map(|&item| unsafe { convert::text(item) }).collect()
}
