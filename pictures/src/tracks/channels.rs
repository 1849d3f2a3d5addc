//! Channels of values over time as an image, one row for each.

use super::colour_bar;
use crate::colour_map::ColourMap;
use crate::describe::Scale;
use crate::frame::{self, Frame};
use crate::pixels::Pixels;
use crate::scale::Span;
use crate::shape::{Align, Shape};
use crate::theme::{PNG_SCALE, TEXT};

/// The rows' numbers; the first row is on top, so the axis is not labelled from it.
pub fn span(rows: &[Vec<f32>]) -> Span {
    Span { scale: Scale::Linear, from: 0.0, to: rows.len().max(1) as f64 }
}

/// High enough to tell rows apart.
pub fn height(rows: &[Vec<f32>]) -> f32 {
    (rows.len() as f32 * 10.0).clamp(60.0, 260.0).round()
}

/// The rows with their frame, numbers and colour bar.
pub fn drawn(frame: &Frame, rows: &[Vec<f32>], length_s: f64) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let sizes = rows.iter().flatten().map(|value| value.abs()).filter(|size| size.is_finite());
    let extent = round_up(sizes.fold(0.0, f32::max));
    let colours = ColourMap::around_zero(extent);
    let length = (length_s / frame.x.to).clamp(0.0, 1.0) as f32 * frame.width;
    let (wide, high) = ((length * PNG_SCALE as f32).round() as u32, (frame.height * PNG_SCALE as f32) as u32);
    if wide > 0 && !rows.is_empty() {
        let pixels = Pixels::from_fn(wide, high, |x, y| {
            let row = &rows[(y as usize * rows.len()) / high as usize];
            let value = row.get((x as usize * row.len()) / wide as usize).copied().unwrap_or(0.0);
            colours.colour(if value.is_nan() { 0.0 } else { value })
        });
        let size = [wide as f32 / PNG_SCALE as f32, frame.height];
        shapes.push(Shape::Image { at: [frame.left, frame.top], size, pixels });
    }
    shapes.push(frame::outline(frame));
    shapes.extend(numbers(frame, rows.len()));
    shapes.extend(colour_bar::drawn(frame, &colours, "value"));
    shapes
}

/// Numbers of the rows, from 1, as many as there is room for.
fn numbers(frame: &Frame, rows: usize) -> Vec<Shape> {
    let row_height = frame.height / rows.max(1) as f32;
    let every = [1, 2, 4, 8, 16, 32, 64, 128, 256].into_iter().find(|n| row_height * *n as f32 >= TEXT * 1.2);
    let mut shapes = frame::turned_title(frame, "channel");
    for row in (0..rows).step_by(every.unwrap_or(512)) {
        let y = frame.top + (row as f32 + 0.5) * row_height;
        shapes.push(Shape::text([frame.left - 8.0, y], TEXT, Align::Right, (row + 1).to_string()));
    }
    shapes
}

/// A round number that is not less.
fn round_up(value: f32) -> f32 {
    if value <= 0.0 {
        return 1.0;
    }
    let power = 10f32.powf(value.log10().floor());
    [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0]
        .into_iter()
        .map(|digit| digit * power)
        .find(|round| *round >= value * 0.999)
        .unwrap_or(value)
}
