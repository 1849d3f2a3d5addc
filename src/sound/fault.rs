//! What is wrong with a file of sound.

use std::io::{self, ErrorKind};

/// Why a file cannot be read or written. The caller says which file.
#[derive(Debug)]
pub enum SoundFault {
    /// The system says so.
    System(io::Error),
    /// It is no sound of a format that is read here.
    NotSound(String),
    /// What it holds is damaged.
    Damaged {
        /// How far it could be read, in seconds.
        at_s: f64,
        /// What the decoder says.
        what: String,
    },
    /// It cannot be written in this format.
    NotThisFormat(String),
}

impl std::error::Error for SoundFault {}

impl std::fmt::Display for SoundFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::System(error) if error.kind() == ErrorKind::NotFound => f.write_str("no such file"),
            Self::System(error) if is_full(error) => {
                f.write_str("no room on the disk: delete something, or write elsewhere")
            }
            Self::System(error) => error.fmt(f),
            Self::NotSound(what) => {
                write!(f, "not a sound file that can be read ({what}): use WAV, FLAC, AIFF or MP3")
            }
            Self::Damaged { at_s, what } => {
                write!(f, "damaged after {at_s:.3} s ({what}): export or copy it again")
            }
            Self::NotThisFormat(what) => f.write_str(what),
        }
    }
}

/// Whether there is no room, or this user may not have more.
pub fn is_full(error: &io::Error) -> bool {
    use ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | FileTooLarge | QuotaExceeded)
}

impl From<io::Error> for SoundFault {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}
