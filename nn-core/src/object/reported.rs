//! What was reported to the user about a box.

use nn_model::ModelLocation;

/// What was reported to the user: only differences are reported again.
#[derive(Debug, Default)]
pub(super) struct Reported {
    /// Requested and actual buffer, where they differ.
    pub(super) buffer: Option<Buffer>,
    /// Method, buffer and latency of the stream.
    pub(super) playing: Option<(String, usize, usize)>,
    /// Method, and how its channels differ from the box's.
    pub(super) differences: Option<(String, String)>,
    /// Channels of each outlet that the host was told.
    pub(super) outlet_channels: usize,
    /// How many samples had been played when it was told that number.
    pub(super) channels_since: u64,
    /// Channels that can have sounded in the last block that was played.
    pub(super) sounded: usize,
    pub(super) hang: bool,
    /// The method for which the dry sound is left out.
    pub(super) without_dry: Option<String>,
}

/// An actual buffer that differs from the requested one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Buffer {
    pub(super) wanted: usize,
    pub(super) real: usize,
    /// Whether the model is bound to some buffers.
    pub(super) is_native: bool,
    /// For a method that does not work with the requested one: its model, its name, and the size that it works with.
    pub(super) fit: Option<(ModelLocation, String, usize)>,
}

impl std::fmt::Display for Buffer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { wanted, real, is_native, fit } = self;
        match fit {
            None if *is_native => {
                write!(
                    f,
                    "buffer of {real} samples instead of {wanted}: the model is made for certain buffers"
                )
            }
            None => write!(
                f,
                "buffer of {real} samples instead of {wanted}: the model's ratios and the host block ask for it"
            ),
            Some((_, method, _)) if *wanted == 0 => write!(
                f,
                "buffer of {real} samples in the audio callback: {method} does not work with the host's block"
            ),
            Some((_, method, block)) if wanted == real => write!(
                f,
                "{method} runs {block} samples of its own rate at a time: it does not work with those of a buffer of {real}"
            ),
            Some((_, method, _)) => {
                write!(
                    f,
                    "buffer of {real} samples instead of {wanted}: {method} does not work with {wanted}"
                )
            }
        }
    }
}
