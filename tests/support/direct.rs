//! A model called directly, buffer by buffer, without any host: what boxes are compared with.
//!
//! The calls go through `tch`, not through this project's own C++ (`tests/oracle`).

use std::path::Path;

use nn_core::{
    formats::FORMATS,
    model::ModelSource,
    spec::{MethodSpec, ModelSpec},
};
use nn_oracle::{Fault, Tensor, Value};

use super::RATE_HZ;

/// A model of its own.
pub struct Direct {
    model: nn_oracle::Model,
    spec: ModelSpec,
}

/// Why a run gave nothing that can be played.
#[derive(Clone, Debug)]
pub enum Broken {
    /// The method raised, or gave no tensor.
    Call(Fault),
    /// Its tensor has another shape than promised.
    Shape(Vec<usize>),
}

impl Broken {
    /// Whether a line on the console says this.
    pub fn is_told_in(&self, line: &str) -> bool {
        match self {
            // The line has the sentence that matters, libtorch's words have all of its traceback.
            Self::Call(Fault::Raised(all)) => {
                let told =
                    line.split_once(" raised: ").map(|(_, told)| told.split(':').next().unwrap_or(told));
                told.is_some_and(|told| !told.trim().is_empty() && all.contains(told.trim()))
            }
            Self::Call(Fault::NotATensor(_)) => line.contains("instead of a tensor"),
            Self::Shape(shape) => line.contains(&format!("answered {shape:?} instead of")),
        }
    }
}

/// Loads a model and tells it the rate, when it wants to know.
pub fn load(path: &Path) -> Direct {
    let (mut model, spec) = (nn_oracle::load(path), describe(path));
    if spec.takes_sample_rate {
        model.set("sample_rate", &[Value::Int(RATE_HZ.into())]).expect("the model takes the rate");
    }
    Direct { model, spec }
}

/// What the file says, read without libtorch.
pub fn describe(path: &Path) -> ModelSpec {
    FORMATS.describe(&path.into()).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

impl Direct {
    /// What the file says.
    pub fn spec(&self) -> &ModelSpec {
        &self.spec
    }

    /// The model itself, for its attributes.
    pub fn model(&mut self) -> &mut nn_oracle::Model {
        &mut self.model
    }

    /// Begins the random numbers anew: this model is to be run before another is.
    pub fn seed(&mut self, seed: i64) {
        self.model.seed(seed);
    }

    /// Runs whole buffers through a method: host-rate channels in, host-rate channels out.
    ///
    /// With a ratio, each model frame takes the last sample of its group, and is repeated on the way out. A run that
    /// fails gives NaN, and its fault.
    pub fn run(
        &mut self,
        method: usize,
        input: &[Vec<f32>],
        buffer_frames: usize,
        frames: usize,
    ) -> (Vec<Vec<f32>>, Option<Broken>) {
        let (mut outputs, broken) = self.run_batch(method, &[input], buffer_frames, frames);
        (outputs.remove(0), broken)
    }

    /// The same for several examples in each call: the channels of each in, the channels of each out.
    pub fn run_batch(
        &mut self,
        method: usize,
        inputs: &[&[Vec<f32>]],
        buffer_frames: usize,
        frames: usize,
    ) -> (Vec<Vec<Vec<f32>>>, Option<Broken>) {
        let spec = self.spec.methods[method].clone();
        let batch = inputs.len();
        let mut outputs = vec![vec![Vec::new(); spec.out_channels]; batch];
        let mut first_broken = None;
        for at in (0..frames / buffer_frames * buffer_frames).step_by(buffer_frames) {
            let samples = inputs
                .iter()
                .flat_map(|input| &input[..spec.in_channels])
                .flat_map(|lane| {
                    lane[at..at + buffer_frames].chunks(spec.in_ratio).map(|group| group[spec.in_ratio - 1])
                })
                .collect();
            let shape = vec![batch, spec.in_channels, buffer_frames / spec.in_ratio];
            let out_frames = buffer_frames / spec.out_ratio;
            let answer = self.call(&spec, &Tensor { samples, shape }, out_frames).unwrap_or_else(|broken| {
                first_broken.get_or_insert(broken);
                vec![f32::NAN; batch * spec.out_channels * out_frames]
            });
            for (lane, values) in outputs.iter_mut().flatten().zip(answer.chunks(out_frames)) {
                lane.extend(values.iter().flat_map(|&value| std::iter::repeat_n(value, spec.out_ratio)));
            }
        }
        (outputs, first_broken)
    }

    fn call(&mut self, spec: &MethodSpec, input: &Tensor, out_frames: usize) -> Result<Vec<f32>, Broken> {
        let answer = self.model.run(&spec.name, input).map_err(Broken::Call)?;
        let wanted = [input.shape[0], spec.out_channels, out_frames];
        // A single example may come without its dimension.
        if answer.shape == wanted || (wanted[0] == 1 && answer.shape == wanted[1..]) {
            return Ok(answer.samples);
        }
        Err(Broken::Shape(answer.shape))
    }
}
