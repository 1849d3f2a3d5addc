//! What client and program say to each other: one line of JSON each way, followed by the samples that it announces.

use std::io::{self, BufRead, Read, Write};
use std::path::PathBuf;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A value of an attribute, or an answer of a method that gives no sound.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// True or false.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(#[serde(with = "bits")] f64),
    /// A text.
    Text(String),
    /// A tensor's samples, in order.
    Samples(#[serde(with = "many_bits")] Vec<f32>),
}

/// JSON has no NaN, and its readers round.
mod bits {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(number.to_bits())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        u64::deserialize(deserializer).map(f64::from_bits)
    }
}

/// The same for samples.
mod many_bits {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(samples: &[f32], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(samples.iter().map(|sample| sample.to_bits()))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<f32>, D::Error> {
        Ok(Vec::<u32>::deserialize(deserializer)?.into_iter().map(f32::from_bits).collect())
    }
}

/// What the client asks for. A model is known by the number that its load was answered with.
#[derive(Debug, Serialize, Deserialize)]
pub enum Request {
    /// Loads a file.
    Load(PathBuf),
    /// Forgets a model.
    Forget(usize),
    /// Begins the random numbers of the whole process anew.
    Seed(i64),
    /// Calls a method with one tensor of this shape, whose samples follow.
    Run {
        /// Its number.
        model: usize,
        /// The method's name.
        method: String,
        /// The tensor's sizes.
        shape: Vec<usize>,
    },
    /// Calls a method with plain values.
    Ask {
        /// Its number.
        model: usize,
        /// The method's name.
        method: String,
        /// Its arguments.
        values: Vec<Value>,
    },
}

/// What the program answers.
#[derive(Debug, Serialize, Deserialize)]
pub enum Answer {
    /// It is done; for a load, the model's number.
    Done(usize),
    /// A tensor of this shape, whose samples follow.
    Tensor(Vec<usize>),
    /// What a method gave, the parts of a tuple one by one.
    Values(Vec<Value>),
    /// It could not be done: libtorch's words.
    Failed(String),
    /// A method gave something that is no tensor of numbers.
    NotATensor(String),
}

/// Writes a message and the samples that belong to it.
///
/// # Errors
/// When the other side is gone.
pub fn send(stream: &mut impl Write, message: &impl Serialize, samples: &[f32]) -> io::Result<()> {
    let mut bytes = serde_json::to_vec(message)?;
    bytes.push(b'\n');
    bytes.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    stream.write_all(&bytes)?;
    stream.flush()
}

/// Reads a message; `None` when the other side is gone.
///
/// # Errors
/// When it is gone in the middle of a message, or says something else.
pub fn receive<M: DeserializeOwned>(stream: &mut impl BufRead) -> io::Result<Option<M>> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    Ok(Some(serde_json::from_str(&line)?))
}

/// Reads the samples of a tensor of this shape.
///
/// # Errors
/// When the other side is gone.
pub fn samples(stream: &mut impl Read, shape: &[usize]) -> io::Result<Vec<f32>> {
    let mut bytes = vec![0; shape.iter().product::<usize>() * size_of::<f32>()];
    stream.read_exact(&mut bytes)?;
    Ok(bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
}
