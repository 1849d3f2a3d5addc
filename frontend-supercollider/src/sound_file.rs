//! Rendered sound as a file that the language reads into its Buffer: the server lets plug-ins fill none from threads of their
//! own.

use std::path::PathBuf;

use nn_core::value::SoundBuffer;

/// Writes a WAV file of floats below the system's folder for such files.
///
/// # Errors
/// What kept it from being written, and what to do.
pub fn write(name: &str, sound: &SoundBuffer) -> Result<PathBuf, String> {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let path = std::env::temp_dir().join(format!("nn-{}-{plain}.wav", std::process::id()));
    let failed = |what: hound::Error| {
        format!("{name}: {} cannot be written ({what}): make room on that disk", path.display())
    };
    let spec = hound::WavSpec {
        channels: u16::try_from(sound.channels).map_err(|_| failed(hound::Error::Unsupported))?,
        sample_rate: sound.sample_rate_hz,
        bits_per_sample: 32,
        sample_format: hound::SampleFormat::Float,
    };
    let mut writer = hound::WavWriter::create(&path, spec).map_err(failed)?;
    let channels: Vec<_> = (0..sound.channels).map(|channel| sound.channel(channel)).collect();
    for frame in 0..sound.frames() {
        for channel in &channels {
            writer.write_sample(channel[frame]).map_err(failed)?;
        }
    }
    writer.finalize().map_err(failed)?;
    Ok(path)
}
