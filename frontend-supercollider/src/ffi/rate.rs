//! Rates and blocks.

use std::{
    ffi::c_int,
    mem::{offset_of, size_of},
};

/// A rate.
#[repr(C)]
pub struct Rate {
    /// In Hz.
    pub sample_rate_hz: f64,
    sample_duration: f64,
    buffer_duration: f64,
    buffer_rate: f64,
    slope_factor: f64,
    radians_per_sample: f64,
    /// Samples in a block.
    pub block_frames: c_int,
    filter_loops: c_int,
    filter_remain: c_int,
    filter_slope: f64,
}

const _: () = {
    assert!(size_of::<Rate>() == 72 && offset_of!(Rate, block_frames) == 48);
    assert!(offset_of!(Rate, filter_slope) == 64);
};
