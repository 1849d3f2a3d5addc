//! The legend above a plot.

use crate::series::{Entry, Swatch};
use crate::shape::{Align, Shape};
use crate::text;
use crate::theme::{LINE, PAPER, RADIUS, TEXT};

/// Width of what stands before a name.
const SWATCH: f32 = 22.0;
/// Between a name and the next entry.
const GAP: f32 = 20.0;
/// Names longer than this are cut.
const NAME: f32 = 280.0;
/// Height of a row.
const ROW: f32 = TEXT * 1.6;
/// More entries than this are only counted.
const MOST: usize = 16;

/// The legend from `left` to `left + width`, its first row at `top`; and its height.
pub fn drawn(entries: &[Entry], left: f32, top: f32, width: f32) -> (Vec<Shape>, f32) {
    let mut shapes = Vec::new();
    let (mut x, mut y) = (left, top + ROW / 2.0);
    for (index, entry) in entries.iter().take(MOST + 1).enumerate() {
        let name = if index < MOST {
            text::cut(&entry.name, TEXT, NAME.min(width - SWATCH))
        } else {
            format!("and {} more", entries.len() - MOST)
        };
        let length = SWATCH + text::width(&name, TEXT, false);
        if x > left && x + length > left + width {
            (x, y) = (left, y + ROW);
        }
        if index < MOST {
            shapes.push(swatch(entry, x, y));
        }
        shapes.push(Shape::text([x + SWATCH, y], TEXT, Align::Left, name));
        x += length + GAP;
    }
    let height = if entries.is_empty() { 0.0 } else { y + ROW / 2.0 - top };
    (shapes, height)
}

fn swatch(entry: &Entry, x: f32, y: f32) -> Shape {
    let centre = [x + SWATCH / 2.0 - 2.0, y];
    let colour = entry.colour;
    match entry.swatch {
        Swatch::Line { dashed } => {
            let points = vec![[x, y], [x + SWATCH - 5.0, y]];
            Shape::Line { points, colour, width: LINE + 0.6, dashed }
        }
        Swatch::Square => Shape::rectangle([x + 3.0, y - 6.0], [12.0, 12.0], colour, 0.7),
        Swatch::Full => Shape::Disc { centre, radius: RADIUS, fill: colour, edge: colour },
        Swatch::Hollow => Shape::Disc { centre, radius: RADIUS, fill: PAPER, edge: colour },
    }
}
