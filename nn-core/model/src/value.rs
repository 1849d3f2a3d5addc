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
