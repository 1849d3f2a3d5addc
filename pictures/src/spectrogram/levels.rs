//! Levels over time and frequency.

use super::analyser::Analyser;

/// Frames of a window.
const WINDOW_FRAMES: usize = 2_048;
/// Levels end here, downwards.
const LOWEST_DB: f32 = -180.0;

/// As many columns as a picture of the usual width shows.
pub const FINE_COLUMNS: usize = 1_500;

/// Levels of a sound over time and frequency.
#[derive(Debug, Clone, PartialEq)]
pub struct Spectrogram {
    /// How long the sound is, in seconds.
    pub length_s: f64,
    /// From one bin to the next; the first bin is at 0 Hz.
    pub bin_hz: f32,
    /// Bins of each column, the last one at half the sample rate.
    pub bins: usize,
    /// `[columns][bins]`: levels in dB relative to a sine of amplitude 1, not below -180. Columns are equally far apart, each in the
    /// middle of its part of the time.
    pub levels_db: Vec<f32>,
}

impl Spectrogram {
    /// Of a mono sound, in so many columns. Samples that are not finite count as silence.
    pub fn of(samples: &[f32], sample_rate_hz: u32, columns: usize) -> Self {
        let rate_hz = sample_rate_hz.max(1);
        let columns = columns.max(1);
        let analyser = Analyser::new(WINDOW_FRAMES);
        let finite: Vec<f32> = samples.iter().map(|&x| if x.is_finite() { x } else { 0.0 }).collect();
        let mut levels_db = Vec::with_capacity(columns * (WINDOW_FRAMES / 2 + 1));
        for column in 0..columns {
            let centre = ((column as f64 + 0.5) / columns as f64 * samples.len() as f64) as i64;
            let magnitudes = analyser.magnitudes(&finite, centre - WINDOW_FRAMES as i64 / 2);
            let level = |magnitude: f32| (20.0 * (magnitude / analyser.full_scale()).log10()).max(LOWEST_DB);
            levels_db.extend(magnitudes.into_iter().map(level));
        }
        Self {
            length_s: samples.len() as f64 / f64::from(rate_hz),
            bin_hz: rate_hz as f32 / WINDOW_FRAMES as f32,
            bins: WINDOW_FRAMES / 2 + 1,
            levels_db,
        }
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        self.levels_db.len() / self.bins.max(1)
    }

    /// The level that a pixel of column `column` shows which reaches from `low_hz` to `high_hz`: the loudest of the bins that
    /// it covers, and of the line between the two bins around its middle. There are many bins to a pixel at the top of a
    /// logarithmic axis and many pixels to a bin at its foot.
    pub fn level_between(&self, column: usize, low_hz: f32, high_hz: f32) -> f32 {
        let bins = self.levels_db.get(column * self.bins..(column + 1) * self.bins).unwrap_or_default();
        if bins.len() < 2 {
            return LOWEST_DB;
        }
        let (low, high) = (low_hz / self.bin_hz, high_hz / self.bin_hz);
        let place = ((low + high) / 2.0).clamp(0.0, bins.len() as f32 - 1.001);
        let below = place as usize;
        let middle = bins[below] + (bins[below + 1] - bins[below]) * (place - below as f32);
        let last = (high.floor() as usize).min(bins.len() - 1);
        (low.ceil() as usize..=last).fold(middle, |loudest, bin| loudest.max(bins[bin]))
    }

    /// The loudest level.
    pub fn loudest_db(&self) -> f32 {
        self.levels_db.iter().copied().fold(LOWEST_DB, f32::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A second of silence, a second of a sine at 1 kHz with amplitude 0.5, a second of silence.
    fn beep() -> Spectrogram {
        let sample = |frame: usize| {
            let on = frame / 44_100 == 1;
            if on {
                0.5 * (std::f64::consts::TAU * 1_000.0 * frame as f64 / 44_100.0).sin() as f32
            } else {
                0.0
            }
        };
        let samples: Vec<f32> = (0..3 * 44_100).map(sample).collect();
        Spectrogram::of(&samples, 44_100, 300)
    }

    #[test]
    fn a_sine_is_loudest_at_its_time_in_its_bin_with_its_level() {
        let spectrogram = beep();
        assert_eq!((spectrogram.columns(), spectrogram.bins), (300, 1_025));
        let levels = &spectrogram.levels_db;
        let loudest = (0..levels.len()).max_by(|&a, &b| levels[a].total_cmp(&levels[b])).unwrap();
        let (column, bin) = (loudest / spectrogram.bins, loudest % spectrogram.bins);
        assert!((100..200).contains(&column), "column {column}");
        assert_eq!(bin, (1_000.0 / spectrogram.bin_hz).round() as usize);
        // 20 log10 0.5, and at most 1.5 dB less between two bins.
        assert!((-7.6..=-6.0).contains(&levels[loudest]), "{} dB", levels[loudest]);
        assert!(levels[50 * spectrogram.bins + bin] < -100.0);
        assert!(levels[150 * spectrogram.bins + 4 * bin] < -60.0);
    }

    #[test]
    fn a_pixel_shows_the_loudest_of_what_it_covers() {
        let spectrogram = beep();
        assert_eq!(spectrogram.level_between(150, 500.0, 2_000.0), spectrogram.loudest_db());
        assert!(spectrogram.level_between(150, 3_000.0, 9_000.0) < -40.0);
        assert_eq!(spectrogram.level_between(9_999, 500.0, 2_000.0), LOWEST_DB);
    }

    #[test]
    fn what_is_no_sound_has_no_level() {
        for samples in [&[] as &[f32], &[f32::NAN; 5_000]] {
            let spectrogram = Spectrogram::of(samples, 44_100, 10);
            assert!(spectrogram.levels_db.iter().all(|level| *level == LOWEST_DB));
        }
    }
}
