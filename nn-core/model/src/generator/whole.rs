//! Models that make whole sounds: what they take, how far they are, what they answer.
//!
//! Thread: any but audio.

use std::sync::Arc;

use super::error::GenerateError;
use crate::{spec::ModelSpec, value::SoundBuffer};

/// What a generator is to make.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Order {
    /// The rate of all its sounds, in Hz.
    pub rate_hz: u32,
    /// As many as it takes, all of the same length.
    pub sounds: Vec<SoundBuffer>,
    /// How long its parameters are held: as long as its inputs, or as long as is wanted where it takes none.
    pub frames: usize,
    /// Its parameters that are numbers, 0 to 1.
    pub numbers: Vec<f32>,
    /// Its parameters that are words.
    pub texts: Vec<String>,
    /// Its parameters that are lists of whole numbers.
    pub tokens: Vec<Vec<i64>>,
}

/// A generator, ready to make its sounds once: it may keep state from one to the next.
///
/// Thread: owner.
pub trait Generator: Send {
    /// What its file says. Constant for the life of it.
    fn spec(&self) -> &ModelSpec;

    /// Begins its random numbers anew.
    fn seed(&mut self, seed: u64);

    /// Whoever looks at it while it works.
    ///
    /// # Errors
    /// What kept it from being looked at.
    fn progress(&self) -> Result<Arc<dyn Progress>, GenerateError>;

    /// Makes its sounds, each at the order's rate, as many as its file says, with finite samples. May take minutes.
    ///
    /// # Errors
    /// [`GenerateError::Stopped`] where it was told to stop; otherwise whatever kept it from making them.
    fn generate(&mut self, order: &Order) -> Result<Vec<SoundBuffer>, GenerateError>;
}

/// How far a generator is, seen from another thread.
///
/// Thread: any but audio.
pub trait Progress: Send + Sync {
    /// How much is done, 0 to 100; `None` where it does not tell.
    fn percent(&self) -> Option<f64>;

    /// Tells it to stop. It looks when it likes, and may have forgotten what it was told before it began: whoever waits for
    /// its end tells it again.
    fn stop(&self);
}

/// Checks what a generator made: as many sounds as its file says, of its channels, finite.
///
/// # Errors
/// What differs.
pub fn check_made(spec: &ModelSpec, made: &[SoundBuffer]) -> Result<(), GenerateError> {
    let promised = &spec.sounds.outputs;
    if made.len() != promised.len() {
        return Err(GenerateError::Count { found: made.len(), promised: promised.len() });
    }
    for (at, (sound, promised)) in made.iter().zip(promised).enumerate() {
        let number = at + 1;
        if sound.channels != promised.channels {
            let (found, promised) = (sound.channels, promised.channels);
            return Err(GenerateError::Channels { number, found, promised });
        }
        if sound.samples.is_empty() {
            return Err(GenerateError::Empty { number });
        }
        if let Some(at) = sound.samples.iter().position(|sample| !sample.is_finite()) {
            let frames = sound.samples.len() / sound.channels.max(1);
            return Err(GenerateError::NotFinite { number, frame: at % frames.max(1) });
        }
    }
    Ok(())
}
