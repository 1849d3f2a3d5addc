//! Pure arithmetic of buffers, latency and deadlines. All numbers are samples at the host's rate.
//!
//! `v` is the host block, `B` the buffer that the model sees, `D` the deadline. A sample enters in the host block
//! that holds it and leaves
//!
//! ```text
//! latency = B - gcd(B, v) + D
//! ```
//!
//! samples later. Derivation: buffer `k` holds samples `kB .. (k+1)B`. It is complete at the end of the host block
//! that holds sample `(k+1)B - 1`; its first sample can be heard at the start of that same block if `D = 0`. With
//! latency `L`, host block `j` plays `jv - L .. (j+1)v - L`, and every buffer it touches must be complete by sample
//! `(j+1)v`. The buffer that needs most is the one holding sample `(j+1)v - 1 - L`; the smallest `L` that serves all
//! `j` is `B - gcd(B, v)`, because the positions `(j+1)v mod B` run through all multiples of `gcd(B, v)`. A deadline
//! moves all of this by whole host blocks.
//!
//! Thread: any.

use nn_model::{ratio::gcd, spec::MAX_BUFFER_FRAMES};

/// The host's side of a box's audio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HostFormat {
    /// Rate in Hz.
    pub sample_rate_hz: f64,
    /// Samples per audio callback.
    pub block_frames: usize,
}

impl HostFormat {
    /// If no callback came for so long, in ms, the host has stopped calling the box.
    pub fn longest_gap_ms(&self) -> f64 {
        // The host's time may run ahead of its audio by one burst of blocks.
        100.0 + 2e3 * self.block_frames as f64 / self.sample_rate_hz.max(1.0)
    }

    /// The rate in Hz as models receive it; `None` while the host has none.
    pub fn rate_hz(&self) -> Option<u32> {
        Some(self.sample_rate_hz.round() as u32).filter(|&hz| hz > 0)
    }
}

/// Who runs the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The audio callback itself: no deadline.
    Inline,
    /// A worker thread, with a deadline in samples; `None` is a whole buffer.
    Worker {
        /// How long the model may take once its buffer is full, in samples.
        deadline_frames: Option<usize>,
    },
}

/// Margin of `deadline auto`: factor on the longest run.
pub const AUTO_MARGIN: f64 = 1.5;
/// Margin of `deadline auto` for waking up and handing over, in seconds.
pub const AUTO_SPARE_S: f64 = 1e-3;

/// The deadline in samples for a model that takes up to `worst_s` seconds for a buffer.
///
/// `burst_frames` is how much the host calls for at once: with several blocks at once, a result only has whole bursts
/// of time, wherever the deadline lies between them.
pub fn auto_deadline(
    worst_s: f64,
    burst_frames: usize,
    host_block_frames: usize,
    sample_rate_hz: f64,
) -> usize {
    let unit = burst_frames.max(host_block_frames).max(1);
    deadline_of(worst_s, AUTO_MARGIN, unit, sample_rate_hz)
}

/// The deadline in samples, a multiple of `unit_frames`, for results that come up to `worst_s` seconds after their buffer
/// was full, with a factor for worse ones and a millisecond.
pub fn deadline_of(worst_s: f64, margin: f64, unit_frames: usize, sample_rate_hz: f64) -> usize {
    let needed = (worst_s * margin + AUTO_SPARE_S) * sample_rate_hz;
    let units = (needed / unit_frames as f64).ceil().clamp(1.0, MAX_BUFFER_FRAMES as f64);
    (units as usize).saturating_mul(unit_frames).min(MAX_BUFFER_FRAMES)
}

/// The arithmetic of one running box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// Samples per host block.
    pub host_block_frames: usize,
    /// Samples per run of the model.
    pub buffer_frames: usize,
    /// Samples between "buffer full" and "first sample due", a multiple of the host block.
    pub deadline_frames: usize,
    /// Samples from input to output through buffering.
    pub latency_frames: usize,
    /// How many buffers must exist so that the audio thread always has an empty one.
    pub pool_buffers: usize,
}

/// True if the host's audio ran without a gap since it last built its chain: then a rebuild means an edit of the
/// patch, and the stream goes on.
///
/// `passed_ms` is the host's time since then, `played_frames` what it played meanwhile. A block and a half is
/// tolerated: hosts build their chain at any point of a block.
pub fn host_ran_on(passed_ms: f64, played_frames: u64, block_frames: usize, sample_rate_hz: f64) -> bool {
    let missing_frames = passed_ms * 1e-3 * sample_rate_hz - played_frames as f64;
    missing_frames < block_frames as f64 * 1.5
}

/// The requested buffer is too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a buffer of {wanted} samples is too large: the largest is {MAX_BUFFER_FRAMES}")]
pub struct BufferTooLarge {
    /// The requested size in samples.
    pub wanted: usize,
}

/// The smallest multiple of `ratio_lcm` that is at least `wanted` (the requested size) and at least the host block, in
/// samples.
pub fn legal_buffer(
    wanted: usize,
    ratio_lcm: usize,
    host_block_frames: usize,
) -> Result<usize, BufferTooLarge> {
    let least = wanted.max(host_block_frames).max(1);
    least
        .div_ceil(ratio_lcm.max(1))
        .checked_mul(ratio_lcm.max(1))
        .filter(|&b| b <= MAX_BUFFER_FRAMES)
        .ok_or(BufferTooLarge { wanted })
}

impl Timing {
    /// All numbers, from the requested size, the model's ratios, the host block and who runs the model.
    pub fn new(
        wanted: usize,
        ratio_lcm: usize,
        host_block_frames: usize,
        mode: Mode,
    ) -> Result<Self, BufferTooLarge> {
        let v = host_block_frames.max(1);
        let buffer = legal_buffer(wanted, ratio_lcm, v)?;
        let deadline = match mode {
            Mode::Inline => 0,
            Mode::Worker { deadline_frames } => {
                let wanted = deadline_frames.unwrap_or(buffer);
                if wanted > MAX_BUFFER_FRAMES {
                    return Err(BufferTooLarge { wanted });
                }
                // Without a worker, the callback that completes a buffer plays it.
                wanted.max(1).next_multiple_of(v)
            }
        };
        // One being filled, one playing, those at the worker, and one that may be overdue.
        let pool = 3 + (deadline + v).div_ceil(buffer);
        Ok(Self {
            host_block_frames: v,
            buffer_frames: buffer,
            deadline_frames: deadline,
            latency_frames: buffer - gcd(buffer, v) + deadline,
            pool_buffers: pool,
        })
    }
}
