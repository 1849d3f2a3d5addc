//! The sounds that a generator takes and makes.
//!
//! Thread: any but audio.

/// A sound that a generator takes or makes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SoundSpec {
    /// Its name; empty where the file has none.
    pub label: String,
    /// Its channels: 1 or 2.
    pub channels: usize,
}

/// What a generator takes and makes beside its parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sounds {
    /// What it takes.
    pub inputs: Vec<SoundSpec>,
    /// What it makes.
    pub outputs: Vec<SoundSpec>,
    /// What its parameters that are words begin with, in their order.
    pub texts: Vec<String>,
    /// What its parameters that are lists of whole numbers begin with, in their order.
    pub tokens: Vec<Vec<i64>>,
}
