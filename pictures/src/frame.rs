//! The frame of a plot: its place, its axes, grid, ticks and titles.

use crate::describe::{Axis, Scale};
use crate::numbers::written;
use crate::scale::Span;
use crate::shape::{Align, At, Shape, Words};
use crate::text;
use crate::theme::{GRID, INK, TEXT};

/// Length of a tick with a label.
const TICK: f32 = 5.0;
/// Between a tick and its label.
const GAP: f32 = 4.0;

/// A plot's place in the picture, and what its edges stand for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Left edge.
    pub left: f32,
    /// Upper edge.
    pub top: f32,
    /// To the right edge.
    pub width: f32,
    /// To the lower edge.
    pub height: f32,
    /// Along the horizontal axis, from left to right.
    pub x: Span,
    /// Along the vertical axis, from bottom to top.
    pub y: Span,
}

impl Frame {
    /// Where two values lie, also outside the frame; `None` where they lie nowhere.
    pub fn at(&self, x: f64, y: f64) -> Option<At> {
        Some([self.column(self.x.part(x)?), self.row(self.y.part(y)?)])
    }

    /// The same, with what lies outside on the edge.
    pub fn at_within(&self, x: f64, y: f64) -> At {
        [self.column(self.x.part_within(x)), self.row(self.y.part_within(y))]
    }

    /// Whether a place lies in the frame.
    pub fn holds(&self, [x, y]: At) -> bool {
        (self.left - 0.01..=self.right() + 0.01).contains(&x)
            && (self.top - 0.01..=self.foot() + 0.01).contains(&y)
    }

    /// The right edge.
    pub fn right(&self) -> f32 {
        self.left + self.width
    }

    /// The lower edge.
    pub fn foot(&self) -> f32 {
        self.top + self.height
    }

    fn column(&self, part: f32) -> f32 {
        self.left + part * self.width
    }

    fn row(&self, part: f32) -> f32 {
        self.foot() - part * self.height
    }
}

/// As many labels as a horizontal axis of this length has room for.
pub fn ticks_across(span: &Span, width: f32) -> Vec<f64> {
    let most = |room: f32| ((width / room) as usize).clamp(2, 12);
    let ticks = span.ticks(most(70.0));
    let widest = ticks.iter().map(|tick| text::width(&written(*tick), TEXT, false)).fold(0.0, f32::max);
    if widest > 50.0 { span.ticks(most(widest + 20.0)) } else { ticks }
}

/// As many labels as a vertical axis of this length has room for.
pub fn ticks_up(span: &Span, height: f32) -> Vec<f64> {
    span.ticks(((height / 18.0) as usize).clamp(2, 10))
}

/// Room that the labels of a vertical axis and its title take left of the frame.
pub fn room_left(span: &Span, title: &str, height: f32) -> f32 {
    let label = |tick: &f64| text::width(&written(*tick), TEXT, false);
    let labels = ticks_up(span, height).iter().map(label).fold(0.0, f32::max);
    labels + TICK + GAP + if title.is_empty() { 0.0 } else { TEXT * 1.7 }
}

/// Room that the labels of a horizontal axis and its title take below the frame.
pub fn room_below(title: &str) -> f32 {
    TICK + TEXT * 1.6 + if title.is_empty() { 0.0 } else { TEXT * 1.6 }
}

/// The grid, which lies below everything.
pub fn grid(frame: &Frame) -> Vec<Shape> {
    let across = ticks_across(&frame.x, frame.width).into_iter().map(|tick| {
        let [x, _] = frame.at_within(tick, frame.y.from);
        Shape::segment([x, frame.top], [x, frame.foot()], GRID, 1.0)
    });
    let up = ticks_up(&frame.y, frame.height).into_iter().map(|tick| {
        let [_, y] = frame.at_within(frame.x.from, tick);
        Shape::segment([frame.left, y], [frame.right(), y], GRID, 1.0)
    });
    across.chain(up).collect()
}

/// The line around the plot.
pub fn outline(frame: &Frame) -> Shape {
    let (left, top, right, foot) = (frame.left, frame.top, frame.right(), frame.foot());
    let points = vec![[left, top], [right, top], [right, foot], [left, foot], [left, top]];
    Shape::Line { points, colour: INK, width: 1.0, dashed: false }
}

/// Ticks, labels and title below the frame.
pub fn horizontal_axis(frame: &Frame, axis: &Axis) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let foot = frame.foot();
    for fine in frame.x.fine_ticks() {
        let [x, _] = frame.at_within(fine, frame.y.from);
        shapes.push(Shape::segment([x, foot], [x, foot + TICK / 2.0], INK, 1.0));
    }
    let mut free = f32::NEG_INFINITY;
    for tick in ticks_across(&frame.x, frame.width) {
        let [x, _] = frame.at_within(tick, frame.y.from);
        shapes.push(Shape::segment([x, foot], [x, foot + TICK], INK, 1.0));
        let label = written(tick);
        let half = text::width(&label, TEXT, false) / 2.0;
        if x - half > free {
            shapes.push(Shape::text([x, foot + TICK + GAP + TEXT / 2.0], TEXT, Align::Middle, label));
            free = x + half + 6.0;
        }
    }
    let at = [frame.left + frame.width / 2.0, foot + TICK + GAP + TEXT * 2.1];
    shapes.push(Shape::text(at, TEXT, Align::Middle, text::cut(&axis.title, TEXT, frame.width)));
    shapes
}

/// Ticks, labels and title left of the frame.
pub fn vertical_axis(frame: &Frame, axis: &Axis) -> Vec<Shape> {
    let mut shapes = Vec::new();
    let left = frame.left;
    if axis.scale == Scale::Log10 {
        for fine in frame.y.fine_ticks() {
            let [_, y] = frame.at_within(frame.x.from, fine);
            shapes.push(Shape::segment([left - TICK / 2.0, y], [left, y], INK, 1.0));
        }
    }
    for tick in ticks_up(&frame.y, frame.height) {
        let [_, y] = frame.at_within(frame.x.from, tick);
        shapes.push(Shape::segment([left - TICK, y], [left, y], INK, 1.0));
        shapes.push(Shape::text([left - TICK - GAP, y], TEXT, Align::Right, written(tick)));
    }
    shapes.extend(title_at(frame, &axis.title, room_left(&frame.y, &axis.title, frame.height)));
    shapes
}

/// The title of a vertical axis whose numbers are none of its own.
pub fn turned_title(frame: &Frame, title: &str) -> Vec<Shape> {
    title_at(frame, title, TICK + GAP + TEXT * 4.6)
}

fn title_at(frame: &Frame, title: &str, room: f32) -> Vec<Shape> {
    if title.is_empty() {
        return Vec::new();
    }
    vec![Shape::Text(Words {
        at: [frame.left - room + TEXT / 2.0, frame.top + frame.height / 2.0],
        text: text::cut(title, TEXT, frame.height),
        size: TEXT,
        bold: false,
        align: Align::Middle,
        colour: INK,
        turned: true,
    })]
}
