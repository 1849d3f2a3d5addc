//! Short-time Fourier transforms.

use rustfft::{Fft, FftPlanner, num_complex::Complex};
use std::sync::Arc;

/// Transforms windows of one size, weighted by a periodic Hann window.
pub struct Analyser {
    fft: Arc<dyn Fft<f32>>,
    weights: Vec<f32>,
}

impl Analyser {
    /// For windows of `window_frames`.
    pub fn new(window_frames: usize) -> Self {
        let step = std::f64::consts::TAU / window_frames as f64;
        let weights =
            (0..window_frames).map(|frame| (0.5 - 0.5 * (step * frame as f64).cos()) as f32).collect();
        Self { fft: FftPlanner::new().plan_fft_forward(window_frames), weights }
    }

    /// Frames in a window.
    pub fn window_frames(&self) -> usize {
        self.weights.len()
    }

    /// Magnitudes of the bins from 0 to the half of the sample rate, for the window that starts at
    /// `start_frame`. Frames before the beginning and after the end of `samples` count as silence.
    pub fn magnitudes(&self, samples: &[f32], start_frame: i64) -> Vec<f32> {
        let mut bins: Vec<_> = (start_frame..)
            .zip(&self.weights)
            .map(|(frame, weight)| {
                let sample = usize::try_from(frame).ok().and_then(|frame| samples.get(frame));
                Complex::new(sample.copied().unwrap_or(0.0) * weight, 0.0)
            })
            .collect();
        self.fft.process(&mut bins);
        bins[..=self.weights.len() / 2].iter().map(|bin| bin.norm()).collect()
    }

    /// What [`Self::magnitudes`] gives at the peak of a sine of amplitude 1.
    pub fn full_scale(&self) -> f32 {
        self.weights.iter().sum::<f32>() / 2.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_scale_sine_reaches_full_scale_in_its_bin_only() {
        let analyser = Analyser::new(1024);
        let sine: Vec<f32> =
            (0..4096).map(|frame| (std::f32::consts::TAU * 32.0 * frame as f32 / 1024.0).sin()).collect();
        let bins = analyser.magnitudes(&sine, 512);
        assert_eq!(bins.len(), 513);
        assert!((bins[32] / analyser.full_scale() - 1.0).abs() < 1e-3);
        assert!(bins[40] < 1e-3 * bins[32]);
    }

    #[test]
    fn windows_reach_over_both_ends_into_silence() {
        let analyser = Analyser::new(256);
        assert!(analyser.magnitudes(&[1.0; 64], -256).iter().all(|&bin| bin == 0.0));
        assert!(analyser.magnitudes(&[1.0; 64], 64).iter().all(|&bin| bin == 0.0));
        assert!(analyser.magnitudes(&[1.0; 64], -128)[0] > 1.0);
    }
}
