//! The pictures of the whole project, in one look: charts, bars, and tracks of sound over time.
//!
//! A picture is described by plain data ([`Chart`], [`Bars`], [`Tracks`]) and laid out once, as a [`Picture`], which is
//! then written as SVG and as PNG: both show the same. Neither needs a display or an installed font. Texts may come from
//! anywhere: they are escaped, and cut where they are too long. Values that cannot be drawn (not finite, or not above zero
//! on a logarithmic axis) are left out.
//!
//! ```
//! use nn_pictures::{Axis, Chart, Mark};
//!
//! let chart = Chart {
//!     title: "compute time of a block".into(),
//!     x: Axis::linear("block"),
//!     y: Axis::log("time (ms)"),
//!     marks: vec![
//!         Mark::line("forward", [[0.0, 1.9], [1.0, 2.1], [2.0, 1.8]]),
//!         Mark::Horizontal { at: 46.4, label: "budget".into() },
//!     ],
//!     ..Chart::default()
//! };
//! assert!(chart.picture().svg().starts_with("<svg"));
//! assert!(chart.picture().png()?.starts_with(b"\x89PNG"));
//! # Ok::<(), nn_pictures::Error>(())
//! ```

mod bars;
mod chart;
mod colour_map;
mod describe;
mod error;
mod frame;
mod labels;
mod legend;
mod marks;
mod numbers;
mod picture;
mod pixels;
mod raster;
mod scale;
mod series;
mod shape;
pub mod spectrogram;
mod svg;
mod text;
mod theme;
mod thin;
mod tracks;

pub use bars::{Bar, Bars};
pub use chart::Chart;
pub use describe::{Axis, Bin, Mark, Point, Scale};
pub use error::Error;
pub use picture::Picture;
pub use pixels::encode_rgb;
pub use tracks::{Content, Passage, Track, Tracks};
