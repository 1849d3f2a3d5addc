//! What can go wrong with a generator, worded for users.
//!
//! Thread: any but audio.

/// The most samples that a sound of a generator may have, all channels together: 50 minutes of one at 44.1 kHz.
pub const MOST_SAMPLES: usize = 1 << 27;

/// Why a generator made no sound.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GenerateError {
    /// It was told to stop.
    #[error("cancelled")]
    Stopped,
    /// Its code raised an error.
    #[error("the model raised: {what}")]
    Threw {
        /// The first line of what it said.
        what: String,
    },
    /// It answered something that is no list of sounds.
    #[error("the model answered a {found} instead of a list of sounds: export it again")]
    NotSounds {
        /// What it answered.
        found: String,
    },
    /// A sound has no channels and frames, or more than can be kept.
    #[error(
        "the model answered a sound of {found}: it must be [channels, frames] of at most {} samples",
        MOST_SAMPLES
    )]
    Shape {
        /// The shape it answered.
        found: String,
    },
    /// Another number of sounds than it promises.
    #[error("the model answered {found} sounds, and its file says {promised}: export it again")]
    Count {
        /// How many it answered.
        found: usize,
        /// How many it promises.
        promised: usize,
    },
    /// A sound of other channels than it promises.
    #[error(
        "the model answered {found} channels as sound {number}, and its file says {promised}: export it again"
    )]
    Channels {
        /// Which sound, from 1.
        number: usize,
        /// Its channels.
        found: usize,
        /// How many it promises.
        promised: usize,
    },
    /// A sound without samples.
    #[error("the model answered no samples as sound {number}: give it another length, or other values")]
    Empty {
        /// Which sound, from 1.
        number: usize,
    },
    /// A sound with NaN or infinity.
    #[error(
        "the model answered NaN or infinity in sound {number}, first at sample {frame}: try other values"
    )]
    NotFinite {
        /// Which sound, from 1.
        number: usize,
        /// Which sample of a channel, from 0.
        frame: usize,
    },
    /// It cannot be copied or looked at.
    #[error("the model cannot be used: {what}")]
    Unusable {
        /// What the engine below said.
        what: String,
    },
}

/// Why a parameter was not set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    /// There is none of that name.
    #[error("there is no parameter '{name}'{has}")]
    Unknown {
        /// What was typed.
        name: String,
        /// Those that there are, with what comes before them.
        has: String,
    },
    /// It takes something else.
    #[error("{name} takes {wanted}, not {found}")]
    Refused {
        /// Its name.
        name: String,
        /// What it takes.
        wanted: String,
        /// What came, shortened.
        found: String,
    },
}
