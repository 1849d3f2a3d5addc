//! The wanted configuration of a box.

use std::{sync::Arc, time::Duration};

use crate::{
    fit::input::dry_channels,
    layout::BoxKind,
    port::{
        buffer::BufferShape,
        stream::{StreamFormat, TooMuchMemory},
    },
    resample::{Plan, Rates},
    timing::{BufferTooLarge, HostFormat, Mode, Timing, auto_deadline},
};
use nn_model::{
    ModelLocation,
    spec::{MAX_BUFFER_FRAMES, MethodSpec, ModelSpec},
};

/// Everything that messages set and the loader carries out.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The model, if any.
    pub model: Option<ModelConfig>,
    /// Which of its methods.
    pub method: MethodConfig,
    /// Samples per run of the model, at least; 0 runs it in the audio callback.
    pub buffer_frames: usize,
    /// Whether the model runs on a thread of its own, where its buffer allows that.
    pub worker: bool,
    /// How many samples the model may take once its buffer is full.
    pub deadline: Deadline,
    /// The host's burst in samples: no deadline is shorter.
    pub burst_frames: usize,
    /// How many examples go through the model at once.
    pub examples: usize,
    /// Whether to compute on a GPU.
    pub gpu: bool,
    /// Whether to compute with the project's own kernels; `None` leaves it to the environment.
    pub optimise: Option<bool>,
    /// Whether a model that was made for another rate than the host's runs at its own.
    pub resample: bool,
    /// How many times `reset` was sent.
    pub resets: u64,
    /// The host's side.
    pub host: HostFormat,
}

/// How long a model may take once its buffer is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// A whole buffer, as in nn~ 1.6.
    Buffer,
    /// This many samples.
    Frames(usize),
    /// As long as it takes on this machine, with a margin.
    Auto,
}

/// A model, and the request that loads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelConfig {
    /// Where it is.
    pub location: ModelLocation,
    /// Number of the request: the same model asked for again is another load.
    pub load: u64,
    /// Whether attributes that were set are set again.
    pub keeps_attributes: bool,
    /// What was set of the box's mix since the request of this number is for this model too; older values give way to what
    /// its file says.
    pub mix_since: u64,
    /// The method that was asked for with it: one that was asked for since is not this request's to take back.
    pub method: MethodConfig,
}

/// A method by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodConfig {
    /// The name that was typed.
    pub name: String,
    /// False if it was not typed: a model without it uses another one.
    pub asked_for: bool,
}

/// The model that a box has, or is loading.
#[derive(Clone, Debug)]
pub struct ModelInfo {
    /// Where it is.
    pub location: ModelLocation,
    /// Its methods and attributes.
    pub spec: Arc<ModelSpec>,
    /// Index of the method that runs.
    pub method: usize,
    /// Least common multiple of the ratios of all its methods: buffers are multiples of it.
    pub ratio_lcm: usize,
    /// False while only its description is known.
    pub loaded: bool,
    /// Its own delay in its samples, where it declares one.
    pub delay_frames: Option<usize>,
    /// Blocks of the model with which its methods work where they do not with those that were asked for.
    pub fits: Vec<Fit>,
}

/// A method that does not work with the requested buffer, and the one that it works with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    method: usize,
    buffer_frames: usize,
    rates: Option<Rates>,
    /// Samples of the model for one run.
    pub block_frames: usize,
}

impl ModelInfo {
    /// The method that runs.
    pub fn method(&self) -> &MethodSpec {
        &self.spec.methods[self.method]
    }

    /// With what its method works, where that is not what is asked for.
    pub fn fit(&self, wanted: &Config) -> Option<Fit> {
        let wanted = self.wanted(wanted, 0);
        self.fits.iter().find(|fit| Fit { block_frames: 0, ..**fit } == wanted).copied()
    }

    /// Remembers with what its method works instead of what is asked for.
    pub fn remember_fit(&mut self, wanted: &Config, block_frames: usize) {
        self.forget_fit(wanted);
        self.fits.push(self.wanted(wanted, block_frames));
    }

    /// Forgets it.
    pub fn forget_fit(&mut self, wanted: &Config) {
        let wanted = self.wanted(wanted, 0);
        self.fits.retain(|fit| Fit { block_frames: 0, ..*fit } != wanted);
    }

    fn wanted(&self, wanted: &Config, block_frames: usize) -> Fit {
        let (method, buffer_frames) = (self.method, wanted.buffer_frames);
        Fit { method, buffer_frames, rates: wanted.rates(&self.spec), block_frames }
    }
}

/// A method that the model does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no method '{name}' in {location}: it has {has}")]
pub struct NoMethod {
    name: String,
    location: String,
    has: String,
}

/// Why there can be no stream for a box.
#[derive(Clone, Copy, Debug, thiserror::Error)]
pub enum FormatError {
    /// Longer than any buffer may be.
    #[error(transparent)]
    Buffer(#[from] BufferTooLarge),
    /// More memory than a box may take.
    #[error(transparent)]
    Memory(#[from] TooMuchMemory),
}

impl MethodConfig {
    /// Its index among the methods of a model, by name; for one that was not typed, otherwise `forward` or the first.
    pub fn find(&self, location: &ModelLocation, spec: &ModelSpec) -> Result<usize, NoMethod> {
        let index = |name: &str| spec.methods.iter().position(|method| method.name == name);
        if let Some(index) = index(&self.name) {
            return Ok(index);
        }
        if !self.asked_for && !spec.methods.is_empty() {
            return Ok(index("forward").unwrap_or(0));
        }
        let has: Vec<_> = spec.methods.iter().map(|method| method.name.as_str()).collect();
        Err(NoMethod { name: self.name.clone(), location: location.to_string(), has: has.join(", ") })
    }
}

impl Config {
    /// The stream that this configuration, a model and the host lead to. `worst` is how long the model takes for a buffer
    /// at most, if that was measured.
    pub fn format(
        &self,
        kind: BoxKind,
        info: &ModelInfo,
        worst: Option<Duration>,
    ) -> Result<StreamFormat, FormatError> {
        let block_frames = self.host.block_frames;
        let method = info.method();
        let rates = self.rates(&info.spec);
        let native = self.native_frames(&info.spec, rates);
        let fit = native.or(info.fit(self).map(|fit| fit.block_frames));
        // At the host's rate any buffer will do where the model's buffers are counted at its own.
        let ratio_lcm = if rates.is_some() { 1 } else { native.unwrap_or(info.ratio_lcm) };
        let (buffer_frames, model_step) = match (fit, rates) {
            (None, _) => (self.buffer_frames, info.ratio_lcm),
            (Some(fit), None) => (fit, info.ratio_lcm),
            // No longer than that block, which is then run as it is.
            (Some(fit), Some(rates)) => (self.buffer_frames.min(rates.whole_host_frames(fit)), fit),
        };
        let timing = |deadline_frames| {
            let mode = if self.runs_inline() { Mode::Inline } else { Mode::Worker { deadline_frames } };
            Timing::new(buffer_frames, ratio_lcm, block_frames, mode)
        };
        let mut whole = timing(None)?;
        let plan = |rates| Plan::new(rates, method, model_step, whole.buffer_frames);
        let resampling = rates.map(plan).transpose()?;
        if let Some(plan) = resampling {
            // A block of the model may be longer than a buffer.
            whole.deadline_frames = whole.deadline_frames.max(plan.run_host_frames());
        }
        let deadline_frames = match (self.deadline, worst) {
            (Deadline::Frames(frames), _) => frames,
            (Deadline::Auto, Some(worst)) => {
                let rate_hz = self.host.sample_rate_hz;
                auto_deadline(worst.as_secs_f64(), self.burst_frames, block_frames, rate_hz)
            }
            (Deadline::Buffer, _) | (Deadline::Auto, None) => whole.deadline_frames,
        };
        let timing = timing(Some(deadline_frames.max(self.burst_frames)))?;
        let delay = info.delay_frames.unwrap_or(0).min(MAX_BUFFER_FRAMES);
        let format = StreamFormat {
            kind,
            shape: BufferShape {
                batch: self.examples,
                in_channels: method.in_channels,
                out_channels: method.out_channels,
                buffer_frames: timing.buffer_frames,
            },
            timing,
            sample_rate_hz: self.host.sample_rate_hz as f32,
            resampling,
            model_delay_frames: rates.map_or(delay, |rates| rates.host_frames(delay)),
            dry_channels: dry_channels(method),
        };
        Ok(format.check_memory()?)
    }

    /// The host's rate and the model's, where the model is to run at its own.
    pub fn rates(&self, spec: &ModelSpec) -> Option<Rates> {
        let host_hz = self.host.rate_hz()?;
        // A model that is bound to its rates runs at no other.
        let is_bound = !spec.native.rates_hz.is_empty();
        Rates::new(host_hz, spec.rate_for(host_hz)?).filter(|_| self.resample || is_bound)
    }

    /// The buffer of a model that is bound to some: the one nearest to what is wanted, in its own samples.
    fn native_frames(&self, spec: &ModelSpec, rates: Option<Rates>) -> Option<usize> {
        let wanted = rates.map_or(self.buffer_frames, |rates| rates.model_frames(self.buffer_frames));
        spec.native.buffer_frames(wanted)
    }

    /// The rate at which a model runs in Hz; `None` while the host has none.
    pub fn rate_hz(&self, spec: &ModelSpec) -> Option<u32> {
        self.rates(spec).map(|rates| rates.model_hz).or(self.host.rate_hz())
    }

    /// Whether the model runs in the audio callback.
    pub fn runs_inline(&self) -> bool {
        !self.worker || self.buffer_frames == 0
    }

    /// The number of the load, 0 without a model.
    pub fn load(&self) -> u64 {
        self.model.as_ref().map_or(0, |model| model.load)
    }
}
