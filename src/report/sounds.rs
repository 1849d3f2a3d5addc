//! The sounds that methods are given: the same for every model, so that reports can be compared.

use std::f32::consts::TAU;

use nn_core::engine::noise::noise;

/// Of all of them.
pub const RATE_HZ: u32 = 44_100;
/// A sentence by a synthetic voice, which the help patches play too.
const SPEECH: &[u8] = include_bytes!("../../help/sounds/speech.wav");
/// The length of those that are made here.
const SECONDS: f32 = 3.0;
/// How loud those are at most.
const LEVEL: f32 = 0.5;

/// One sound of one channel.
#[derive(Debug)]
pub struct TestSound {
    /// The name of its file, without an ending.
    pub name: &'static str,
    /// For people.
    pub title: &'static str,
    /// What it is and what it is good for.
    pub what: &'static str,
    /// At [`RATE_HZ`].
    pub samples: Vec<f32>,
}

/// All of them.
pub fn all() -> Vec<TestSound> {
    vec![
        TestSound {
            name: "speech",
            title: "Speech",
            what: "one sentence by a synthetic voice: vowels, consonants and pauses",
            samples: speech(),
        },
        TestSound {
            name: "plucks",
            title: "Plucked strings",
            what: "notes from low to high, each with a sharp beginning and a long end, then a chord",
            samples: plucks(),
        },
        TestSound {
            name: "sweep",
            title: "Sweep",
            what: "a sine from 55 Hz to 14 kHz: which frequencies come through, and what is added to them",
            samples: sweep(),
        },
        TestSound {
            name: "bursts",
            title: "Clicks and noise",
            what: "four clicks, then four bursts of noise, each half as loud as the one before: timing and level",
            samples: bursts(),
        },
    ]
}

fn frames(seconds: f32) -> usize {
    (seconds * RATE_HZ as f32) as usize
}

fn speech() -> Vec<f32> {
    let reader = hound::WavReader::new(SPEECH);
    let samples =
        reader.map(|reader| reader.into_samples::<i16>().filter_map(Result::ok).collect::<Vec<_>>());
    samples.unwrap_or_default().into_iter().map(|sample| f32::from(sample) / 32_768.0).collect()
}

/// Strings after Karplus and Strong: noise that goes round in a line as long as a period, a little duller each time.
fn plucks() -> Vec<f32> {
    let mut sound = vec![0.0; frames(SECONDS)];
    let notes = [(0.0, 110.0), (0.4, 164.8), (0.8, 220.0), (1.2, 329.6), (1.6, 440.0)];
    let chord = [(2.0, 110.0), (2.0, 138.6), (2.0, 164.8)];
    for (number, (at_s, hz)) in notes.into_iter().chain(chord).enumerate() {
        let mut string = noise(number as u64 + 1, (RATE_HZ as f32 / hz) as usize);
        let begin = frames(at_s);
        let length = string.len();
        for (n, sample) in sound[begin..].iter_mut().enumerate() {
            let (at, next) = (n % length, (n + 1) % length);
            *sample += string[at];
            string[at] = 0.498 * (string[at] + string[next]);
        }
    }
    fade(&mut sound, frames(0.15));
    to_level(&mut sound);
    sound
}

/// Each octave takes the same time.
fn sweep() -> Vec<f32> {
    const FROM_HZ: f32 = 55.0;
    const TO_HZ: f32 = 14_000.0;
    let mut phase = 0.0_f32;
    let length = frames(SECONDS - 0.2);
    let step = |n: usize| FROM_HZ * (TO_HZ / FROM_HZ).powf(n as f32 / length as f32) / RATE_HZ as f32;
    let mut sound: Vec<f32> = (0..length)
        .map(|n| {
            phase = (phase + step(n)).fract();
            LEVEL * (phase * TAU).sin()
        })
        .collect();
    fade(&mut sound, frames(0.05));
    sound.resize(frames(SECONDS), 0.0);
    sound
}

fn bursts() -> Vec<f32> {
    let mut sound = vec![0.0; frames(SECONDS)];
    let white = noise(9, frames(0.1));
    let mut level = LEVEL * 1.8;
    for number in 0..4 {
        let at_s = 0.25 + 0.3 * number as f32;
        sound[frames(at_s)] = level;
        let begin = frames(at_s + 1.25);
        for (sample, noise) in sound[begin..].iter_mut().zip(&white) {
            *sample = 0.6 * level * noise;
        }
        level *= 0.5;
    }
    sound
}

/// Falls to silence at the end.
fn fade(sound: &mut [f32], length: usize) {
    let last = sound.iter_mut().rev().take(length).enumerate();
    last.for_each(|(n, sample)| *sample *= n as f32 / length as f32);
}

fn to_level(sound: &mut [f32]) {
    let peak = sound.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    sound.iter_mut().for_each(|sample| *sample *= LEVEL / peak.max(1e-9));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sounds_last_three_seconds_sound_and_do_not_clip() {
        let all = all();
        assert_eq!(all.len(), 4);
        for TestSound { name, samples, .. } in &all {
            let seconds = samples.len() as f32 / RATE_HZ as f32;
            assert!((2.9..=3.0).contains(&seconds), "{name}: {seconds} s");
            let peak = samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
            assert!((0.3..=0.99).contains(&peak), "{name}: {peak}");
            assert!(samples[samples.len() - 8..].iter().all(|sample| sample.abs() < 0.01), "{name} is cut");
        }
    }

    #[test]
    fn they_are_the_same_every_time() {
        for (one, two) in all().iter().zip(all()) {
            assert!(one.samples == two.samples, "{}", one.name);
        }
    }

    #[test]
    fn the_sweep_passes_a_kilohertz_where_its_octaves_say() {
        let sound = sweep();
        // log2(1000 / 55) of log2(14000 / 55) octaves.
        let at = (frames(SECONDS - 0.2) as f32 * (1000.0_f32 / 55.0).log2() / (14_000.0_f32 / 55.0).log2())
            as usize;
        let part = &sound[at - 441..at + 441];
        let crossings = part.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
        assert!((19..=21).contains(&crossings), "{crossings} periods in 20 ms");
    }
}
