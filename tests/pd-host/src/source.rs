//! What `adc~` hears.

use std::path::Path;

/// A signal that is made block by block.
pub enum Source {
    Silence,
    Impulse { frame: u64 },
    Noise { state: u64 },
    Ramp,
    Samples { interleaved: Vec<f32>, channels: usize },
}

/// Why a file cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    #[error("the input cannot be read: {0}")]
    Read(#[from] std::io::Error),
    #[error("the WAV file cannot be read: {0}")]
    Wav(#[from] hound::Error),
    #[error("{0} bytes are not a whole number of f32 samples")]
    Ragged(usize),
}

impl Source {
    /// A WAV file by its ending, else raw f32 with `channels` channels.
    pub fn open(path: &Path, channels: usize) -> Result<Self, InputError> {
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("wav")) {
            return wav(path);
        }
        let bytes = std::fs::read(path)?;
        let (samples, []) = bytes.as_chunks::<4>() else {
            return Err(InputError::Ragged(bytes.len()));
        };
        let interleaved = samples.iter().map(|sample| f32::from_le_bytes(*sample)).collect();
        Ok(Self::Samples { interleaved, channels: channels.max(1) })
    }

    /// Fills interleaved `[frames, channels]`, beginning with the source's frame number `frame`.
    pub fn fill(&mut self, out: &mut [f32], channels: usize, frame: u64) {
        if channels == 0 {
            return;
        }
        for (offset, out) in out.chunks_mut(channels).enumerate() {
            let frame = frame + offset as u64;
            for (channel, sample) in out.iter_mut().enumerate() {
                *sample = self.sample(frame, channel);
            }
        }
    }

    fn sample(&mut self, frame: u64, channel: usize) -> f32 {
        match self {
            Self::Silence => 0.0,
            Self::Impulse { frame: at } => f32::from(u8::from(frame == *at)),
            Self::Noise { state } => white(state),
            Self::Ramp => channel as f32 + (frame % 65536) as f32 / 65536.0,
            Self::Samples { interleaved, channels } => {
                let place = frame as usize * *channels + channel;
                if channel < *channels { interleaved.get(place).copied().unwrap_or(0.0) } else { 0.0 }
            }
        }
    }
}

/// SplitMix64, its upper 24 bits as -1..1.
fn white(state: &mut u64) -> f32 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut bits = *state;
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^= bits >> 31;
    (bits >> 40) as f32 / (1u32 << 23) as f32 - 1.0
}

fn wav(path: &Path) -> Result<Source, InputError> {
    let mut reader = hound::WavReader::open(path)?;
    let format = reader.spec();
    let interleaved = match format.sample_format {
        hound::SampleFormat::Float => reader.samples::<f32>().collect::<Result<_, _>>()?,
        hound::SampleFormat::Int => {
            let full_scale = (1u64 << (format.bits_per_sample - 1)) as f32;
            reader
                .samples::<i32>()
                .map(|s| Ok(s? as f32 / full_scale))
                .collect::<Result<_, hound::Error>>()?
        }
    };
    Ok(Source::Samples { interleaved, channels: usize::from(format.channels) })
}
