//! Short-time spectra of sounds: levels over time and frequency, and how alike two of them are.

mod analyser;
mod levels;
mod mel;

pub use analyser::Analyser;
pub use levels::{FINE_COLUMNS, Spectrogram};
pub use mel::log_mel_correlation;
