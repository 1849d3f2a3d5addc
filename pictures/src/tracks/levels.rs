//! Spectrograms as images.

use super::colour_bar;
use crate::colour_map::ColourMap;
use crate::describe::{Axis, Scale};
use crate::frame::{self, Frame};
use crate::pixels::Pixels;
use crate::scale::Span;
use crate::shape::Shape;
use crate::spectrogram::Spectrogram;
use crate::theme::PNG_SCALE;

/// The lower edge, if the sound reaches above it.
const LOWEST_HZ: f64 = 50.0;
/// The upper edge, if the sound reaches so far.
const HIGHEST_HZ: f64 = 20_000.0;
/// The colours span this much, downwards from the loudest point of all spectrograms.
const RANGE_DB: f32 = 80.0;

/// What all spectrograms of a picture have in common.
pub struct Levels {
    highest_hz: f64,
    colours: ColourMap,
}

impl Levels {
    /// For these; the colours end at full scale or at what is loudest.
    pub fn of<'a>(spectrograms: impl Iterator<Item = &'a Spectrogram>, full_scale: bool) -> Self {
        let (mut loudest, mut highest_hz) = (f32::NEG_INFINITY, 0.0_f64);
        for spectrogram in spectrograms {
            loudest = loudest.max(spectrogram.loudest_db());
            highest_hz =
                highest_hz.max(f64::from(spectrogram.bin_hz) * spectrogram.bins.saturating_sub(1) as f64);
        }
        let follows = !full_scale && loudest.is_finite() && loudest > -100.0;
        let highest_db = if follows { (loudest / 5.0).ceil() * 5.0 } else { 0.0 };
        Self {
            highest_hz: if highest_hz.is_finite() { highest_hz.min(HIGHEST_HZ) } else { HIGHEST_HZ },
            colours: ColourMap::rising(highest_db - RANGE_DB, highest_db),
        }
    }

    /// The vertical axis.
    pub fn frequencies(&self) -> Span {
        let to = self.highest_hz.max(1e-3);
        Span { scale: Scale::Log10, from: LOWEST_HZ.min(to / 100.0), to }
    }

    /// The spectrogram with its frame, vertical axis and colour bar.
    pub fn drawn(&self, frame: &Frame, spectrogram: &Spectrogram) -> Vec<Shape> {
        let mut shapes = Vec::new();
        let length = (spectrogram.length_s / frame.x.to).clamp(0.0, 1.0) as f32 * frame.width;
        let (wide, high) =
            ((length * PNG_SCALE as f32).round() as u32, (frame.height * PNG_SCALE as f32) as u32);
        let columns = spectrogram.columns();
        if wide > 0 && columns > 0 {
            let hz = |row: u32| {
                let part = f64::from(row) / f64::from(high);
                (frame.y.to * (frame.y.from / frame.y.to).powf(part)) as f32
            };
            let edges: Vec<f32> = (0..=high).map(hz).collect();
            let pixels = Pixels::from_fn(wide, high, |x, y| {
                let column = (x as usize * columns) / wide as usize;
                self.colours.colour(spectrogram.level_between(
                    column,
                    edges[y as usize + 1],
                    edges[y as usize],
                ))
            });
            let at = [frame.left, frame.top];
            shapes.push(Shape::Image { at, size: [wide as f32 / PNG_SCALE as f32, frame.height], pixels });
        }
        shapes.push(frame::outline(frame));
        shapes.extend(frame::vertical_axis(frame, &Axis::log("frequency (Hz)")));
        shapes.extend(colour_bar::drawn(frame, &self.colours, "dBFS"));
        shapes
    }
}
