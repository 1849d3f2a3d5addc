//! Real time at the rate of all measurements.

pub use nn_core::offline::{Schedule, as_audio_threads_run};

/// The rate of all measurements, in Hz.
pub const RATE_HZ: u32 = 44_100;
