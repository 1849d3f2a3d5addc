//! What can go wrong in the demo, and what to do about it.

use super::mode::Mode;
use std::path::PathBuf;
use thiserror::Error;

/// Why the demo gave no result.
#[derive(Debug, Error)]
pub enum Error {
    /// A file or folder could not be made, copied or read.
    #[error("{path}: {source}")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A sound file is missing, cut off or of a kind that is not read here.
    #[error("{path}: no usable sound file: {source}")]
    Wav {
        /// Path of the file.
        path: PathBuf,
        /// The reader's reason.
        source: hound::Error,
    },
    /// The picture could not be drawn.
    #[error("{path}: {source}")]
    Picture {
        /// Path of the file.
        path: PathBuf,
        /// The drawer's reason.
        source: nn_pictures::Error,
    },
    /// Something the demo starts from is not there.
    #[error("{path} is missing: {remedy}")]
    Missing {
        /// What is missing.
        path: PathBuf,
        /// How to get it.
        remedy: &'static str,
    },
    /// Pd could not be started.
    #[error("Pd does not start ({program}): {source}: install it with `cargo xtask setup`")]
    PdStart {
        /// The program that was called.
        program: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// Pd found no external for a box, or the external did not load.
    #[error("Pd could not create a box of the demo's patch: read {log} for its reasons")]
    NotCreated {
        /// Everything Pd printed.
        log: PathBuf,
    },
    /// Pd was still running when its time was up.
    #[error("Pd ({mode}) was not done after {limit_s} s: read {log} for what it printed last")]
    PdTimeout {
        /// How Pd was run.
        mode: Mode,
        /// The limit.
        limit_s: u64,
        /// Everything Pd printed.
        log: PathBuf,
    },
    /// Pd ended without recording anything.
    #[error("Pd ({mode}) recorded nothing into {recording}: read {log} for its errors")]
    NoRecording {
        /// How Pd was run.
        mode: Mode,
        /// The file that was expected.
        recording: PathBuf,
        /// Everything Pd printed.
        log: PathBuf,
    },
    /// A server of SuperCollider did not render.
    #[error("{server} {what}: read {log} for what it printed")]
    Server {
        /// The program that was called.
        server: &'static str,
        /// What it did instead.
        what: String,
        /// Everything it printed.
        log: PathBuf,
    },
    /// The box did not answer in the words agreed on.
    #[error("no usable answer to `{message}` from the box: {reason}: read {log}")]
    Answer {
        /// The message that was sent.
        message: &'static str,
        /// What is wrong with the answer.
        reason: String,
        /// Everything Pd printed.
        log: PathBuf,
    },
    /// The demo ran to its end, but something in it was not as it must be.
    #[error("the demo failed:\n  - {}", .0.join("\n  - "))]
    Failed(Vec<String>),
}
