//! Reading and writing WAV files.

use super::error::Error;
use std::path::Path;

/// Sound from a file, one vector per channel, all of one length.
#[derive(Debug, Clone, PartialEq)]
pub struct Sound {
    /// Frames per second.
    pub sample_rate_hz: u32,
    /// `[channels][frames]`, -1..1.
    pub channels: Vec<Vec<f32>>,
}

/// Reads a WAV file of 16-bit integers or 32-bit floats.
pub fn read(path: &Path) -> Result<Sound, Error> {
    let unreadable = |source| Error::Wav { path: path.to_owned(), source };
    let mut reader = hound::WavReader::open(path).map_err(unreadable)?;
    let format = reader.spec();
    let interleaved: Vec<f32> = match (format.sample_format, format.bits_per_sample) {
        (hound::SampleFormat::Float, 32) => reader.samples::<f32>().collect::<Result<_, _>>(),
        (hound::SampleFormat::Int, 16) => {
            reader.samples::<i16>().map(|sample| sample.map(|value| f32::from(value) / 32_768.0)).collect()
        }
        _ => Err(hound::Error::Unsupported),
    }
    .map_err(unreadable)?;
    let count = usize::from(format.channels);
    let channels = (0..count)
        .map(|channel| interleaved.iter().skip(channel).step_by(count).copied().collect())
        .collect();
    Ok(Sound { sample_rate_hz: format.sample_rate, channels })
}

/// Writes mono samples as 16-bit integers, rounded to the nearest.
pub fn write_mono_16_bit(path: &Path, samples: &[f32], sample_rate_hz: u32) -> Result<(), Error> {
    let unwritable = |source| Error::Wav { path: path.to_owned(), source };
    let format = hound::WavSpec {
        channels: 1,
        sample_rate: sample_rate_hz,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(path, format).map_err(unwritable)?;
    for sample in samples {
        let value = (sample * 32_768.0).round().clamp(-32_768.0, 32_767.0);
        writer.write_sample(value as i16).map_err(unwritable)?;
    }
    writer.finalize().map_err(unwritable)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_to_sixteen_bits() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ramp.wav");
        let ramp: Vec<f32> = (0..1_000).map(|frame| frame as f32 / 1_000.0 - 0.5).collect();
        write_mono_16_bit(&path, &ramp, 44_100).unwrap();
        let back = read(&path).unwrap();
        assert_eq!((back.sample_rate_hz, back.channels.len()), (44_100, 1));
        assert_eq!(back.channels[0].len(), ramp.len());
        for (before, after) in ramp.iter().zip(&back.channels[0]) {
            assert!((before - after).abs() <= 0.5 / 32_768.0);
        }
    }

    #[test]
    fn overshooting_samples_are_held_at_full_scale() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("loud.wav");
        write_mono_16_bit(&path, &[1.5, -1.5], 44_100).unwrap();
        assert_eq!(read(&path).unwrap().channels[0], [32_767.0 / 32_768.0, -1.0]);
    }

    #[test]
    fn a_missing_file_is_named_in_the_error() {
        let error = read(Path::new("no-such.wav")).unwrap_err();
        assert!(error.to_string().contains("no-such.wav"));
    }
}
