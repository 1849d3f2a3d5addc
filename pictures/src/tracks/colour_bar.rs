//! The bar beside an image that says which colour is which value.

use crate::colour_map::ColourMap;
use crate::describe::Scale;
use crate::frame::Frame;
use crate::numbers::written;
use crate::pixels::Pixels;
use crate::scale::Span;
use crate::shape::{Align, Shape, Words};
use crate::theme::{INK, SOFT_INK, TEXT};

/// Right of the frame.
const AWAY: f32 = 14.0;
/// Its width.
const WIDE: f32 = 12.0;

/// The bar with labels and, above it, the unit.
pub fn drawn(frame: &Frame, colours: &ColourMap, unit: &str) -> Vec<Shape> {
    let (left, top, high) = (frame.right() + AWAY, frame.top, frame.height);
    let rows = high.max(1.0) as u32;
    let pixels = Pixels::from_fn(1, rows, |_, y| {
        let part = (y as f32 + 0.5) / rows as f32;
        colours.colour(colours.highest + (colours.lowest - colours.highest) * part)
    });
    let mut shapes = vec![Shape::Image { at: [left, top], size: [WIDE, high], pixels }];
    let corners =
        vec![[left, top], [left + WIDE, top], [left + WIDE, top + high], [left, top + high], [left, top]];
    shapes.push(Shape::Line { points: corners, colour: INK, width: 1.0, dashed: false });
    let span = Span { scale: Scale::Linear, from: f64::from(colours.lowest), to: f64::from(colours.highest) };
    for tick in span.ticks(if high < 100.0 { 2 } else { 5 }) {
        let y = top + high - span.part_within(tick) * high;
        shapes.push(Shape::segment([left + WIDE, y], [left + WIDE + 4.0, y], INK, 1.0));
        shapes.push(Shape::text([left + WIDE + 7.0, y], TEXT, Align::Left, written(tick)));
    }
    let at = [left, top - TEXT * 0.9];
    let unit = unit.to_owned();
    shapes.push(Shape::Text(Words {
        at,
        text: unit,
        size: TEXT,
        bold: false,
        align: Align::Left,
        colour: SOFT_INK,
        turned: false,
    }));
    shapes
}
