//! How far two sound files are apart.

use std::path::Path;

use super::{fault::SoundFault, levels::decibels, read::SoundReader};

/// Frames that are read at a time.
const PIECE_FRAMES: usize = 4096;

/// How one file differs from another, over the length of the shorter one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Level of the other file above the difference, in dB; `None` where there is no difference, or no sound.
    pub snr_db: Option<f64>,
    /// The largest difference between two samples.
    pub largest: f64,
    /// Frames that were compared.
    pub frames: u64,
    /// How many frames the first file has more than the other.
    pub longer_by: i64,
}

impl Difference {
    /// Whether every sample is the same, and their number too.
    pub fn is_none(&self) -> bool {
        self.largest == 0.0 && self.longer_by == 0
    }
}

/// Compares a file with another, which is taken to be right.
pub fn difference(
    ours: &mut SoundReader,
    other: &mut SoundReader,
    path: &Path,
) -> Result<Difference, SoundFault> {
    if (ours.sample_rate_hz, ours.channels) != (other.sample_rate_hz, other.channels) {
        return Err(SoundFault::NotThisFormat(format!(
            "{} has {} channels at {} Hz and the rendering {} at {} Hz: only what is alike can be compared",
            path.display(),
            other.channels,
            other.sample_rate_hz,
            ours.channels,
            ours.sample_rate_hz
        )));
    }
    let piece = || vec![vec![0.0; PIECE_FRAMES]; ours.channels];
    let (mut one, mut two) = (piece(), piece());
    let (mut signal, mut error, mut largest) = (0.0, 0.0, 0.0_f64);
    let (mut compared, mut longer_by) = (0, 0);
    loop {
        let frames = [ours.read(&mut one)?, other.read(&mut two)?];
        let both = frames[0].min(frames[1]);
        for (one, two) in one.iter().zip(&two) {
            for (one, two) in one[..both].iter().zip(&two[..both]) {
                let (two, apart) = (f64::from(*two), f64::from(*one) - f64::from(*two));
                signal += two * two;
                error += apart * apart;
                largest = largest.max(apart.abs());
            }
        }
        compared += both as u64;
        longer_by += frames[0] as i64 - frames[1] as i64;
        if frames == [0, 0] {
            break;
        }
    }
    let snr_db = if error > 0.0 { decibels((signal / error).sqrt()) } else { None };
    Ok(Difference { snr_db, largest, frames: compared, longer_by })
}
