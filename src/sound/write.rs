//! Writes sound files frame by frame.

use std::{fs::File, io::BufWriter};

use flac_codec::encode::{FlacSampleWriter, Options};

use super::fault::SoundFault;

/// What a WAV file may hold: its sizes have 32 bits.
const WAV_BYTES: u64 = u32::MAX as u64 - 4096;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum SoundFormat {
    /// Samples as they are.
    Wav,
    /// Packed without loss, whole numbers only.
    Flac,
}

impl SoundFormat {
    /// The ending of its files, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Wav => "wav",
            Self::Flac => "flac",
        }
    }

    /// The format with this ending.
    pub fn of(ending: &str) -> Option<Self> {
        [Self::Wav, Self::Flac].into_iter().find(|format| format.ending() == ending)
    }
}

/// What a file is to hold.
#[derive(Clone, Copy, Debug)]
pub struct SoundShape {
    /// Its kind.
    pub format: SoundFormat,
    /// Frames per second.
    pub sample_rate_hz: u32,
    /// Number of channels.
    pub channels: usize,
    /// 16 or 24 for whole numbers, 32 for floating point.
    pub bits: u16,
}

/// A file that is being written.
pub struct SoundWriter {
    shape: SoundShape,
    encoder: Encoder,
    written_frames: u64,
    interleaved: Vec<i32>,
}

enum Encoder {
    Wav(hound::WavWriter<BufWriter<File>>),
    Flac(Box<FlacSampleWriter<BufWriter<File>>>),
}

impl std::fmt::Debug for SoundWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SoundWriter").field("shape", &self.shape).finish_non_exhaustive()
    }
}

fn of_hound(error: hound::Error) -> SoundFault {
    match error {
        hound::Error::IoError(error) => SoundFault::System(error),
        other => SoundFault::NotThisFormat(other.to_string()),
    }
}

fn of_flac(error: flac_codec::Error) -> SoundFault {
    match error {
        flac_codec::Error::Io(error) => SoundFault::System(error),
        other => SoundFault::NotThisFormat(other.to_string()),
    }
}

impl SoundWriter {
    /// Begins a file.
    pub fn new(file: File, shape: SoundShape) -> Result<Self, SoundFault> {
        let file = BufWriter::new(file);
        let SoundShape { format, sample_rate_hz, channels, bits } = shape;
        let encoder = match format {
            SoundFormat::Wav => {
                let sample_format =
                    if bits == 32 { hound::SampleFormat::Float } else { hound::SampleFormat::Int };
                let channels = u16::try_from(channels).map_err(|_| too_many(channels, "WAV", 65_535))?;
                let spec = hound::WavSpec {
                    channels,
                    sample_rate: sample_rate_hz,
                    bits_per_sample: bits,
                    sample_format,
                };
                Encoder::Wav(hound::WavWriter::new(file, spec).map_err(of_hound)?)
            }
            SoundFormat::Flac if bits > 24 => {
                let what = "FLAC holds whole numbers: --bits 16 or 24, or write a WAV file";
                return Err(SoundFault::NotThisFormat(what.into()));
            }
            SoundFormat::Flac => {
                let channels = u8::try_from(channels)
                    .ok()
                    .filter(|&channels| channels <= 8)
                    .ok_or_else(|| too_many(channels, "FLAC", 8))?;
                let writer = FlacSampleWriter::new(
                    file,
                    Options::default(),
                    sample_rate_hz,
                    u32::from(bits),
                    channels,
                    None,
                );
                Encoder::Flac(Box::new(writer.map_err(of_flac)?))
            }
        };
        Ok(Self { shape, encoder, written_frames: 0, interleaved: Vec::new() })
    }

    /// Writes frames: a signal for each channel, all of one length. What is louder than whole numbers can say is held
    /// at the loudest.
    pub fn write(&mut self, channels: &[&[f32]]) -> Result<(), SoundFault> {
        let frames = channels.first().map_or(0, |channel| channel.len());
        self.written_frames += frames as u64;
        let SoundShape { bits, .. } = self.shape;
        let samples = (0..frames).flat_map(|frame| channels.iter().map(move |channel| channel[frame]));
        match &mut self.encoder {
            Encoder::Wav(writer) => {
                let bytes = self.written_frames * channels.len() as u64 * u64::from(bits / 8);
                if bytes > WAV_BYTES {
                    let what = "a WAV file ends at 4 GB: write FLAC, or a shorter file";
                    return Err(SoundFault::NotThisFormat(what.into()));
                }
                for sample in samples {
                    if bits == 32 {
                        writer.write_sample(sample).map_err(of_hound)?;
                    } else {
                        writer.write_sample(whole(sample, bits)).map_err(of_hound)?;
                    }
                }
                Ok(())
            }
            Encoder::Flac(writer) => {
                self.interleaved.clear();
                self.interleaved.extend(samples.map(|sample| whole(sample, bits)));
                writer.write(&self.interleaved).map_err(of_flac)
            }
        }
    }

    /// Ends the file.
    pub fn finish(self) -> Result<(), SoundFault> {
        match self.encoder {
            Encoder::Wav(writer) => writer.finalize().map_err(of_hound),
            Encoder::Flac(writer) => writer.finalize().map_err(of_flac),
        }
    }
}

fn too_many(channels: usize, format: &str, most: usize) -> SoundFault {
    SoundFault::NotThisFormat(format!(
        "{format} holds {most} channels at most, and there are {channels}: write a WAV file, or latents as .npz"
    ))
}

/// The nearest whole number of so many bits.
fn whole(sample: f32, bits: u16) -> i32 {
    let scale = f64::from(1_u32 << (bits - 1));
    (f64::from(sample) * scale).round().clamp(-scale, scale - 1.0) as i32
}
