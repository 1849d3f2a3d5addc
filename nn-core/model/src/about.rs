//! What a file tells people of itself: who made it, what it is, what may be done with it.
//!
//! Thread: any but audio.

/// All that a file tells. Every text is a stranger's: shown ones pass [`plain`](crate::shown::plain).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The model's name.
    pub name: Option<String>,
    /// Who made it.
    pub authors: Vec<String>,
    /// The version of the model.
    pub version: Option<String>,
    /// What it is, in a line.
    pub short: Option<String>,
    /// The same in several.
    pub long: Option<String>,
    /// How it works.
    pub technical: Option<String>,
    /// Names and addresses of pages about it.
    pub links: Vec<(String, String)>,
    /// Words under which it is to be found.
    pub tags: Vec<String>,
    /// What to cite.
    pub citation: Option<String>,
    /// What may be done with it.
    pub licence: Option<String>,
    /// Whether its makers call it an experiment.
    pub experimental: Option<bool>,
    /// The version of the SDK that wrote it.
    pub sdk: Option<String>,
    /// The version of PyTorch with which it was written.
    pub pytorch: Option<String>,
    /// By how many model samples its code says that its sound is late.
    pub delay_frames: Option<u64>,
    /// The sounds inside; `None` where they were not looked at.
    pub sounds: Option<Sounds>,
}

/// The sounds inside a file: what its makers fed the model with, and what it made of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sounds {
    /// How many pairs of input and output.
    pub pairs: usize,
    /// The size of all, as MP3.
    pub bytes: u64,
}

/// One of the sounds inside a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InnerSound {
    /// Its pair, from 1.
    pub pair: usize,
    /// Whether it is what the model made, and not what it was fed with.
    pub is_output: bool,
    /// The content of an MP3 file.
    pub mp3: Vec<u8>,
}
