//! A box whose output is its input, louder or softer, so many samples later: every sample is known.
//!
//! Thread: any but audio.

use super::{
    dropouts::Gaps,
    recording::{Recording, peak},
};

/// A sound may jump so much further than it should, and by that factor: fades do.
const CLICK: f32 = 0.005;
const STEEPER: f32 = 1.2;
/// How far it should jump is looked up for so many samples together.
const AROUND: usize = 256;
/// Where the sound is searched for when it is not where it should be.
const FURTHEST: usize = 1 << 16;
/// So many samples are looked for.
const SAMPLES: usize = 256;

/// What is wrong, or what was found.
pub fn compare(recording: &Recording, factors: &[f32], delay_frames: usize) -> Result<String, String> {
    let delay = recording.latency_frames + delay_frames;
    let mut gaps = Gaps::default();
    let (mut wrong, mut compared, mut first) = (0, 0, None);
    for (channel, (heard, &factor)) in recording.outputs.iter().zip(factors).enumerate() {
        // What went in before the recording began is unknown.
        let heard = heard.get(delay..).unwrap_or_default();
        let heard = &heard[..heard.len().min(recording.input.len())];
        let right = |at: usize| recording.input[at] * factor;
        let steps = steepest(&recording.input);
        let jump = |at: usize| match at {
            0 => 0.0,
            _ => {
                let near = (at / AROUND).saturating_sub(1)..=at / AROUND + 1;
                let should = near.filter_map(|at| steps.get(at)).fold(0.0, |most: f32, step| most.max(*step));
                (heard[at] - heard[at - 1]).abs() - should * factor.abs() * STEEPER
            }
        };
        gaps = gaps.and(Gaps::count(heard, CLICK, |at| right(at).abs() > 1e-3, jump));
        let different = (0..heard.len()).filter(|&at| heard[at] != right(at));
        wrong += different.clone().count();
        compared += heard.len();
        if let (None, Some(at)) = (first, different.clone().next()) {
            first = Some((channel, at, heard[at], right(at)));
        }
    }
    let Some((channel, at, is, should)) = first else {
        return match compared {
            0 => Err(format!("the recording is shorter than {delay} samples")),
            _ => Ok(format!("every sample right, {}", gaps.text())),
        };
    };
    let place = found_at(recording, factors)
        .filter(|found| *found != delay)
        .map(|found| format!("; the sound comes {found} samples after the input, and should after {delay}"));
    let channel = if factors.len() > 1 { format!(" of channel {}", channel + 1) } else { String::new() };
    Err(format!(
        "{wrong} of {compared} samples wrong, the first{channel} is {at}: {is}, and should be {should}; {}{}",
        gaps.text(),
        place.unwrap_or_default()
    ))
}

/// The largest step from sample to sample in each stretch.
fn steepest(sound: &[f32]) -> Vec<f32> {
    let steps: Vec<f32> = sound.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
    steps.chunks(AROUND).map(peak).collect()
}

/// How much later the sound is heard in the first channel, if it is.
fn found_at(recording: &Recording, factors: &[f32]) -> Option<usize> {
    let (input, heard, factor) = (&recording.input, recording.outputs.first()?, *factors.first()?);
    let loudest = input.chunks(SAMPLES).enumerate().max_by(|a, b| peak(a.1).total_cmp(&peak(b.1)))?;
    let (from, pattern) = (loudest.0 * SAMPLES, loudest.1);
    (0..FURTHEST).find(|delay| {
        let there = heard.get(from + delay..from + delay + pattern.len());
        there.is_some_and(|there| there.iter().zip(pattern).all(|(heard, input)| *heard == input * factor))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound(frames: usize) -> Vec<f32> {
        (0..frames).map(|n| (n as f32 * 0.01).sin() * (n as f32 * 0.0011).sin() * 0.5).collect()
    }

    /// Recorded through a box that multiplies, later by `latency` and one delay more.
    fn recorded(latency: usize, delay: usize, factors: &[f32]) -> Recording {
        let input = sound(20_000);
        let later = |factor: &f32| {
            let late = std::iter::repeat_n(0.0, latency + delay);
            late.chain(input.iter().map(|sample| sample * factor)).take(20_000).collect()
        };
        let outputs = factors.iter().map(later).collect();
        Recording { input, outputs, latency_frames: latency, ..Recording::default() }
    }

    #[test]
    fn what_comes_when_it_should_is_right() {
        let right = compare(&recorded(4_032, 500, &[1.0, -0.5]), &[1.0, -0.5], 500);
        assert_eq!(right, Ok("every sample right, no click, no dropout".to_owned()));
    }

    #[test]
    fn another_delay_is_found_and_told() {
        let wrong = compare(&recorded(4_096, 0, &[0.5]), &[0.5], 0);
        assert!(wrong.is_ok());
        let late = Recording { latency_frames: 4_032, ..recorded(4_096, 0, &[0.5]) };
        let wrong = compare(&late, &[0.5], 0).expect_err("it is late");
        assert!(
            wrong.contains("the sound comes 4096 samples after the input, and should after 4032"),
            "{wrong}"
        );
    }

    #[test]
    fn a_sample_that_is_wrong_is_told_with_what_it_should_be() {
        let mut recording = recorded(64, 0, &[1.0, 2.0]);
        recording.outputs[1][10_064] += 0.25;
        let wrong = compare(&recording, &[1.0, 2.0], 0).expect_err("one is wrong");
        assert!(wrong.starts_with("1 of 39872 samples wrong, the first of channel 2 is 10000: "), "{wrong}");
        assert!(wrong.ends_with("clicks: 1, no dropout"), "{wrong}");
    }

    #[test]
    fn silence_is_a_dropout() {
        let mut recording = recorded(64, 0, &[1.0]);
        recording.outputs[0][8_000..10_048].fill(0.0);
        let wrong = compare(&recording, &[1.0], 0).expect_err("a buffer is silent");
        assert!(wrong.contains("dropouts: 1 of 2048 samples"), "{wrong}");
    }
}
