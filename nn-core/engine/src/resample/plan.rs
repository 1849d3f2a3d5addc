//! Pure arithmetic between two rates: how large the model's buffers are, and how late everything is.
//!
//! `up / down` is the model's rate by the host's in lowest terms: `down` host samples last as long as `up` model
//! samples. `B` is the box's buffer in host samples, `I` the model's buffer in model samples.
//!
//! After `T` host samples the model samples `m` exist for which `m down / up + a < T`, where `a` is what a value needs
//! of its future (half a filter, or nothing where values are held): `ceil((T - a) up / down)` of them. With `P` zeros
//! before them, whole blocks of `I` go through the model, and `r = (ceil(…) + P) mod I` samples wait for the next.
//! Host sample `j` is read at the position `(j - R) up / down + P` of what comes back and needs `b` samples of its
//! future. All of this is there at the end of each buffer when
//!
//! ```text
//! R = a + floor((b + r_max) down / up)
//! ```
//!
//! `r` runs through the multiples of `gcd(B up, I down)` in units of `1 / (up down)`, shifted by what `P` can choose;
//! `P` is chosen so that the largest one is small: where the model's buffer is worth exactly one buffer, none waits.
//!
//! Thread: any.

use super::filter::half_width;
use crate::timing::BufferTooLarge;
use nn_model::{
    ratio::gcd,
    spec::{MAX_BUFFER_FRAMES, MethodSpec},
};

/// Rates that are further apart are not converted into each other.
pub const MAX_RATE_RATIO: u32 = 64;

/// So many blocks of the model in one buffer are run one by one; more are run as one.
const MOST_RUNS: u64 = 3;

/// Two rates between which sound is converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rates {
    /// The host's rate in Hz.
    pub host_hz: u32,
    /// The model's rate in Hz.
    pub model_hz: u32,
}

impl Rates {
    /// Two rates that differ, and not by so much that it makes no sense.
    pub fn new(host_hz: u32, model_hz: u32) -> Option<Self> {
        let (low, high) = (host_hz.min(model_hz), host_hz.max(model_hz));
        let sane = low > 0 && low != high && high.div_ceil(low) <= MAX_RATE_RATIO;
        sane.then_some(Self { host_hz, model_hz })
    }

    /// The most host samples that last no longer than a number of model samples.
    pub fn whole_host_frames(&self, model_frames: usize) -> usize {
        let product = model_frames as u128 * u128::from(self.host_hz);
        product.checked_div(u128::from(self.model_hz)).unwrap_or(0) as usize
    }

    /// A number of host samples in model samples, rounded.
    pub fn model_frames(&self, host_frames: usize) -> usize {
        Self { host_hz: self.model_hz, model_hz: self.host_hz }.host_frames(host_frames)
    }

    /// A number of model samples in host samples, rounded.
    pub fn host_frames(&self, model_frames: usize) -> usize {
        let product = model_frames as u128 * u128::from(self.host_hz);
        (product + u128::from(self.model_hz / 2)).checked_div(u128::from(self.model_hz)).unwrap_or(0) as usize
    }
}

/// Everything that is constant while a model runs at its own rate. All that is not said to be the host's is in model
/// samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The two rates.
    pub rates: Rates,
    /// Model samples that last as long as `down` host samples.
    pub up: u64,
    /// Host samples that last as long as `up` model samples.
    pub down: u64,
    /// Whether inputs are values that are held (control rate, latents) instead of sound.
    pub holds_input: bool,
    /// So many of the last inputs are parameters, which are held whatever the others are.
    pub parameters: usize,
    /// Whether outputs are values that are held.
    pub holds_output: bool,
    /// Host samples of a buffer.
    pub buffer_frames: usize,
    /// Model samples of one run.
    pub run_frames: usize,
    /// Most runs for one buffer.
    pub most_runs: usize,
    /// Zeros that the model hears before the first sample.
    pub lead_frames: usize,
    /// Host samples from input to output.
    pub delay_frames: usize,
}

impl Plan {
    /// The arithmetic for a method of a model whose blocks are multiples of `ratio_lcm`, in a box whose buffer is
    /// `buffer_frames` at the host's rate.
    ///
    /// # Errors
    /// The model's buffer would be longer than any buffer may be.
    pub fn new(
        rates: Rates,
        method: &MethodSpec,
        ratio_lcm: usize,
        buffer_frames: usize,
    ) -> Result<Self, BufferTooLarge> {
        let divisor = gcd(rates.host_hz as usize, rates.model_hz as usize).max(1) as u64;
        let (up, down) = (u64::from(rates.model_hz) / divisor, u64::from(rates.host_hz) / divisor);
        let (holds_input, holds_output) = (method.in_ratio > 1, method.out_ratio > 1);
        let too_large = BufferTooLarge { wanted: buffer_frames };
        let buffer = buffer_frames.max(1) as u64;
        let block = run_frames(buffer * up, down, ratio_lcm.max(1) as u64)
            .filter(|&block| block <= MAX_BUFFER_FRAMES as u64)
            .ok_or(too_large)?;
        let before = if holds_input { 0 } else { half_width(up, down) };
        let after = if holds_output { 0 } else { half_width(down, up) };
        let (lead, waiting) = waiting(buffer * up, block, down, before * up);
        let delay = before + (after + waiting) * down / up;
        if delay > MAX_BUFFER_FRAMES as u64 {
            return Err(too_large);
        }
        Ok(Self {
            rates,
            up,
            down,
            holds_input,
            parameters: method.parameters,
            holds_output,
            buffer_frames: buffer as usize,
            run_frames: block as usize,
            most_runs: (buffer * up).div_ceil(down).div_ceil(block) as usize,
            lead_frames: lead as usize,
            delay_frames: delay as usize,
        })
    }

    /// One run of the model in host samples, rounded up.
    pub fn run_host_frames(&self) -> usize {
        (self.run_frames as u64 * self.down).div_ceil(self.up) as usize
    }

    /// Room for each input channel, in host samples: a buffer and what the filter needs around it.
    pub fn input_room_frames(&self) -> usize {
        self.buffer_frames + (2 * half_width(self.up, self.down) + self.down / self.up + 2) as usize
    }

    /// Room for each output channel: what is on its way back, and what one buffer adds.
    pub fn output_room_frames(&self) -> usize {
        let host = (self.delay_frames + self.input_room_frames()) as u64;
        (host * self.up).div_ceil(self.down) as usize + 3 * self.run_frames
    }
}

/// The model's buffer for a buffer worth `buffer / down` model samples: the smallest legal one that is as long, unless a
/// few of the shortest make less delay for no more work.
fn run_frames(buffer: u64, down: u64, ratio_lcm: u64) -> Option<u64> {
    let shortest = buffer.div_ceil(down).div_ceil(ratio_lcm).max(1);
    let whole = ratio_lcm.checked_mul(shortest)?;
    let fits = whole.checked_mul(down)? == buffer;
    Some(if !fits && shortest <= MOST_RUNS { ratio_lcm } else { whole })
}

/// Zeros before the first model sample, and how many samples wait for the model's next block at most.
///
/// Times in units of `1 / (up down)` of both rates' common time: a buffer is `buffer` long, a model sample `sample`, a
/// block `block` samples; everything is late by `attempt`.
fn waiting(buffer: u64, block: u64, sample: u64, attempt: u64) -> (u64, u64) {
    let divide = |a: u64, b: u64| gcd(a as usize, b as usize) as u64;
    let step = divide(buffer, block * sample);
    // Whole samples of lead reach all shifts of this residue; the smallest is best.
    let reach = divide(sample, step);
    let late = (step - attempt % step) % step;
    let least = late % reach;
    let lead = (0..block).find(|lead| (late + lead * sample) % step == least).unwrap_or(0);
    let spare = (step - least) / sample;
    (lead, if spare > 0 { block - spare } else { block - 1 })
}
