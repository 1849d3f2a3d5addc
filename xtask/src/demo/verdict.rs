//! What was measured in the demo, and whether it is good enough.

use super::answers::Answers;
use super::delay::{self, Delay, Difference};
use super::sound::SAMPLE_RATE_HZ;
use super::wav::Sound;
use super::words::Words;
use nn_pictures::spectrogram::log_mel_correlation;

/// The trained model must keep this much of the log-mel spectrogram.
pub const LEAST_CORRELATION: f64 = 0.8;
/// Quieter than this counts as silence: -80 dBFS.
const SILENCE: f32 = 1e-4;
/// Latency and delay of a model together are searched up to this.
const LONGEST_DELAY_FRAMES: usize = super::patch::TAIL_FRAMES - 1;

/// One run of a host with one model.
#[derive(Debug, Clone)]
pub struct Take {
    /// What the input table held, as it was played.
    pub dry: Vec<f32>,
    /// What came out of the box, on the same time base.
    pub wet: Vec<f32>,
    /// What the box said.
    pub answers: Answers,
    /// The whole process, from start to end.
    pub wall_s: f64,
    /// What the console complained about.
    pub complaints: Vec<String>,
}

impl Take {
    /// Takes a two-channel recording apart.
    pub fn new(recording: Sound, answers: Answers, wall_s: f64, complaints: Vec<String>) -> Self {
        let mut channels = recording.channels.into_iter();
        let (dry, wet) = (channels.next().unwrap_or_default(), channels.next().unwrap_or_default());
        Self { dry, wet, answers, wall_s, complaints }
    }

    /// Loudest output sample.
    pub fn peak(&self) -> f32 {
        self.wet.iter().fold(0.0, |peak, sample| peak.max(sample.abs()))
    }

    /// By how much the output lags behind the input. Where envelopes only tell roughly, the delay at which all mel
    /// bands agree best is taken, near by.
    pub fn delay(&self, input_frames: usize) -> Delay {
        let rough = delay::measure(&self.dry, &self.wet, LONGEST_DELAY_FRAMES, SAMPLE_RATE_HZ);
        if rough.by == delay::Method::Waveform || rough.correlation == 0.0 {
            return rough;
        }
        // Steps counted from what the box reports, so that the model's own delay is a multiple of one.
        let reported = self.answers.latency_samples as i64;
        let step = |frames: i64| reported + (frames - reported) / BAND_STEP_FRAMES * BAND_STEP_FRAMES;
        let near = step(rough.frames - NEAR_FRAMES)..=rough.frames + NEAR_FRAMES;
        near.step_by(BAND_STEP_FRAMES as usize)
            .map(|frames| {
                let correlation = self.correlation(frames, input_frames) as f32;
                Delay { frames, correlation, by: delay::Method::Bands }
            })
            .max_by(|a, b| a.correlation.total_cmp(&b.correlation))
            .unwrap_or(rough)
    }

    /// Log-mel correlation of input and output, the output moved forward by `delay_frames`.
    pub fn correlation(&self, delay_frames: i64, input_frames: usize) -> f64 {
        let moved = &self.wet[(delay_frames.max(0) as usize).min(self.wet.len())..];
        let frames = input_frames.min(moved.len()).min(self.dry.len());
        log_mel_correlation(&self.dry[..frames], &moved[..frames], SAMPLE_RATE_HZ)
    }
}

/// How finely, and how far around the envelopes' guess, the agreement of mel bands is searched.
const BAND_STEP_FRAMES: i64 = 64;
const NEAR_FRAMES: i64 = 512;

/// All runs and what they say together.
#[derive(Debug, Clone)]
pub struct Measured {
    /// The trained model: in Pure Data by the wall clock.
    pub first: Take,
    /// The trained model once more: in Pure Data as fast as possible.
    pub second: Take,
    /// The same network without training, as fast as possible.
    pub untrained: Take,
    /// Input to output in the first run.
    pub delay_first: Delay,
    /// Input to output in the second.
    pub delay_second: Delay,
    /// The first run against the second.
    pub difference: Difference,
    /// Log-mel correlations, in the order of the takes above.
    pub correlations: [f64; 3],
}

impl Measured {
    /// Compares the three takes. `input` is what was to be played.
    pub fn new(input: &[f32], first: Take, second: Take, untrained: Take) -> Self {
        let (delay_first, delay_second) = (first.delay(input.len()), second.delay(input.len()));
        // The untrained network has the same layers and so the same delay, but its output is too far from the
        // input to show it.
        let correlations = [
            first.correlation(delay_first.frames, input.len()),
            second.correlation(delay_second.frames, input.len()),
            untrained.correlation(delay_second.frames, input.len()),
        ];
        let difference = delay::difference(&first.wet, &second.wet, LONGEST_DELAY_FRAMES);
        Self { first, second, untrained, delay_first, delay_second, difference, correlations }
    }

    /// What is not as it must be, one clear line each; nothing when the demo has succeeded.
    pub fn failures(&self, input: &[f32], words: &Words) -> Vec<String> {
        let mut failures = Vec::new();
        let takes = [&self.first, &self.second, &self.untrained];
        for (name, take) in words.takes.into_iter().zip(takes) {
            if take.wet.len() < input.len() {
                failures.push(format!(
                    "{name}: only {} of {} frames were recorded",
                    take.wet.len(),
                    input.len()
                ));
            } else if take.dry[..input.len()] != *input {
                failures.push(format!("{name}: the input was not played as it is"));
            }
            if take.peak() < SILENCE {
                failures.push(format!("{name}: the output is silent (peak {:e})", take.peak()));
            }
            if take.wet.iter().any(|sample| !sample.is_finite()) {
                failures.push(format!("{name}: the output has values that are not numbers"));
            }
            if take.answers.blocks == 0 {
                failures.push(format!("{name}: the model has computed no block"));
            }
        }
        for ((name, take), waits) in words.takes.into_iter().zip(takes).zip(words.wait) {
            if waits && take.answers.late > 0 {
                failures.push(format!("{name}: {} late blocks, though the box waits", take.answers.late));
            }
        }
        if self.correlations[1] < LEAST_CORRELATION {
            failures.push(format!(
                "log-mel correlation of input and output is {:.3}, less than {LEAST_CORRELATION}",
                self.correlations[1]
            ));
        }
        // Without this the measure itself would prove nothing. A NaN (an output without any shape) fails nothing.
        if self.correlations[2] >= LEAST_CORRELATION {
            failures.push(format!(
                "the untrained control reaches a log-mel correlation of {:.3} too: the measure tells nothing",
                self.correlations[2]
            ));
        }
        if self.first.answers.late == 0 && self.difference.unequal > 0 {
            let [first, second, _] = words.takes;
            failures.push(format!(
                "{first} and {second} differ in {} of {} samples, by up to {:e}",
                self.difference.unequal, self.difference.frames, self.difference.largest
            ));
        }
        failures
    }
}

#[cfg(test)]
mod tests {
    use super::super::sound::Noise;
    use super::super::words::{PURE_DATA, SUPERCOLLIDER};
    use super::*;

    fn answers(late: u64) -> Answers {
        Answers {
            latency_samples: 2_000,
            latency_ms: 45.35,
            blocks: 100,
            late,
            mean_ms: 2.0,
            worst_ms: 3.0,
            real_time_factor: 0.05,
            memory_mb: Some(10.0),
            elapsed_ms: 1_000.0,
        }
    }

    /// Bursts of noise, then the tail that the patch records.
    fn input() -> Vec<f32> {
        let mut noise = Noise::new(9);
        (0..60_000)
            .map(|frame| {
                noise.next_sample() * if (frame / 4_000_usize).is_multiple_of(3) { 0.7 } else { 0.02 }
            })
            .collect()
    }

    fn take(late: u64, change: impl Fn(f32) -> f32) -> Take {
        let mut dry = input();
        dry.resize(dry.len() + 44_100, 0.0);
        let mut wet = vec![0.0; 2_000];
        wet.extend(dry[..dry.len() - 2_000].iter().map(|&sample| change(sample)));
        let recording = Sound { sample_rate_hz: 44_100, channels: vec![dry, wet] };
        Take::new(recording, answers(late), 1.0, Vec::new())
    }

    /// What a network without training gives: steady noise, whatever comes in.
    fn control() -> Take {
        let mut control = take(0, |x| x);
        let mut noise = Noise::new(4);
        control.wet.iter_mut().for_each(|sample| *sample = 0.3 * noise.next_sample());
        control
    }

    #[test]
    fn a_box_that_only_delays_passes_with_full_correlation() {
        let measured = Measured::new(&input(), take(0, |x| x), take(0, |x| x), control());
        assert_eq!(measured.failures(&input(), &PURE_DATA), Vec::<String>::new());
        assert_eq!(measured.delay_second.frames, 2_000);
        assert!(measured.correlations[1] > 0.9999);
    }

    #[test]
    fn silence_is_a_failure() {
        let measured = Measured::new(&input(), take(0, |_| 0.0), take(0, |_| 0.0), take(0, |x| x));
        let failures = measured.failures(&input(), &PURE_DATA).join("\n");
        assert!(failures.contains("batch: the output is silent"), "{failures}");
        assert!(failures.contains("log-mel correlation"), "{failures}");
    }

    #[test]
    fn late_blocks_are_a_failure_in_batch_and_only_reported_in_real_time() {
        let measured = Measured::new(&input(), take(3, |x| x), take(0, |x| x), control());
        assert_eq!(measured.failures(&input(), &PURE_DATA).len(), 0);
        let measured = Measured::new(&input(), take(0, |x| x), take(3, |x| x), control());
        assert!(measured.failures(&input(), &PURE_DATA)[0].contains("3 late blocks"));
        let measured = Measured::new(&input(), take(3, |x| x), take(0, |x| x), control());
        let failures = measured.failures(&input(), &SUPERCOLLIDER);
        assert!(failures[0].starts_with("scsynth: 3 late blocks"), "{failures:?}");
    }

    #[test]
    fn outputs_that_differ_without_a_late_block_are_a_failure() {
        let measured = Measured::new(&input(), take(0, |x| x), take(0, |x| x * 1.001), control());
        assert!(
            measured.failures(&input(), &PURE_DATA)[0].contains("differ in"),
            "{:?}",
            measured.failures(&input(), &PURE_DATA)
        );
    }

    #[test]
    fn an_input_that_was_not_played_as_it_is_is_a_failure() {
        let mut other = input();
        other[100] += 0.1;
        let measured = Measured::new(&other, take(0, |x| x), take(0, |x| x), control());
        assert_eq!(measured.failures(&other, &PURE_DATA).len(), 3);
    }

    #[test]
    fn a_control_that_does_as_well_is_a_failure() {
        let measured = Measured::new(&input(), take(0, |x| x), take(0, |x| x), take(0, |x| x));
        assert!(measured.failures(&input(), &PURE_DATA)[0].contains("the measure tells nothing"));
    }
}
