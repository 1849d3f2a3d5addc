//! From time, frequency and level to pixels, colours and tick marks, and back.

use crate::canvas::Rgb;

/// Frequency on a logarithmic axis of pixels, the highest on top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FrequencyAxis {
    /// At the lower edge.
    pub lowest_hz: f32,
    /// At the upper edge.
    pub highest_hz: f32,
    /// Pixels from edge to edge.
    pub height: usize,
}

impl FrequencyAxis {
    /// The row of pixels, counted from the top with fractions, at which a frequency lies.
    pub fn row(&self, hz: f32) -> f32 {
        (self.highest_hz / hz).ln() / (self.highest_hz / self.lowest_hz).ln() * self.height as f32
    }

    /// The frequency at a row.
    pub fn hz(&self, row: f32) -> f32 {
        self.highest_hz * (self.lowest_hz / self.highest_hz).powf(row / self.height as f32)
    }

    /// Frequencies to label: 1, 2 and 5 times the powers of ten.
    pub fn ticks_hz(&self) -> Vec<f32> {
        (0..6)
            .flat_map(|power| [1.0, 2.0, 5.0].map(|digit| digit * 10.0_f32.powi(power)))
            .filter(|hz| (self.lowest_hz..=self.highest_hz).contains(hz))
            .collect()
    }
}

/// Short form of a frequency: `200`, `5k`.
pub fn hz_label(hz: f32) -> String {
    if hz >= 1_000.0 { format!("{}k", hz / 1_000.0) } else { format!("{hz}") }
}

/// Time on an axis of pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimeAxis {
    /// Seconds from edge to edge, starting at 0.
    pub length_s: f32,
    /// Pixels from edge to edge.
    pub width: usize,
}

impl TimeAxis {
    /// The column of pixels, with fractions, at which a time lies.
    pub fn column(&self, seconds: f32) -> f32 {
        seconds / self.length_s * self.width as f32
    }

    /// The time in the middle of a column.
    pub fn seconds(&self, column: usize) -> f32 {
        (column as f32 + 0.5) / self.width as f32 * self.length_s
    }
}

/// Levels in decibels as colours, from dark to bright.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LevelScale {
    /// Darkest.
    pub lowest_db: f32,
    /// Brightest.
    pub highest_db: f32,
}

/// Colours at equal distances along the scale; lightness rises all the way, so that the picture also reads in grey.
const RAMP: [Rgb; 7] =
    [[6, 8, 24], [32, 24, 88], [92, 30, 126], [164, 44, 116], [226, 86, 76], [252, 164, 72], [254, 246, 190]];

impl LevelScale {
    /// The colour of a level; levels beyond the scale get the colour of its end.
    pub fn colour(&self, level_db: f32) -> Rgb {
        let place = (level_db - self.lowest_db) / (self.highest_db - self.lowest_db);
        let place = place.clamp(0.0, 1.0) * (RAMP.len() - 1) as f32;
        let index = (place as usize).min(RAMP.len() - 2);
        let part = place - index as f32;
        std::array::from_fn(|channel| {
            let (from, to) = (f32::from(RAMP[index][channel]), f32::from(RAMP[index + 1][channel]));
            (from + (to - from) * part).round() as u8
        })
    }

    /// Levels to label, every 20 dB.
    pub fn ticks_db(&self) -> Vec<f32> {
        let first = (self.lowest_db / 20.0).ceil() as i32;
        let last = (self.highest_db / 20.0).floor() as i32;
        (first..=last).map(|step| 20.0 * step as f32).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FREQUENCY: FrequencyAxis = FrequencyAxis { lowest_hz: 50.0, highest_hz: 20_000.0, height: 300 };

    #[test]
    fn high_frequencies_lie_on_top_and_octaves_are_equally_far_apart() {
        assert_eq!(FREQUENCY.row(20_000.0), 0.0);
        assert!((FREQUENCY.row(50.0) - 300.0).abs() < 1e-3);
        let octave = |hz: f32| FREQUENCY.row(hz) - FREQUENCY.row(2.0 * hz);
        assert!((octave(100.0) - octave(5_000.0)).abs() < 1e-3);
    }

    #[test]
    fn rows_and_columns_lead_back_to_what_they_show() {
        for hz in [63.0, 440.0, 12_345.0] {
            assert!((FREQUENCY.hz(FREQUENCY.row(hz)) / hz - 1.0).abs() < 1e-4);
        }
        let time = TimeAxis { length_s: 10.0, width: 1_000 };
        assert!((time.column(2.5) - 250.0).abs() < 1e-3);
        assert!((time.seconds(250) - 2.505).abs() < 1e-5);
    }

    #[test]
    fn ticks_are_round_numbers_within_the_axis() {
        let labels: Vec<_> = FREQUENCY.ticks_hz().into_iter().map(hz_label).collect();
        assert_eq!(labels, ["50", "100", "200", "500", "1k", "2k", "5k", "10k", "20k"]);
        let scale = LevelScale { lowest_db: -90.0, highest_db: -10.0 };
        assert_eq!(scale.ticks_db(), [-80.0, -60.0, -40.0, -20.0]);
    }

    #[test]
    fn colours_get_lighter_with_the_level_and_end_at_the_ends() {
        let scale = LevelScale { lowest_db: -80.0, highest_db: 0.0 };
        let lightness =
            |[r, g, b]: Rgb| 0.2126 * f32::from(r) + 0.7152 * f32::from(g) + 0.0722 * f32::from(b);
        let levels: Vec<f32> = (-80..=0).map(|db| lightness(scale.colour(db as f32))).collect();
        assert!(levels.windows(2).all(|pair| pair[1] > pair[0]));
        assert_eq!(scale.colour(-200.0), RAMP[0]);
        assert_eq!(scale.colour(f32::NEG_INFINITY), RAMP[0]);
        assert_eq!(scale.colour(30.0), RAMP[6]);
    }
}
