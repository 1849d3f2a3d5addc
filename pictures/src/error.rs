//! What can go wrong on the way to a PNG.

use thiserror::Error;

/// Why there is no PNG.
#[derive(Debug, Error)]
pub enum Error {
    /// It has more pixels than can be held.
    #[error("the picture of {width} by {height} pixels cannot be drawn: show less at once")]
    TooLarge {
        /// From left to right.
        width: f32,
        /// From top to bottom.
        height: f32,
    },
    /// The encoder failed.
    #[error("the picture cannot be written as PNG: {0}")]
    Encoding(#[from] png::EncodingError),
}
