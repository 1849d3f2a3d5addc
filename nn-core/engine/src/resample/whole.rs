//! Whole sounds from one rate to another, without delay.

use super::{filter::Filter, plan::Rates};
use nn_model::{ratio::gcd, value::SoundBuffer};

/// The same sound at another rate, as long in time; the filter is that of boxes. A sound without a rate, or of one that is
/// too far away, stays as it is.
///
/// Thread: any but audio.
pub fn at_rate(sound: SoundBuffer, rate_hz: u32) -> SoundBuffer {
    let Some(rates) = Rates::new(rate_hz, sound.sample_rate_hz) else { return sound };
    let frames = sound.samples.len().checked_div(sound.channels).unwrap_or(0);
    if frames == 0 {
        return SoundBuffer { sample_rate_hz: rate_hz, ..sound };
    }
    let divisor = gcd(rate_hz as usize, sound.sample_rate_hz as usize).max(1);
    let (up, down) = (rate_hz as usize / divisor, sound.sample_rate_hz as usize / divisor);
    let filter = Filter::new(up, down);
    let wanted = rates.host_frames(frames);
    let before = filter.taps() / 2 - 1;
    let mut samples = Vec::with_capacity(wanted * sound.channels);
    let mut padded = Vec::with_capacity(frames + 2 * filter.taps());
    for channel in sound.samples.chunks_exact(frames) {
        padded.clear();
        padded.resize(before, 0.0);
        padded.extend_from_slice(channel);
        // The last value lies half a sample after the end at most.
        padded.resize(before + frames + filter.taps() + 1, 0.0);
        samples.extend((0..wanted).map(|at| {
            let place = at as u64 * down as u64;
            let (from, phase) = ((place / up as u64) as usize, (place % up as u64) as usize);
            filter.value(&padded[from..from + filter.taps()], phase)
        }));
    }
    SoundBuffer { channels: sound.channels, samples, sample_rate_hz: rate_hz }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sine(hz: f64, rate_hz: u32, frames: usize) -> Vec<f32> {
        let turn = std::f64::consts::TAU * hz / f64::from(rate_hz);
        (0..frames).map(|at| (turn * at as f64).sin() as f32).collect()
    }

    #[test]
    fn a_sine_is_the_same_sine_at_another_rate_in_each_channel() {
        for (from, to) in
            [(44_100, 48_000), (48_000, 44_100), (22_050, 96_000), (96_000, 22_050), (44_101, 48_000)]
        {
            let frames = from as usize / 4;
            let samples = [sine(997.0, from, frames), sine(4_000.0, from, frames)].concat();
            let sound = at_rate(SoundBuffer { channels: 2, samples, sample_rate_hz: from }, to);
            let wanted = (frames as f64 * f64::from(to) / f64::from(from)).round() as usize;
            assert_eq!((sound.samples.len(), sound.sample_rate_hz), (2 * wanted, to));
            // Ends are cut off, not faded.
            let margin = 400;
            for (channel, hz) in sound.samples.chunks_exact(wanted).zip([997.0, 4_000.0]) {
                let expected = sine(hz, to, wanted);
                let worst = (margin..wanted - margin)
                    .map(|at| (channel[at] - expected[at]).abs())
                    .fold(0.0, f32::max);
                assert!(worst < 2e-4, "{from} to {to}, {hz} Hz: {worst}");
            }
        }
    }

    #[test]
    fn what_has_the_rate_already_or_none_stays_as_it_is() {
        for (from, to) in [(48_000, 48_000), (0, 48_000), (1, 48_000)] {
            let sound = SoundBuffer { channels: 1, samples: vec![0.5; 9], sample_rate_hz: from };
            assert_eq!(at_rate(sound.clone(), to), sound);
        }
    }
}
