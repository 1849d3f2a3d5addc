//! Whether what was recorded of a box is right.
//!
//! Thread: any but audio.

use super::{
    checks::{Expected, HostCheck},
    exact, levels,
    outcome::{Outcome, Verdict},
    peaks,
    recording::{Recording, peak},
    sine,
};

/// A softer input was not played.
const SOUNDS: f32 = 0.01;

/// Compares a recording with what should be heard.
///
/// Thread: any but audio.
pub fn judge(check: &HostCheck, recording: &Recording) -> Outcome {
    let result = recorded(check, recording).and_then(|()| match check.expected {
        Expected::Factors(factors, delay_frames) => exact::compare(recording, factors, delay_frames),
        Expected::Peaks(group) => peaks::compare(recording, group),
        Expected::Levels { stored, encoder_ratio } => {
            levels::compare(recording, &levels::read(stored), encoder_ratio)
        }
        Expected::Sine(hz, level) => sine::compare(recording, hz, level),
        Expected::InTime => Ok("played".to_owned()),
    });
    let late = recording.late + recording.faults;
    let (verdict, text) = match result {
        Ok(text) if late == 0 => (Verdict::Pass, text),
        Ok(text) | Err(text) => (Verdict::Fail, text),
    };
    Outcome::new(check.name, verdict, format!("{text}; {}", counts(recording)))
}

/// Whether anything was recorded that can be compared.
fn recorded(check: &HostCheck, recording: &Recording) -> Result<(), String> {
    let channels = check.outlets.iter().sum::<usize>();
    if recording.played_frames == 0 {
        return Err("the host's audio did not run: choose a device, switch audio on, and test again".into());
    }
    if recording.outputs.len() != channels {
        return Err(format!(
            "{} recordings instead of {channels}: the patch was changed",
            recording.outputs.len()
        ));
    }
    let hears = !check.inlets.is_empty() || check.after.is_some();
    if hears && channels > 0 && peak(&recording.input) < SOUNDS {
        return Err("nothing was played to it: the sound file was not found, or audio was off".into());
    }
    Ok(())
}

/// The latency, and what became of the buffers.
fn counts(recording: &Recording) -> String {
    let Recording { latency_frames, buffers, late, faults, .. } = *recording;
    let mut text = format!(
        "latency {latency_frames} samples ({} at {} Hz), {late} of {buffers} buffers late",
        recording.ms(latency_frames),
        recording.sample_rate_hz
    );
    if faults > 0 {
        text += &format!(", {faults} failed");
    }
    if late > 0 {
        text += ". Cure: close other programs, or give the host real-time priority; on a slow machine use smaller models";
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host_test::{CHECKS, check};
    use nn_engine::noise::noise;

    /// What is recorded of a box that does what it should, as far as that is simple.
    fn right(check: &HostCheck) -> Recording {
        let input = noise(1, 50_000);
        let Expected::Factors(factors, delay) = check.expected else { panic!("{check:?}") };
        let later = |factor: &f32| {
            let late = std::iter::repeat_n(0.0, 4_032 + delay);
            late.chain(input.iter().map(|sample| sample * factor)).take(50_000).collect()
        };
        let outputs = factors.iter().map(later).collect();
        Recording {
            input,
            outputs,
            latency_frames: 4_032,
            sample_rate_hz: 44_100.0,
            played_frames: 50_000,
            buffers: 24,
            late: 0,
            faults: 0,
        }
    }

    #[test]
    fn what_is_right_passes_with_latency_and_counts() {
        let gain = check("gain").expect("a check");
        let outcome = judge(gain, &right(gain));
        assert_eq!(outcome.verdict, Verdict::Pass);
        assert_eq!(
            outcome.text,
            "every sample right, no click, no dropout; latency 4032 samples (91.4 ms at 44100 Hz), 0 of 24 buffers late"
        );
        for check in CHECKS.iter().filter(|check| matches!(check.expected, Expected::Factors(..))) {
            assert_eq!(judge(check, &right(check)).verdict, Verdict::Pass, "{}", check.name);
        }
    }

    #[test]
    fn what_could_not_be_recorded_is_told_with_its_cause() {
        let gain = check("gain").expect("a check");
        let text = |recording: Recording| {
            let outcome = judge(gain, &recording);
            assert_eq!(outcome.verdict, Verdict::Fail);
            outcome.text
        };
        assert!(
            text(Recording { played_frames: 0, ..right(gain) }).starts_with("the host's audio did not run")
        );
        assert!(
            text(Recording { input: vec![0.0; 50_000], ..right(gain) })
                .starts_with("nothing was played to it")
        );
        assert!(text(Recording { outputs: vec![], ..right(gain) }).starts_with("0 recordings instead of 1"));
    }

    #[test]
    fn late_buffers_and_faults_fail_with_a_cure() {
        let encode = check("encode").expect("a check");
        let recording = Recording { outputs: vec![], ..right(check("gain").expect("a check")) };
        assert_eq!(judge(encode, &recording).verdict, Verdict::Pass);
        let late = judge(encode, &Recording { late: 2, ..recording.clone() });
        assert_eq!(late.verdict, Verdict::Fail);
        assert!(late.text.contains("2 of 24 buffers late. Cure: close"), "{}", late.text);
        assert_eq!(judge(encode, &Recording { faults: 1, ..recording }).verdict, Verdict::Fail);
    }
}
