//! Values of attributes: exact numbers, no detour through text.
//!
//! Thread: any.

use std::fmt;

/// The type of one value of an attribute, with the code that a model's `A_params` uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// Code 0.
    Bool,
    /// Code 1.
    Int,
    /// Code 2.
    Float,
    /// Code 3.
    String,
    /// Code 4: a 1-D float tensor.
    Tensor,
    /// Code 5: sound with channels and a rate.
    Buffer,
}

impl ValueType {
    /// The type for a code of `A_params`.
    pub fn from_code(code: i64) -> Option<Self> {
        Some(match code {
            0 => Self::Bool,
            1 => Self::Int,
            2 => Self::Float,
            3 => Self::String,
            4 => Self::Tensor,
            5 => Self::Buffer,
            _ => return None,
        })
    }

    /// The word that users read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Float => "float",
            Self::String => "string",
            Self::Tensor => "tensor",
            Self::Buffer => "buffer",
        }
    }
}

impl fmt::Display for ValueType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// A text.
    String(String),
    /// A 1-D float tensor.
    Tensor(Vec<f32>),
    /// Sound `[channels, frames]`.
    Buffer(SoundBuffer),
}

/// Sound for a buffer attribute.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SoundBuffer {
    /// Number of channels.
    pub channels: usize,
    /// `channels * frames` samples, channel after channel.
    pub samples: Vec<f32>,
    /// Its own rate in Hz.
    pub sample_rate_hz: u32,
}

impl SoundBuffer {
    /// Samples in each channel.
    pub fn frames(&self) -> usize {
        self.samples.len().checked_div(self.channels).unwrap_or(0)
    }

    /// The samples of one channel, from 0.
    pub fn channel(&self, channel: usize) -> &[f32] {
        let frames = self.frames();
        self.samples.get(channel * frames..(channel + 1) * frames).unwrap_or_default()
    }

    /// The same sound with another number of channels: one for all, or the mean of all for one. `None` where neither is
    /// meant.
    pub fn with_channels(self, channels: usize) -> Option<Self> {
        let Self { sample_rate_hz, .. } = self;
        let samples = match (self.channels, channels) {
            (own, wanted) if own == wanted => return Some(self),
            (1, _) => self.samples.repeat(channels),
            (own, 1) if own > 1 => {
                let part = 1.0 / own as f32;
                let sum = |frame| (0..own).map(|channel| self.channel(channel)[frame]).sum::<f32>();
                (0..self.frames()).map(|frame| sum(frame) * part).collect()
            }
            _ => return None,
        };
        Some(Self { channels, samples, sample_rate_hz })
    }
}

impl Value {
    /// The type of this value.
    pub fn value_type(&self) -> ValueType {
        match self {
            Self::Bool(_) => ValueType::Bool,
            Self::Int(_) => ValueType::Int,
            Self::Float(_) => ValueType::Float,
            Self::String(_) => ValueType::String,
            Self::Tensor(_) => ValueType::Tensor,
            Self::Buffer(_) => ValueType::Buffer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sound_gets_one_channel_from_all_or_all_from_one() {
        let sound = |channels, samples: &[f32]| SoundBuffer {
            channels,
            samples: samples.to_vec(),
            sample_rate_hz: 48_000,
        };
        for (from, to) in [
            (sound(1, &[1.0, 2.0]), sound(2, &[1.0, 2.0, 1.0, 2.0])),
            (sound(2, &[1.0, 2.0, 3.0, 5.0]), sound(1, &[2.0, 3.5])),
            (sound(2, &[1.0, 2.0]), sound(2, &[1.0, 2.0])),
        ] {
            assert_eq!(from.with_channels(to.channels), Some(to));
        }
        assert_eq!(sound(3, &[1.0, 2.0, 3.0]).with_channels(2), None);
        assert_eq!(sound(2, &[1.0, 2.0, 3.0, 5.0]).channel(1), [3.0, 5.0]);
        assert_eq!((SoundBuffer::default().frames(), SoundBuffer::default().channel(0)), (0, &[][..]));
    }
}
