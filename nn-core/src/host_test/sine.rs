//! A box that plays a sine without being sent any sound.
//!
//! Thread: any but audio.

use std::f64::consts::TAU;

use super::{
    dropouts::Gaps,
    recording::{Recording, peak},
};

/// Three samples of a sine determine each other; 32-bit numbers leave so much open.
const CLICK: f32 = 2e-6;
/// The level may be so much less: samples need not fall onto the crest.
const LEVEL: f64 = 0.99;

/// What is wrong, or what was found.
pub fn compare(recording: &Recording, hz: f64, level: f64) -> Result<String, String> {
    let heard = recording.outputs.first().map(Vec::as_slice).unwrap_or_default();
    let turn = 2.0 * (TAU * hz / recording.sample_rate_hz).cos();
    let bend = |at: usize| match at {
        0 | 1 => 0.0,
        _ => {
            let [a, b, c] = [at - 2, at - 1, at].map(|at| f64::from(heard[at]));
            (a + c - turn * b).abs() as f32
        }
    };
    let gaps = Gaps::count(heard, CLICK, |_| true, bend);
    let loudest = f64::from(peak(heard));
    if loudest < level * LEVEL || loudest > level * 1.001 {
        return Err(format!("its level is {loudest:.3} and should be {level}; {}", gaps.text()));
    }
    let text = format!("a sine of {hz} Hz, {}", gaps.text());
    if gaps.none() { Ok(text) } else { Err(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recorded(hz: f64, level: f64) -> Recording {
        let sample = |n: u32| (level * (TAU * hz * f64::from(n) / 48_000.0 + 0.3).sin()) as f32;
        let outputs = vec![(0..48_000).map(sample).collect()];
        Recording { outputs, sample_rate_hz: 48_000.0, ..Recording::default() }
    }

    #[test]
    fn a_sine_of_that_pitch_and_level_is_right() {
        assert_eq!(
            compare(&recorded(440.0, 0.5), 440.0, 0.5),
            Ok("a sine of 440 Hz, no click, no dropout".into())
        );
        assert!(compare(&recorded(441.0, 0.5), 440.0, 0.5).is_err());
        assert!(compare(&recorded(440.0, 0.4), 440.0, 0.5).is_err_and(|why| why.contains("level is 0.400")));
        assert!(compare(&Recording::default(), 440.0, 0.5).is_err());
    }

    #[test]
    fn what_is_missing_of_it_is_heard() {
        let mut recording = recorded(440.0, 0.5);
        recording.outputs[0].drain(20_000..20_064);
        assert_eq!(compare(&recording, 440.0, 0.5), Err("a sine of 440 Hz, clicks: 1, no dropout".into()));
        recording.outputs[0][30_000..32_048].fill(0.0);
        assert!(compare(&recording, 440.0, 0.5).is_err_and(|why| why.contains("dropouts: 1 of 2048")));
    }
}
