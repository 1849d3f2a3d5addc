//! An arpeggio, the chord it spells, and a glide over three octaves.

use super::rate::{SAMPLE_RATE_HZ, frames};
use std::f32::consts::TAU;

/// A minor with its ninth and seventh, upwards and back, in MIDI note numbers.
const ARPEGGIO: [u8; 8] = [57, 60, 64, 67, 71, 67, 64, 60];
const CHORD: [u8; 5] = [45, 57, 60, 64, 71];
const NOTE_SECONDS: f32 = 0.13;
const CHORD_SECONDS: f32 = 1.0;
const GLIDE_SECONDS: f32 = 1.0;

/// The three in a row, slightly overlapping, mono.
pub fn arpeggio_and_glide() -> Vec<f32> {
    let chord_at = NOTE_SECONDS * ARPEGGIO.len() as f32;
    let glide_at = chord_at + CHORD_SECONDS;
    let mut mix = vec![0.0; frames(glide_at + GLIDE_SECONDS)];
    for (index, note) in ARPEGGIO.into_iter().enumerate() {
        add(&mut mix, NOTE_SECONDS * index as f32, 0.5, &bell(note, 0.35));
    }
    for note in CHORD {
        add(&mut mix, chord_at, 0.3, &bell(note, CHORD_SECONDS));
    }
    add(&mut mix, glide_at, 0.4, &glide());
    mix
}

fn add(mix: &mut [f32], start_seconds: f32, gain: f32, part: &[f32]) {
    for (sum, sample) in mix[frames(start_seconds)..].iter_mut().zip(part) {
        *sum += gain * sample;
    }
}

/// An electric piano: two sines, one bending the phase of the other, duller as it decays.
fn bell(midi_note: u8, length_seconds: f32) -> Vec<f32> {
    let hz = 440.0 * 2.0_f32.powf((f32::from(midi_note) - 69.0) / 12.0);
    (0..frames(length_seconds))
        .map(|frame| {
            let t = frame as f32 / SAMPLE_RATE_HZ as f32;
            let bend = 1.8 * (-t / 0.25).exp() * (TAU * 2.0 * hz * t).sin();
            let tine = 0.25 * (-t / 0.06).exp() * (TAU * 7.0 * hz * t).sin();
            let body = (TAU * hz * t + bend).sin() + tine;
            body * (-t / 0.55).exp() * ends(t, 0.004, 0.03, length_seconds)
        })
        .collect()
}

/// A bright tone of eighteen partials rising from 110 Hz to 880 Hz, with vibrato.
fn glide() -> Vec<f32> {
    let mut phase = 0.0_f32;
    (0..frames(GLIDE_SECONDS))
        .map(|frame| {
            let t = frame as f32 / SAMPLE_RATE_HZ as f32;
            let octaves = 3.0 * (0.5 - 0.5 * (std::f32::consts::PI * t / GLIDE_SECONDS).cos());
            let hz = 110.0 * 2.0_f32.powf(octaves) * (1.0 + 0.012 * (TAU * 6.0 * t).sin());
            phase = (phase + hz / SAMPLE_RATE_HZ as f32).fract();
            // Partials fade towards 16 kHz, so that none folds back.
            let tone: f32 = (1..=18)
                .map(|partial| {
                    let room = ((16_000.0 - hz * partial as f32) / 4_000.0).clamp(0.0, 1.0);
                    room * (TAU * phase * partial as f32).sin() / (partial as f32).powf(1.2)
                })
                .sum();
            tone * ends(t, 0.02, 0.08, GLIDE_SECONDS)
        })
        .collect()
}

/// Straight fades at both ends of a note.
fn ends(t: f32, attack_seconds: f32, release_seconds: f32, length_seconds: f32) -> f32 {
    (t / attack_seconds).min(1.0) * ((length_seconds - t) / release_seconds).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bell_sounds_at_its_pitch() {
        let note = bell(69, 0.5);
        let period = SAMPLE_RATE_HZ as f32 / 440.0;
        let tail = &note[frames(0.2)..];
        let agreement = |lag: usize| -> f32 { tail.iter().zip(&tail[lag..]).map(|(a, b)| a * b).sum() };
        assert!(agreement(period.round() as usize) > 4.0 * agreement((period * 0.75).round() as usize).abs());
    }

    #[test]
    fn nothing_jumps_between_two_samples() {
        let mix = arpeggio_and_glide();
        let peak = mix.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
        let jump = mix.windows(2).fold(0.0_f32, |jump, pair| jump.max((pair[1] - pair[0]).abs()));
        assert!(jump < 0.6 * peak, "a step of {jump} at a peak of {peak}");
    }
}
