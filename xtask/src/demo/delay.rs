//! By how much one channel of a recording lags behind another.

use rustfft::{FftPlanner, num_complex::Complex};

/// A delay that was found, and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Delay {
    /// The later channel lags by this many frames; negative when it leads.
    pub frames: i64,
    /// Correlation coefficient of the two channels at that delay, -1..1.
    pub correlation: f32,
    /// What was compared.
    pub by: Method,
}

/// What was compared to find a delay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// The samples themselves: exact to the frame.
    Waveform,
    /// The loudness over time, for models that keep the sound but not its phases: good to a few milliseconds.
    Envelope,
    /// The loudness over time of every mel band: good to its step of 64 frames.
    Bands,
}

impl std::fmt::Display for Method {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Waveform => "waveform",
            Self::Envelope => "envelope",
            Self::Bands => "mel bands",
        })
    }
}

/// From this correlation on, waveforms are trusted to tell the delay.
const SURE: f32 = 0.5;

/// The delay of `wet` behind `dry`, searched from none to `longest_frames`.
///
/// Samples are compared first; where a model has changed the waveform too much for that, envelopes are.
pub fn measure(dry: &[f32], wet: &[f32], longest_frames: usize, sample_rate_hz: u32) -> Delay {
    let waveform = best_lag(dry, wet, longest_frames, Method::Waveform);
    if waveform.correlation >= SURE {
        return waveform;
    }
    let window = sample_rate_hz as usize / 200;
    let (dry, wet) = (envelope(dry, window), envelope(wet, window));
    let envelope = best_lag(&dry, &wet, longest_frames, Method::Envelope);
    if envelope.correlation > waveform.correlation { envelope } else { waveform }
}

/// Correlation coefficient over the whole length of both, for every lag at once by Fourier transform.
fn best_lag(dry: &[f32], wet: &[f32], longest_frames: usize, by: Method) -> Delay {
    let energy = |samples: &[f32]| samples.iter().map(|&sample| f64::from(sample).powi(2)).sum::<f64>();
    let scale = (energy(dry) * energy(wet)).sqrt();
    if scale == 0.0 {
        return Delay { frames: 0, correlation: 0.0, by };
    }
    let size = (dry.len() + wet.len()).next_power_of_two();
    let mut planner = FftPlanner::<f32>::new();
    let forward = planner.plan_fft_forward(size);
    let spectrum = |samples: &[f32]| {
        let mut bins: Vec<_> = samples.iter().map(|&sample| Complex::new(sample, 0.0)).collect();
        bins.resize(size, Complex::ZERO);
        forward.process(&mut bins);
        bins
    };
    let mut product: Vec<_> =
        spectrum(wet).iter().zip(spectrum(dry)).map(|(wet, dry)| wet * dry.conj()).collect();
    planner.plan_fft_inverse(size).process(&mut product);
    let lags = product.iter().take(longest_frames + 1).enumerate();
    let (frames, peak) = lags.max_by(|a, b| a.1.re.total_cmp(&b.1.re)).expect("there is at least lag 0");
    let correlation = (f64::from(peak.re) / size as f64 / scale) as f32;
    Delay { frames: frames as i64, correlation, by }
}

/// Loudness over `window` frames around each frame, without its mean.
fn envelope(samples: &[f32], window: usize) -> Vec<f32> {
    let mut sums = Vec::with_capacity(samples.len() + 1);
    sums.push(0.0_f64);
    for sample in samples {
        sums.push(sums[sums.len() - 1] + f64::from(sample.abs()));
    }
    let half = window / 2;
    let smooth: Vec<f32> = (0..samples.len())
        .map(|frame| {
            let (from, to) = (frame.saturating_sub(half), (frame + half + 1).min(samples.len()));
            ((sums[to] - sums[from]) / (to - from) as f64) as f32
        })
        .collect();
    let mean = smooth.iter().sum::<f32>() / smooth.len().max(1) as f32;
    smooth.iter().map(|value| value - mean).collect()
}

/// How far two recordings of the same thing are apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// The second recording was moved by this many frames to lie on the first.
    pub shift_frames: i64,
    /// Frames that were compared.
    pub frames: usize,
    /// Frames in which the two differ at all.
    pub unequal: usize,
    /// The largest difference between two samples.
    pub largest: f32,
}

/// Lays `second` on `first`, searching up to `longest_frames` either way, and counts what differs.
pub fn difference(first: &[f32], second: &[f32], longest_frames: usize) -> Difference {
    let later = best_lag(first, second, longest_frames, Method::Waveform);
    let earlier = best_lag(second, first, longest_frames, Method::Waveform);
    let shift_frames = if later.correlation >= earlier.correlation { later.frames } else { -earlier.frames };
    let (skip_first, skip_second) = (shift_frames.min(0).unsigned_abs(), shift_frames.max(0).unsigned_abs());
    let pairs = first.iter().skip(skip_first as usize).zip(second.iter().skip(skip_second as usize));
    let mut result = Difference { shift_frames, frames: 0, unequal: 0, largest: 0.0 };
    for (one, other) in pairs {
        result.frames += 1;
        result.unequal += usize::from(one != other);
        result.largest = result.largest.max((one - other).abs());
    }
    result
}

#[cfg(test)]
mod tests {
    use super::super::sound::Noise;
    use super::*;

    fn noise(seed: u32, frames: usize) -> Vec<f32> {
        let mut noise = Noise::new(seed);
        (0..frames).map(|_| noise.next_sample()).collect()
    }

    fn delayed(samples: &[f32], frames: usize) -> Vec<f32> {
        let mut late = vec![0.0; frames];
        late.extend(&samples[..samples.len() - frames]);
        late
    }

    #[test]
    fn a_pure_delay_is_found_to_the_frame() {
        let mut dry = noise(1, 20_000);
        dry.resize(30_000, 0.0);
        let found = measure(&dry, &delayed(&dry, 4_032), 10_000, 44_100);
        assert_eq!((found.frames, found.by), (4_032, Method::Waveform));
        assert!(found.correlation > 0.999);
    }

    #[test]
    fn a_sound_whose_waveform_changed_is_placed_by_its_envelope() {
        // Bursts of noise against bursts of other noise with the same loudness.
        let shape = |frame: usize| if (frame / 3_000_usize).is_multiple_of(3) { 1.0 } else { 0.05 };
        let burst = |seed| -> Vec<f32> {
            noise(seed, 40_000).iter().enumerate().map(|(frame, sample)| sample * shape(frame)).collect()
        };
        let mut dry = burst(1);
        let mut other = burst(2);
        dry.resize(50_000, 0.0);
        other.resize(50_000, 0.0);
        let found = measure(&dry, &delayed(&other, 2_500), 8_000, 44_100);
        assert_eq!(found.by, Method::Envelope);
        assert!((found.frames - 2_500).abs() < 50, "{found:?}");
    }

    #[test]
    fn unrelated_noise_does_not_correlate() {
        let found = measure(&noise(1, 30_000), &noise(2, 30_000), 5_000, 44_100);
        assert!(found.correlation < 0.3, "{found:?}");
    }

    #[test]
    fn silence_has_no_delay_and_no_correlation() {
        let found = measure(&noise(1, 5_000), &vec![0.0; 5_000], 1_000, 44_100);
        assert_eq!(found.correlation, 0.0);
    }

    #[test]
    fn equal_recordings_are_equal_wherever_they_start() {
        let long = noise(3, 20_000);
        let same = difference(&long[100..19_000], &long[164..19_000], 500);
        assert_eq!((same.shift_frames, same.unequal, same.largest), (-64, 0, 0.0));
        let mut changed = long.clone();
        changed[5_000] += 0.25;
        let one = difference(&long, &changed, 500);
        assert_eq!((one.shift_frames, one.unequal), (0, 1));
        assert!((one.largest - 0.25).abs() < 1e-6);
    }
}
