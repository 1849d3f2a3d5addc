//! The sound that the demo sends through the model: speech, then drums, then tones.
//!
//! Three kinds of sound, because a codec that only knows one of them is soon caught out. Everything but the
//! speech is synthesised here, always the same, so that two runs can be compared sample by sample.

mod drums;
mod noise;
mod rate;
mod tones;

#[cfg(test)]
pub use noise::Noise;
pub use rate::SAMPLE_RATE_HZ;
use rate::frames;

/// Loudest sample of every passage, in dB relative to full scale.
const PEAK_DBFS: f32 = -3.0;

/// Silence after each passage.
const GAP_FRAMES: usize = SAMPLE_RATE_HZ as usize / 5;

/// A stretch of the composition with a name that fits above a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What is heard.
    pub name: &'static str,
    /// First frame of the stretch.
    pub start_frame: usize,
    /// Length of the stretch.
    pub frames: usize,
}

/// The whole input, mono.
#[derive(Debug, Clone)]
pub struct Composition {
    /// Samples in -1..1 at [`SAMPLE_RATE_HZ`].
    pub samples: Vec<f32>,
    /// Where each passage lies, in order of time.
    pub passages: Vec<Passage>,
}

/// Puts `speech` (mono, [`SAMPLE_RATE_HZ`]), drums and tones one after the other, each at the same peak level,
/// with a short silence between them.
pub fn compose(speech: &[f32]) -> Composition {
    let mut samples = vec![0.0; GAP_FRAMES / 2];
    let mut passages = Vec::new();
    for (name, mut passage) in
        [("speech", speech.to_vec()), ("drums", drums::two_bars()), ("tones", tones::arpeggio_and_glide())]
    {
        finish(&mut passage);
        passages.push(Passage { name, start_frame: samples.len(), frames: passage.len() });
        samples.extend(passage);
        samples.resize(samples.len() + GAP_FRAMES, 0.0);
    }
    Composition { samples, passages }
}

/// Takes out what is below hearing, rounds off both ends and sets the peak level.
fn finish(samples: &mut [f32]) {
    remove_dc(samples);
    fade_ends(samples, frames(0.008));
    let peak = samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    if peak > 0.0 {
        let gain = 10.0_f32.powf(PEAK_DBFS / 20.0) / peak;
        samples.iter_mut().for_each(|sample| *sample *= gain);
    }
}

/// A first-order high pass at 20 Hz.
fn remove_dc(samples: &mut [f32]) {
    let keep = 1.0 - std::f32::consts::TAU * 20.0 / SAMPLE_RATE_HZ as f32;
    let (mut last_in, mut last_out) = (0.0, 0.0);
    for sample in samples {
        last_out = *sample - last_in + keep * last_out;
        last_in = *sample;
        *sample = last_out;
    }
}

/// Raised-cosine fades at both ends, so that no passage starts or ends with a click.
fn fade_ends(samples: &mut [f32], fade_frames: usize) {
    let last = samples.len().saturating_sub(1);
    for frame in 0..fade_frames.min(samples.len() / 2) {
        let gain = 0.5 - 0.5 * (std::f32::consts::PI * frame as f32 / fade_frames as f32).cos();
        samples[frame] *= gain;
        samples[last - frame] *= gain;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speech_like() -> Vec<f32> {
        (0..frames(1.0)).map(|frame| 0.1 + 0.3 * (frame as f32 * 0.05).sin()).collect()
    }

    fn peak(samples: &[f32]) -> f32 {
        samples.iter().fold(0.0, |peak, sample| peak.max(sample.abs()))
    }

    #[test]
    fn every_passage_peaks_at_minus_three_decibels_without_dc() {
        let whole = compose(&speech_like());
        for passage in &whole.passages {
            let samples = &whole.samples[passage.start_frame..passage.start_frame + passage.frames];
            let peak_dbfs = 20.0 * peak(samples).log10();
            assert!((peak_dbfs - PEAK_DBFS).abs() < 0.01, "{}: {peak_dbfs} dBFS", passage.name);
            let mean = samples.iter().sum::<f32>() / samples.len() as f32;
            assert!(mean.abs() < 2e-3, "{}: DC of {mean}", passage.name);
        }
    }

    #[test]
    fn passages_come_in_order_and_join_in_silence() {
        let whole = compose(&speech_like());
        let names: Vec<_> = whole.passages.iter().map(|passage| passage.name).collect();
        assert_eq!(names, ["speech", "drums", "tones"]);
        for passage in &whole.passages {
            let end = passage.start_frame + passage.frames;
            assert!(whole.samples[passage.start_frame].abs() < 1e-3, "{} starts with a click", passage.name);
            assert!(whole.samples[end - 1].abs() < 1e-3, "{} ends with a click", passage.name);
            assert!(whole.samples[end..end + GAP_FRAMES].iter().all(|&sample| sample == 0.0));
        }
    }

    #[test]
    fn the_whole_lasts_eight_to_ten_seconds_with_three_seconds_of_speech() {
        let whole = compose(&vec![0.1; frames(2.97)]);
        let seconds = whole.samples.len() as f32 / SAMPLE_RATE_HZ as f32;
        assert!((8.0..=10.0).contains(&seconds), "{seconds} s");
    }

    #[test]
    fn it_is_the_same_every_time() {
        assert_eq!(compose(&speech_like()).samples, compose(&speech_like()).samples);
    }
}
