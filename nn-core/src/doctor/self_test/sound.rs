//! What the models hear: plucked tones, the same on every machine.
//!
//! Thread: any but audio.

use std::f64::consts::TAU;

/// The rate of the self-test, that of the codec.
pub const RATE_HZ: u32 = 44_100;
/// As Pure Data's.
pub const BLOCK_FRAMES: usize = 64;
/// Two seconds, in whole blocks.
pub const FRAMES: usize = (2 * RATE_HZ as usize).next_multiple_of(BLOCK_FRAMES);

/// A tone lasts so long.
const TONE_FRAMES: usize = 11_025;
const TONES_HZ: [f64; 4] = [220.0, 329.6, 277.2, 440.0];
/// Sines of different machines differ less than a step.
const STEPS: f64 = 65_536.0;

/// The sound.
pub fn sound() -> Vec<f32> {
    let sample = |n: usize| {
        let (tone, at) = (n / TONE_FRAMES, n % TONE_FRAMES);
        let (hz, s) = (TONES_HZ[tone % TONES_HZ.len()], at as f64 / f64::from(RATE_HZ));
        let wave = (TAU * hz * s).sin() + 0.5 * (TAU * 2.0 * hz * s).sin();
        let level = 0.4 * (-5.0 * s).exp();
        ((level * wave * STEPS).round() / STEPS) as f32
    };
    (0..FRAMES).map(sample).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sounds_all_the_time_and_fits() {
        let sound = sound();
        assert_eq!(sound.len(), 1379 * BLOCK_FRAMES);
        assert!(sound.iter().all(|sample| sample.abs() < 0.7));
        for part in sound.chunks(TONE_FRAMES / 2) {
            assert!(part.iter().any(|sample| sample.abs() > 0.01));
        }
    }
}
