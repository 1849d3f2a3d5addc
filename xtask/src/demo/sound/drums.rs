//! Two bars of kick, snare and hi-hat.

use super::noise::Noise;
use super::rate::{SAMPLE_RATE_HZ, frames};
use std::f32::consts::TAU;

/// Sixteenth notes at 160 beats a minute.
const STEP_SECONDS: f32 = 60.0 / 160.0 / 4.0;

/// One character a sixteenth: `X` loud, `x` soft, `.` rest.
const KICK: &str = "X..x..X...X..x..X..x..X...X.x...";
const SNARE: &str = "....X..x.x..X.......X..x.x..X.xX";
const HAT: &str = "X.x.X.xxX.x.X.x.X.x.X.xxX.x.Xxxx";

/// The pattern once, with room for the last hit to ring, mono.
pub fn two_bars() -> Vec<f32> {
    let mut bars = vec![0.0; frames(STEP_SECONDS * KICK.len() as f32 + 0.15)];
    for (pattern, hit, level) in [(KICK, kick(), 0.95), (SNARE, snare(), 0.6), (HAT, hat(), 0.22)] {
        for (step, symbol) in pattern.chars().enumerate() {
            let level = match symbol {
                'X' => level,
                'x' => level * 0.45,
                _ => continue,
            };
            let start = frames(STEP_SECONDS * step as f32);
            for (sum, sample) in bars[start..].iter_mut().zip(&hit) {
                *sum += level * sample;
            }
        }
    }
    // A soft ceiling glues the hits together as a drum bus does.
    bars.iter_mut().for_each(|sample| *sample = (1.3 * *sample).tanh());
    bars
}

/// A sine falling from 190 Hz to 47 Hz, with a little click at its start.
fn kick() -> Vec<f32> {
    let mut phase = 0.0_f32;
    let mut noise = Noise::new(11);
    (0..frames(0.32))
        .map(|frame| {
            let t = seconds(frame);
            phase += TAU * (47.0 + 143.0 * (-t / 0.028).exp()) / SAMPLE_RATE_HZ as f32;
            let click = noise.next_sample() * (-t / 0.0025).exp() * 0.25;
            attack(t, 0.001) * (phase.sin() * (-t / 0.11).exp() + click) * release(t, 0.32)
        })
        .collect()
}

/// Two tones of the skin and the noise of the wires.
fn snare() -> Vec<f32> {
    let mut noise = Noise::new(23);
    let mut last = 0.0;
    (0..frames(0.22))
        .map(|frame| {
            let t = seconds(frame);
            let white = noise.next_sample();
            let wires = white - 0.75 * last;
            last = white;
            let skin = (TAU * 186.0 * t).sin() + 0.6 * (TAU * 331.0 * t).sin();
            attack(t, 0.0008)
                * (0.75 * skin * (-t / 0.045).exp() + 0.65 * wires * (-t / 0.075).exp())
                * release(t, 0.22)
        })
        .collect()
}

/// Noise above about 8 kHz with a metallic shimmer.
fn hat() -> Vec<f32> {
    let mut noise = Noise::new(37);
    let (mut first, mut second) = (0.0, 0.0);
    (0..frames(0.09))
        .map(|frame| {
            let t = seconds(frame);
            let metal: f32 =
                [5_163.0, 6_871.0, 8_297.0, 9_941.0].iter().map(|hz| (TAU * hz * t).sin().signum()).sum();
            let bright = noise.next_sample() + 0.15 * metal;
            // Two differences in a row: a 12 dB/octave tilt towards the top.
            let once = bright - first;
            let twice = once - second;
            (first, second) = (bright, once);
            attack(t, 0.0005) * 0.5 * twice * (-t / 0.022).exp() * release(t, 0.09)
        })
        .collect()
}

fn seconds(frame: usize) -> f32 {
    frame as f32 / SAMPLE_RATE_HZ as f32
}

fn attack(t: f32, seconds: f32) -> f32 {
    (t / seconds).min(1.0)
}

/// The last 10 ms of a hit fade out.
fn release(t: f32, length_seconds: f32) -> f32 {
    ((length_seconds - t) / 0.01).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_have_two_bars_of_sixteenths() {
        for pattern in [KICK, SNARE, HAT] {
            assert_eq!(pattern.len(), 32);
            assert!(pattern.chars().all(|symbol| "Xx.".contains(symbol)));
        }
    }

    #[test]
    fn hits_start_and_end_in_silence() {
        for hit in [kick(), snare(), hat()] {
            assert_eq!(hit[0], 0.0);
            assert!(hit.last().unwrap().abs() < 1e-3);
            assert!(hit.iter().all(|sample| sample.is_finite()));
        }
    }

    #[test]
    fn the_kick_lies_low_and_the_hat_lies_high() {
        let crossings = |hit: &[f32]| {
            let count = hit.windows(2).filter(|pair| (pair[0] < 0.0) != (pair[1] < 0.0)).count();
            count as f32 / seconds(hit.len())
        };
        assert!(crossings(&kick()[frames(0.05)..]) < 200.0);
        assert!(crossings(&hat()) > 10_000.0);
    }
}
