//! How loud sound is.

use ebur128::{EbuR128, Mode};

/// Peak and loudness of sound that goes by.
#[derive(Debug)]
pub struct Levels {
    /// None where the standard knows no such sound.
    loudness: Option<EbuR128>,
    peak: f32,
    clipped: u64,
}

impl Levels {
    /// Of so many channels.
    pub fn new(channels: usize, sample_rate_hz: u32) -> Self {
        let loudness = u32::try_from(channels)
            .ok()
            .and_then(|channels| EbuR128::new(channels, sample_rate_hz, Mode::I).ok());
        Self { loudness, peak: 0.0, clipped: 0 }
    }

    /// Looks at frames: a signal for each channel, all of one length.
    pub fn add(&mut self, channels: &[&[f32]]) {
        for sample in channels.iter().copied().flatten() {
            self.peak = self.peak.max(sample.abs());
            self.clipped += u64::from(sample.abs() > 1.0);
        }
        if let Some(loudness) = &mut self.loudness
            && loudness.add_frames_planar_f32(channels).is_err()
        {
            self.loudness = None;
        }
    }

    /// The largest sample in dB of full scale; `None` for silence.
    pub fn peak_dbfs(&self) -> Option<f64> {
        decibels(f64::from(self.peak))
    }

    /// Samples beyond full scale, which whole numbers cannot hold.
    pub fn clipped(&self) -> u64 {
        self.clipped
    }

    /// Integrated loudness after EBU R 128, in LUFS; `None` for what is too short or too quiet to have one.
    pub fn loudness_lufs(&self) -> Option<f64> {
        self.loudness.as_ref()?.loudness_global().ok().filter(|lufs| lufs.is_finite())
    }
}

/// An amplitude in dB; `None` for none.
pub fn decibels(amplitude: f64) -> Option<f64> {
    (amplitude > 0.0).then(|| 20.0 * amplitude.log10())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_tone_of_the_standard_has_its_loudness() {
        // EBU Tech 3341, test 1: a stereo sine of 1 kHz at -23 dBFS is -23 LUFS.
        let sine = |n: usize| 10_f32.powf(-23.0 / 20.0) * (n as f32 * std::f32::consts::TAU / 48.0).sin();
        let tone: Vec<f32> = (0..48_000 * 4).map(sine).collect();
        let mut levels = Levels::new(2, 48_000);
        for block in tone.chunks(1_000) {
            levels.add(&[block, block]);
        }
        let lufs = levels.loudness_lufs().expect("long enough");
        assert!((lufs + 23.0).abs() < 0.1, "{lufs}");
        let peak = levels.peak_dbfs().expect("sound");
        assert!((peak + 23.0).abs() < 0.01 && levels.clipped() == 0, "{peak}");
    }

    #[test]
    fn silence_has_no_level_and_what_is_beyond_full_scale_is_counted() {
        let mut levels = Levels::new(1, 44_100);
        levels.add(&[&[0.0; 100]]);
        assert_eq!((levels.peak_dbfs(), levels.loudness_lufs()), (None, None));
        levels.add(&[&[1.0, -1.5, 2.0]]);
        assert_eq!(levels.clipped(), 2);
    }
}
