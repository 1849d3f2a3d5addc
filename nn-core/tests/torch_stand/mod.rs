//! What the tests with libtorch share: the backend, the models of this repository, one way to run them.
#![allow(dead_code)] // Every test program uses its own part.

use std::path::{Path, PathBuf};

use nn_core::{
    formats::{FORMATS, Formats},
    model::{AttributeError, Model, ModelSource, RunError, TensorView, TensorViewMut},
    torch::VARIABLE,
    value::Value,
};

/// Samples `[batch, channels, frames]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    pub samples: Vec<f32>,
    pub batch: usize,
    pub channels: usize,
    pub frames: usize,
}

impl Tensor {
    pub fn zeros(batch: usize, channels: usize, frames: usize) -> Self {
        Self { samples: vec![0.0; batch * channels * frames], batch, channels, frames }
    }

    /// The same numbers in -1..1 at every call, different everywhere.
    pub fn noise(batch: usize, channels: usize, frames: usize) -> Self {
        let mut tensor = Self::zeros(batch, channels, frames);
        let mut state = 1u64;
        for sample in &mut tensor.samples {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *sample = (state >> 40) as f32 / 8_388_608.0 - 1.0;
        }
        tensor
    }

    /// One channel of one example.
    pub fn channel(&self, example: usize, channel: usize) -> &[f32] {
        &self.samples[(example * self.channels + channel) * self.frames..][..self.frames]
    }

    pub fn map(&self, function: impl Fn(f32) -> f32) -> Self {
        Self { samples: self.samples.iter().map(|&s| function(s)).collect(), ..self.clone() }
    }

    pub fn view(&self) -> TensorView<'_> {
        TensorView { samples: &self.samples, batch: self.batch, channels: self.channels, frames: self.frames }
    }

    pub fn view_mut(&mut self) -> TensorViewMut<'_> {
        let Self { ref mut samples, batch, channels, frames } = *self;
        TensorViewMut { samples, batch, channels, frames }
    }
}

/// The source, after making sure that the backend is there: a missing one is a failure, not a reason to skip.
pub fn source() -> Formats {
    let name = libloading_name();
    let folder = std::env::current_exe().expect("the test's own path");
    let folder = folder.parent().expect("a folder");
    assert!(
        std::env::var_os(VARIABLE).is_some() || folder.join(name).is_file(),
        "{name} is not built: run `cargo xtask test`"
    );
    FORMATS
}

fn libloading_name() -> &'static str {
    if cfg!(windows) {
        "nn_torch.dll"
    } else if cfg!(target_os = "macos") {
        "libnn_torch.dylib"
    } else {
        "libnn_torch.so"
    }
}

/// The folder of the models of this repository.
pub fn models() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../models")
}

/// A model of this repository, freshly loaded.
pub fn load(name: &str) -> Box<dyn Model> {
    source().load(&models().join(name).with_extension("ts").into()).unwrap_or_else(|error| panic!("{error}"))
}

pub fn method(model: &dyn Model, name: &str) -> usize {
    let at = model.spec().methods.iter().position(|method| method.name == name);
    at.unwrap_or_else(|| panic!("no method {name}"))
}

pub fn attribute(model: &dyn Model, name: &str) -> usize {
    let at = model.spec().attributes.iter().position(|attribute| attribute.name == name);
    at.unwrap_or_else(|| panic!("no attribute {name}"))
}

/// Runs a method on as many frames as its ratios make of the input's.
pub fn try_run(model: &mut dyn Model, name: &str, input: &Tensor) -> Result<Tensor, RunError> {
    let at = method(model, name);
    let spec = &model.spec().methods[at];
    let frames = input.frames * spec.in_ratio / spec.out_ratio;
    // Not zeros: what the model does not write shows.
    let mut output = Tensor::zeros(input.batch, spec.out_channels, frames).map(|_| -77.0);
    model.run(at, input.view(), output.view_mut()).map(|()| output)
}

pub fn run(model: &mut dyn Model, name: &str, input: &Tensor) -> Tensor {
    try_run(model, name, input).unwrap_or_else(|error| panic!("{error}"))
}

pub fn set(model: &mut dyn Model, name: &str, values: &[Value]) -> Result<(), AttributeError> {
    model.set(attribute(model, name), values)
}

pub fn get(model: &mut dyn Model, name: &str) -> Vec<Value> {
    model.get(attribute(model, name)).unwrap_or_else(|error| panic!("{error}"))
}
