//! What the checks share: models, blocks of samples, and who computes them.

use std::path::{Path, PathBuf};

use nn_core::{
    engine::noise::noise,
    formats::FORMATS,
    model::{Device, Model, ModelSource, RunError, TensorView, TensorViewMut},
    timing::legal_buffer,
};

/// What the program was called with.
#[derive(Default)]
pub struct Stand {
    /// The processor stands in for the GPU.
    pub dry: bool,
    /// The project's models.
    pub folder: PathBuf,
    /// Further models.
    pub more: Vec<PathBuf>,
}

/// Of the project's models those that differ most in what they ask of a device.
const OWN: [&str; 6] = ["identity", "gain", "codec", "recurrent", "convolutions", "latent"];

impl Stand {
    /// One of the project's models.
    pub fn own(&self, name: &str) -> PathBuf {
        self.folder.join(name).with_extension("ts")
    }

    /// All models that are compared.
    pub fn all(&self) -> Vec<PathBuf> {
        OWN.iter().map(|name| self.own(name)).chain(self.more.iter().cloned()).collect()
    }

    /// The largest of them.
    pub fn largest(&self) -> PathBuf {
        let size = |path: &PathBuf| std::fs::metadata(path).map_or(0, |metadata| metadata.len());
        self.all().into_iter().max_by_key(size).unwrap_or_default()
    }

    /// So long, or a tenth of it in a dry run.
    pub fn seconds(&self, wanted: f64) -> f64 {
        if self.dry { wanted / 10.0 } else { wanted }
    }
}

/// A model on the processor, in the state of its file.
pub fn load(path: &Path) -> Box<dyn Model> {
    let model = FORMATS.load(&path.into()).unwrap_or_else(|error| panic!("{error}"));
    model.prepare_thread(1);
    model
}

/// A copy on the GPU.
pub fn on_gpu(model: &dyn Model) -> Box<dyn Model> {
    model.fork_to(Device::Gpu).unwrap_or_else(|error| panic!("{error}"))
}

/// The file's name.
pub fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A method that is run on noise, block by block.
pub struct Stream {
    method: usize,
    in_channels: usize,
    out_channels: usize,
    in_frames: usize,
    out_frames: usize,
    block: u64,
    seed: u64,
}

impl Stream {
    /// Of one example, in blocks of the smallest legal size from `buffer` on. The same seed is the same noise.
    pub fn new(model: &dyn Model, method: usize, buffer: usize, seed: u64) -> Self {
        let spec = model.spec();
        let buffer_frames = legal_buffer(buffer, spec.ratio_lcm().expect("ratios"), 1).expect("a block");
        let method_spec = &spec.methods[method];
        Self {
            method,
            in_channels: method_spec.in_channels,
            out_channels: method_spec.out_channels,
            in_frames: buffer_frames / method_spec.in_ratio,
            out_frames: buffer_frames / method_spec.out_ratio,
            block: 0,
            seed,
        }
    }

    /// The next block.
    pub fn run(&mut self, model: &mut dyn Model) -> Result<Vec<f32>, RunError> {
        self.block += 1;
        let input = noise(self.seed * 1000 + self.block, self.in_channels * self.in_frames);
        let mut output = vec![f32::NAN; self.out_channels * self.out_frames];
        let from =
            TensorView { samples: &input, batch: 1, channels: self.in_channels, frames: self.in_frames };
        let to = TensorViewMut {
            samples: &mut output,
            batch: 1,
            channels: self.out_channels,
            frames: self.out_frames,
        };
        model.run(self.method, from, to)?;
        Ok(output)
    }

    /// Several blocks, one after the other.
    pub fn blocks(&mut self, model: &mut dyn Model, count: usize) -> Result<Vec<f32>, RunError> {
        let mut all = Vec::new();
        for _ in 0..count {
            all.extend(self.run(model)?);
        }
        Ok(all)
    }
}

/// The largest sample, and the largest difference.
pub fn difference(got: &[f32], wanted: &[f32]) -> (f32, f32) {
    assert_eq!(got.len(), wanted.len(), "as many samples");
    let largest = wanted.iter().fold(0.0, |most: f32, sample| most.max(sample.abs()));
    let apart = got.iter().zip(wanted).map(|(got, wanted)| (got - wanted).abs());
    // Not `max`, which passes over what is no number.
    (largest, apart.fold(0.0, |most, one| if one > most || one.is_nan() { one } else { most }))
}
