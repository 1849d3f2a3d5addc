//! Charts with two axes.

use crate::describe::{Axis, Mark, Scale};
use crate::frame::{self, Frame};
use crate::picture::Picture;
use crate::scale::Span;
use crate::shape::{Align, At, Shape, Words};
use crate::theme::{INK, LEADING, MARGIN, NOTE, PLOT_HEIGHT, SOFT_INK, TEXT, TITLE, WIDTH};
use crate::{legend, marks, series, text};

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Above it.
    pub title: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// What it shows.
    pub marks: Vec<Mark>,
    /// Below it, in small letters: machine, load, command. May be empty.
    pub note: String,
    /// Width in pixels of the SVG, 320 to 2000.
    pub width: u32,
}

impl Default for Chart {
    fn default() -> Self {
        Self {
            title: String::new(),
            x: Axis::default(),
            y: Axis::default(),
            marks: Vec::new(),
            note: String::new(),
            width: WIDTH,
        }
    }
}

impl Chart {
    /// The chart, laid out.
    pub fn picture(&self) -> Picture {
        let width = whole_width(self.width);
        let (mut shapes, mut top) = head(&self.title, width);
        let (x, y) =
            (Span::of(&self.x, across(&self.marks)), Span::of(&self.y, up(&self.marks, self.y.scale)));
        let left = MARGIN + frame::room_left(&y, &self.y.title, PLOT_HEIGHT);
        let inner = width - left - MARGIN - TEXT;
        let (entries, high) = legend::drawn(&series::entries(&self.marks), left, top, inner);
        shapes.extend(entries);
        top += high + if high > 0.0 { 8.0 } else { 2.0 };
        let frame = Frame { left, top, width: inner, height: PLOT_HEIGHT, x, y };
        shapes.extend(frame::grid(&frame));
        shapes.extend(marks::drawn(&frame, &self.marks));
        shapes.push(frame::outline(&frame));
        shapes.extend(frame::horizontal_axis(&frame, &self.x));
        shapes.extend(frame::vertical_axis(&frame, &self.y));
        let below = frame.foot() + frame::room_below(&self.x.title) + 8.0;
        let (note, height) = foot(&self.note, width, below);
        shapes.extend(note);
        Picture { title: self.title.clone(), width, height, shapes }
    }
}

/// A width that can be drawn in.
pub fn whole_width(width: u32) -> f32 {
    width.clamp(320, 2_000) as f32
}

/// The title, and where what is below it begins.
pub fn head(title: &str, width: f32) -> (Vec<Shape>, f32) {
    if title.is_empty() {
        return (Vec::new(), MARGIN);
    }
    // Bold letters are wider than those that are measured.
    let text = text::cut(title, TITLE * 1.12, width - 2.0 * MARGIN);
    let at = [MARGIN, MARGIN + TITLE / 2.0];
    let words = Words { at, text, size: TITLE, bold: true, align: Align::Left, colour: INK, turned: false };
    (vec![Shape::Text(words)], MARGIN + TITLE * 1.7)
}

/// The note, from `top` downwards, and where the picture ends.
pub fn foot(note: &str, width: f32, top: f32) -> (Vec<Shape>, f32) {
    let lines = text::wrapped(note, NOTE, width - 2.0 * MARGIN);
    let height = top + text::height(lines.len(), NOTE) + MARGIN / 2.0;
    let line = |(index, text): (usize, String)| {
        let at: At = [MARGIN, top + (index as f32 + 0.5) * NOTE * LEADING];
        Shape::Text(Words {
            at,
            text,
            size: NOTE,
            bold: false,
            align: Align::Left,
            colour: SOFT_INK,
            turned: false,
        })
    };
    (lines.into_iter().enumerate().map(line).collect(), height.ceil())
}

/// A marker line is seen when it does not lie on the frame.
fn room_beyond(at: f64) -> Vec<f64> {
    vec![at, at + 0.04 * at.abs()]
}

/// Everything that the horizontal axis has to show.
fn across(marks: &[Mark]) -> impl Iterator<Item = f64> {
    marks.iter().flat_map(|mark| -> Vec<f64> {
        match mark {
            Mark::Line { points, .. } | Mark::Stairs { points, .. } => {
                points.iter().map(|point| point[0]).collect()
            }
            Mark::Histogram { bins, .. } => bins.iter().flat_map(|bin| [bin.from, bin.to]).collect(),
            Mark::Points { points, .. } => points.iter().map(|point| point.x).collect(),
            Mark::Vertical { at, .. } => room_beyond(*at),
            Mark::Horizontal { .. } => Vec::new(),
        }
    })
}

/// Everything that the vertical axis has to show. Bins begin at zero; where that is infinitely far down, the lowest bin and the
/// lowest step still stand above the edge.
fn up(marks: &[Mark], scale: Scale) -> impl Iterator<Item = f64> {
    let foot = move |height: f64| if scale == Scale::Log10 { 0.6 * height } else { 0.0 };
    marks.iter().flat_map(move |mark| -> Vec<f64> {
        match mark {
            Mark::Line { points, .. } => points.iter().map(|point| point[1]).collect(),
            Mark::Stairs { points, .. } => {
                points.iter().flat_map(|point| [foot(point[1]), point[1]]).collect()
            }
            Mark::Histogram { bins, .. } => {
                bins.iter().flat_map(|bin| [foot(bin.height), bin.height]).collect()
            }
            Mark::Points { points, .. } => points.iter().map(|point| point.y).collect(),
            Mark::Horizontal { at, .. } => room_beyond(*at),
            Mark::Vertical { .. } => Vec::new(),
        }
    })
}
