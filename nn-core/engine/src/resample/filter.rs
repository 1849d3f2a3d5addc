//! The low-pass filter between two rates: a windowed sinc, stored once for each position between two samples.

use std::f64::consts::PI;

/// Samples at the lower rate on each side of a position that count. It is also the delay of one conversion.
const HALF_WIDTH: usize = 40;
/// Suppression of what lies above half of the lower rate, in dB.
const SUPPRESSION_DB: f64 = 100.0;
/// Positions between two samples that are stored; where rates need more, neighbours are mixed (below -110 dB of error).
const MOST_ROWS: usize = 1024;

/// Weights for `up` positions between two samples of the source.
#[derive(Debug)]
pub(super) struct Filter {
    /// `[rows + 1, taps]`: the last row is for the position of the next sample.
    weights: Vec<f32>,
    taps: usize,
    rows: usize,
    up: usize,
}

/// Samples of the source on each side of a position that its value is made of, for `down` samples of the source per
/// `up` of the result.
pub(super) fn half_width(up: u64, down: u64) -> u64 {
    let half_width = HALF_WIDTH as u64;
    if up >= down { half_width } else { (half_width * down).div_ceil(up) }
}

impl Filter {
    /// The filter for `down` samples of the source per `up` samples of the result. Allocates, takes a millisecond.
    pub(super) fn new(up: usize, down: usize) -> Self {
        let half_width = half_width(up as u64, down as u64) as usize;
        // A Kaiser window and the width of the slope that comes with it, as a part of the lower rate's half.
        let beta = 0.1102 * (SUPPRESSION_DB - 8.7);
        let slope = (SUPPRESSION_DB - 8.0) / (2.285 * 2.0 * HALF_WIDTH as f64 * PI);
        let lower = (up as f64 / down as f64).min(1.0);
        let cutoff = lower * (1.0 - slope / 2.0);
        let weight = |distance: f64| {
            let x = distance / half_width as f64;
            let window = bessel(beta * (1.0 - x * x).max(0.0).sqrt()) / bessel(beta);
            let phase = PI * cutoff * distance;
            let sinc = if phase == 0.0 { 1.0 } else { phase.sin() / phase };
            sinc * window
        };
        let (taps, rows) = (2 * half_width, up.min(MOST_ROWS));
        let mut weights = Vec::with_capacity((rows + 1) * taps);
        for row in 0..=rows {
            let position = row as f64 / rows as f64 + (half_width - 1) as f64;
            let row: Vec<f64> = (0..taps).map(|tap| weight(position - tap as f64)).collect();
            // What does not move stays what it is.
            let sum: f64 = row.iter().sum();
            weights.extend(row.iter().map(|weight| (weight / sum) as f32));
        }
        Self { weights, taps, rows, up }
    }

    /// Samples of the source that one value is made of.
    pub(super) fn taps(&self) -> usize {
        self.taps
    }

    /// The value at `phase / up` of the way between the two samples in the middle of `source`, which is `taps` long.
    pub(super) fn value(&self, source: &[f32], phase: usize) -> f32 {
        if self.rows == self.up {
            return dot(self.row(phase), source);
        }
        let (row, rest) = (phase * self.rows / self.up, phase * self.rows % self.up);
        let here = dot(self.row(row), source);
        let part = rest as f32 / self.up as f32;
        here + (dot(self.row(row + 1), source) - here) * part
    }

    fn row(&self, row: usize) -> &[f32] {
        &self.weights[row * self.taps..(row + 1) * self.taps]
    }
}

/// Eight sums side by side: this form is vectorised.
fn dot(weights: &[f32], samples: &[f32]) -> f32 {
    let mut sums = [0.0f32; 8];
    for (weights, samples) in weights.chunks_exact(8).zip(samples.chunks_exact(8)) {
        for ((sum, weight), sample) in sums.iter_mut().zip(weights).zip(samples) {
            *sum += weight * sample;
        }
    }
    let whole = weights.len() / 8 * 8;
    let rest: f32 = weights[whole..].iter().zip(&samples[whole..]).map(|(w, s)| w * s).sum();
    sums.iter().sum::<f32>() + rest
}

/// The modified Bessel function of the first kind, of order 0.
fn bessel(x: f64) -> f64 {
    let quarter = x * x / 4.0;
    let terms = (1..).scan(1.0, |term: &mut f64, n| {
        *term *= quarter / f64::from(n * n);
        Some(*term)
    });
    1.0 + terms.take_while(|term| *term > 1e-18).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_move_stays_what_it_is() {
        for (up, down) in [(160, 147), (147, 160), (1, 4), (2, 1), (48_000, 44_101)] {
            let filter = Filter::new(up, down);
            let source = vec![0.5; filter.taps()];
            for phase in (0..up).step_by(up.div_ceil(50)) {
                assert!((filter.value(&source, phase) - 0.5).abs() < 1e-6, "{up}/{down}, {phase}");
            }
        }
    }

    #[test]
    fn positions_that_are_not_stored_lie_between_those_that_are() {
        // 44101 Hz is nearly 44100 Hz, and needs 300 times as many positions.
        let (coarse, fine) = (Filter::new(160, 147), Filter::new(48_000, 44_100));
        assert_eq!(coarse.taps(), fine.taps());
        let source: Vec<f32> = (0..coarse.taps()).map(|n| (n as f32 * 0.9).sin()).collect();
        for phase in 0..160 {
            let error = coarse.value(&source, phase) - fine.value(&source, phase * 300);
            assert!(error.abs() < 3e-6, "phase {phase}: {error}");
        }
    }
}
