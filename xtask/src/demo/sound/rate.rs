//! The demo's sample rate.

/// Sample rate of the demo's input, of Pd while it runs the demo and of everything that is recorded.
pub const SAMPLE_RATE_HZ: u32 = 44_100;

/// Frames in `seconds` at the demo's sample rate.
pub fn frames(seconds: f32) -> usize {
    (seconds * SAMPLE_RATE_HZ as f32).round() as usize
}
