//! How much of a sound survives a model: the correlation of two log-mel spectrograms.

use super::analyser::Analyser;

/// The analysis: the same as in `models/quality.py`, so that both give the same number.
const WINDOW_FRAMES: usize = 2_048;
const HOP_FRAMES: usize = 512;
const BANDS: usize = 80;
const LOWEST_HZ: f64 = 40.0;
const HIGHEST_HZ: f64 = 16_000.0;
/// Added to every band before the logarithm is taken; a full-scale sine is 1.
const FLOOR: f32 = 1e-4;

/// Pearson's correlation coefficient of the log-mel spectrograms of two mono sounds, over the frames that both
/// have. 1 for equal sounds, also when one is only louder; about 0 for sounds that have nothing in common.
pub fn log_mel_correlation(one: &[f32], other: &[f32], sample_rate_hz: u32) -> f64 {
    let frames = one.len().min(other.len());
    let bank = MelBank::new(BANDS, WINDOW_FRAMES, sample_rate_hz);
    pearson(&bank.log_mel(&one[..frames]), &bank.log_mel(&other[..frames]))
}

/// Triangular bands, equally wide on the mel scale, each with peak 1.
struct MelBank {
    analyser: Analyser,
    /// `[bands]`: the first bin of a band and the weights from there on.
    bands: Vec<(usize, Vec<f32>)>,
}

impl MelBank {
    fn new(bands: usize, window_frames: usize, sample_rate_hz: u32) -> Self {
        let edge = |index: usize| band_edge_hz(index, bands);
        let bin_hz = f64::from(sample_rate_hz) / window_frames as f64;
        let bands = (0..bands)
            .map(|band| {
                let (low, centre, high) = (edge(band), edge(band + 1), edge(band + 2));
                let weight = |bin: usize| {
                    let hz = bin as f64 * bin_hz;
                    ((hz - low) / (centre - low)).min((high - hz) / (high - centre)).max(0.0) as f32
                };
                let first = (low / bin_hz).ceil() as usize;
                let last = ((high / bin_hz).floor() as usize).min(window_frames / 2);
                (first, (first..=last).map(weight).collect())
            })
            .collect();
        Self { analyser: Analyser::new(window_frames), bands }
    }

    /// Logarithm of every band of every whole window, one window after the other.
    fn log_mel(&self, samples: &[f32]) -> Vec<f64> {
        let (window, full_scale) = (self.analyser.window_frames(), self.analyser.full_scale());
        let starts = (0..(samples.len() + 1).saturating_sub(window)).step_by(HOP_FRAMES);
        starts
            .flat_map(|start| {
                let bins = self.analyser.magnitudes(samples, start as i64);
                self.bands.iter().map(move |(first, weights)| {
                    let level: f32 =
                        bins[*first..].iter().zip(weights).map(|(bin, weight)| bin * weight).sum();
                    f64::from((FLOOR + level / full_scale).ln())
                })
            })
            .collect()
    }
}

/// Band `b` rises from edge `b` to its centre at edge `b + 1` and falls to edge `b + 2`.
fn band_edge_hz(index: usize, bands: usize) -> f64 {
    let (low, high) = (hz_to_mel(LOWEST_HZ), hz_to_mel(HIGHEST_HZ));
    mel_to_hz(low + (high - low) * index as f64 / (bands + 1) as f64)
}

fn hz_to_mel(hz: f64) -> f64 {
    2595.0 * (1.0 + hz / 700.0).log10()
}

fn mel_to_hz(mel: f64) -> f64 {
    700.0 * (10.0_f64.powf(mel / 2595.0) - 1.0)
}

/// Pearson's correlation coefficient; 0 when one side does not vary.
fn pearson(one: &[f64], other: &[f64]) -> f64 {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let (mean_one, mean_other) = (mean(one), mean(other));
    let (mut both, mut square_one, mut square_other) = (0.0, 0.0, 0.0);
    for (one, other) in one.iter().zip(other) {
        let (one, other) = (one - mean_one, other - mean_other);
        both += one * other;
        square_one += one * one;
        square_other += other * other;
    }
    let scale = (square_one * square_other).sqrt();
    if scale > 0.0 { both / scale } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Uniform samples in -1..1 from a xorshift generator.
    fn noise(seed: u32, frames: usize) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state as f32 / (u32::MAX as f32 / 2.0) - 1.0
        };
        (0..frames).map(|_| next()).collect()
    }

    #[test]
    fn the_mel_scale_has_its_known_points() {
        assert!((hz_to_mel(1_000.0) - 999.99).abs() < 0.01);
        assert!((hz_to_mel(8_000.0) - 2_840.02).abs() < 0.01);
        assert!((mel_to_hz(hz_to_mel(440.0)) - 440.0).abs() < 1e-9);
    }

    #[test]
    fn a_sine_is_loudest_in_the_band_whose_centre_is_nearest() {
        let bank = MelBank::new(BANDS, WINDOW_FRAMES, 44_100);
        for band in [20, 40, 60] {
            let step = std::f64::consts::TAU * band_edge_hz(band + 1, BANDS) / 44_100.0;
            let sine: Vec<f32> = (0..WINDOW_FRAMES).map(|frame| (step * frame as f64).sin() as f32).collect();
            let levels = bank.log_mel(&sine);
            let loudest = (0..BANDS).max_by(|&a, &b| levels[a].total_cmp(&levels[b])).unwrap();
            assert_eq!(loudest, band);
        }
    }

    #[test]
    fn neighbouring_bands_share_every_bin_between_them_fully() {
        let bank = MelBank::new(BANDS, WINDOW_FRAMES, 44_100);
        let mut sums = vec![0.0_f32; WINDOW_FRAMES / 2 + 1];
        for (first, weights) in &bank.bands {
            for (offset, weight) in weights.iter().enumerate() {
                sums[first + offset] += weight;
            }
        }
        // From the centre of the first band to that of the last, weights add up to 1.
        let bin = |edge: usize| band_edge_hz(edge, BANDS) * WINDOW_FRAMES as f64 / 44_100.0;
        let between = &sums[bin(1).ceil() as usize..=bin(BANDS).floor() as usize];
        assert!(between.iter().all(|sum| (sum - 1.0).abs() < 1e-4), "{between:?}");
    }

    #[test]
    fn a_sound_correlates_fully_with_itself_and_nearly_so_when_quieter() {
        let sound: Vec<f32> = noise(5, 60_000)
            .iter()
            .enumerate()
            .map(|(n, sample)| sample * (n as f32 / 9_000.0).sin())
            .collect();
        assert!((log_mel_correlation(&sound, &sound, 44_100) - 1.0).abs() < 1e-9);
        let quieter: Vec<f32> = sound.iter().map(|sample| sample * 0.5).collect();
        assert!(log_mel_correlation(&sound, &quieter, 44_100) > 0.99);
    }

    #[test]
    fn the_number_is_the_one_that_quality_py_gives() {
        // A rising tone with a beat, and a falling one; `correlation(rising, falling, 0)` of models/quality.py.
        let glide = |from_hz: f64, to_hz: f64| -> Vec<f32> {
            let rate = (to_hz - from_hz) / 60_000.0;
            (0..60_000)
                .map(|frame| {
                    let n = f64::from(frame);
                    let turns = (from_hz * n + rate * n * n / 2.0) / 44_100.0;
                    let beat = 0.5 + 0.4 * (n / 3_000.0).sin();
                    (beat * (std::f64::consts::TAU * turns).sin()) as f32
                })
                .collect()
        };
        let (rising, falling) = (glide(200.0, 5_000.0), glide(3_000.0, 300.0));
        let found = log_mel_correlation(&rising, &falling, 44_100);
        assert!((found - 0.023604).abs() < 1e-4, "{found}");
    }

    #[test]
    fn two_steady_noises_do_not_correlate_within_bands() {
        // All mel bands of white noise grow with frequency alike; the detail over time is unrelated.
        let bank = MelBank::new(BANDS, WINDOW_FRAMES, 44_100);
        let without_slope = |seed| {
            let mut levels = bank.log_mel(&noise(seed, 200_000));
            let windows = levels.len() / BANDS;
            for band in 0..BANDS {
                let mean = levels.iter().skip(band).step_by(BANDS).sum::<f64>() / windows as f64;
                levels.iter_mut().skip(band).step_by(BANDS).for_each(|level| *level -= mean);
            }
            levels
        };
        assert!(pearson(&without_slope(1), &without_slope(2)).abs() < 0.05);
    }

    #[test]
    fn silence_correlates_with_nothing() {
        assert_eq!(log_mel_correlation(&noise(1, 30_000), &vec![0.0; 30_000], 44_100), 0.0);
    }
}
