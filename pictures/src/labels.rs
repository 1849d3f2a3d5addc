//! Finding room for texts beside points and lines.

use crate::frame::Frame;
use crate::shape::{Align, At, Shape, Words};
use crate::text;
use crate::theme::{INK, RADIUS, Rgb, TEXT};

/// Labels are cut at this width.
const MOST: f32 = 200.0;
/// Lines are kept free in pieces of this length.
const PIECE: f32 = 6.0;

/// Left, top, right and lower edge.
type Box = [f32; 4];

/// What is taken in a plot.
pub struct Room<'a> {
    frame: &'a Frame,
    /// By points and texts.
    taken: Vec<Box>,
    /// By lines: a text lies on them only where there is no other place.
    crossed: Vec<Box>,
}

impl<'a> Room<'a> {
    /// A plot in which the given points are.
    pub fn new(frame: &'a Frame, points: impl Iterator<Item = At>) -> Self {
        let around = |[x, y]: At| [x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS];
        Self { frame, taken: points.map(around).collect(), crossed: Vec::new() }
    }

    /// Keeps texts off a line, as far as there are other places.
    pub fn keep_off(&mut self, line: &[At]) {
        for pair in line.windows(2) {
            let step = [pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]];
            let pieces = (step[0].hypot(step[1]) / PIECE).ceil().clamp(1.0, 1_000.0) as usize;
            let at = |piece: usize, axis: usize| pair[0][axis] + step[axis] * piece as f32 / pieces as f32;
            self.crossed.extend((0..pieces).map(|piece| {
                let ([x, to_x], [y, to_y]) =
                    ([at(piece, 0), at(piece + 1, 0)], [at(piece, 1), at(piece + 1, 1)]);
                [x.min(to_x) - 1.0, y.min(to_y) - 1.0, x.max(to_x) + 1.0, y.max(to_y) + 1.0]
            }));
        }
    }

    /// A label beside a point, unless everything around it is taken.
    pub fn beside(&mut self, [x, y]: At, label: &str) -> Option<Shape> {
        let away = RADIUS + 4.0;
        let up = TEXT * 1.05;
        let places = [
            ([x + away, y], Align::Left),
            ([x - away, y], Align::Right),
            ([x, y - up], Align::Middle),
            ([x, y + up], Align::Middle),
            ([x + away, y - 0.8 * up], Align::Left),
            ([x + away, y + 0.8 * up], Align::Left),
            ([x - away, y - 0.8 * up], Align::Right),
            ([x - away, y + 0.8 * up], Align::Right),
        ];
        self.first_free(&places, label, INK)
    }

    /// A label at a vertical line, near the top.
    pub fn at_vertical(&mut self, x: f32, label: &str, colour: Rgb) -> Option<Shape> {
        let places: Vec<_> = (0..12)
            .flat_map(|row| {
                let y = self.frame.top + 12.0 + row as f32 * TEXT * 1.4;
                [([x + 5.0, y], Align::Left), ([x - 5.0, y], Align::Right)]
            })
            .collect();
        self.first_free(&places, label, colour)
    }

    /// A label at a horizontal line, at the right.
    pub fn at_horizontal(&mut self, y: f32, label: &str, colour: Rgb) -> Option<Shape> {
        let (left, right) = (self.frame.left + 6.0, self.frame.right() - 6.0);
        let rows = [y - 10.0, y + 10.0];
        let places: Vec<_> = rows
            .iter()
            .flat_map(|y| [([right, *y], Align::Right), ([left, *y], Align::Left)])
            .chain(rows.iter().map(|y| ([(left + right) / 2.0, *y], Align::Middle)))
            .collect();
        self.first_free(&places, label, colour)
    }

    fn first_free(&mut self, places: &[(At, Align)], label: &str, colour: Rgb) -> Option<Shape> {
        let label = text::cut(label, TEXT, MOST.min(self.frame.width - 12.0));
        if label.is_empty() {
            return None;
        }
        let width = text::width(&label, TEXT, false);
        let boxed = |at: At, align: Align| {
            let left = match align {
                Align::Left => at[0],
                Align::Middle => at[0] - width / 2.0,
                Align::Right => at[0] - width,
            };
            [left - 1.0, at[1] - TEXT * 0.6, left + width + 1.0, at[1] + TEXT * 0.6]
        };
        let free = |area: &Box| {
            self.frame.holds([area[0], area[1]])
                && self.frame.holds([area[2], area[3]])
                && !self.taken.iter().any(|other| overlap(area, other))
        };
        let clear = |area: &Box| !self.crossed.iter().any(|line| overlap(area, line));
        let free: Vec<_> = places.iter().copied().filter(|(at, align)| free(&boxed(*at, *align))).collect();
        let best = free.iter().find(|(at, align)| clear(&boxed(*at, *align))).or(free.first());
        let (at, align) = best.copied()?;
        self.taken.push(boxed(at, align));
        Some(Shape::Text(Words { at, text: label, size: TEXT, bold: false, align, colour, turned: false }))
    }
}

fn overlap(one: &Box, other: &Box) -> bool {
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
}
