//! Models that make whole sounds.
//!
//! Thread: any but audio.

mod error;
mod settings;
mod sounds;
mod whole;

pub use error::{GenerateError, MOST_SAMPLES, SettingError};
pub use settings::Settings;
pub use sounds::{SoundSpec, Sounds};
pub use whole::{Generator, Order, Progress, check_made};
