//! Horizontal bars with their values.

use crate::chart::{foot, head, whole_width};
use crate::describe::{Axis, Scale};
use crate::frame::{self, Frame};
use crate::picture::Picture;
use crate::scale::Span;
use crate::shape::{Align, Shape};
use crate::text;
use crate::theme::{MARGIN, SERIES, TEXT, WIDTH};

/// From one bar to the next.
const ROW: f32 = 26.0;
/// Thickness of a bar.
const THICK: f32 = 16.0;
/// Names longer than this are cut.
const NAME: f32 = 260.0;

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Left of it.
    pub name: String,
    /// How long it is.
    pub value: f64,
    /// Written behind it: the value with its unit.
    pub text: String,
}

/// Bars below each other. They begin at zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    /// Above them.
    pub title: String,
    /// What their length shows, with its unit.
    pub axis: String,
    /// From top to bottom.
    pub bars: Vec<Bar>,
    /// Below them, in small letters. May be empty.
    pub note: String,
    /// Width in pixels of the SVG, 320 to 2000.
    pub width: u32,
}

impl Default for Bars {
    fn default() -> Self {
        Self {
            title: String::new(),
            axis: String::new(),
            bars: Vec::new(),
            note: String::new(),
            width: WIDTH,
        }
    }
}

impl Bars {
    /// The bars, laid out.
    pub fn picture(&self) -> Picture {
        let width = whole_width(self.width);
        let (mut shapes, top) = head(&self.title, width);
        let most_name = NAME.min(width * 0.35);
        let widest = |texts: &mut dyn Iterator<Item = &String>, most: f32| {
            texts.map(|text| text::width(&text::cut(text, TEXT, most), TEXT, false)).fold(0.0, f32::max)
        };
        let left = MARGIN + widest(&mut self.bars.iter().map(|bar| &bar.name), most_name) + 8.0;
        let values = widest(&mut self.bars.iter().map(|bar| &bar.text), width * 0.25) + 8.0;
        let inner = width - left - values - MARGIN;
        let axis = Axis { title: self.axis.clone(), ..Axis::default() };
        let x = Span::of(&axis, self.bars.iter().map(|bar| bar.value).chain([0.0]));
        let y = Span { scale: Scale::Linear, from: 0.0, to: 1.0 };
        let height = ROW * self.bars.len().max(1) as f32 + 8.0;
        let frame = Frame { left, top, width: inner, height, x, y };
        for tick in frame::ticks_across(&x, inner) {
            let [column, _] = frame.at_within(tick, 0.0);
            shapes.push(Shape::segment([column, top], [column, frame.foot()], crate::theme::GRID, 1.0));
        }
        let [zero, _] = frame.at_within(0.0, 0.0);
        for (index, bar) in self.bars.iter().enumerate() {
            let middle = top + 4.0 + (index as f32 + 0.5) * ROW;
            let end = if bar.value.is_finite() { frame.at_within(bar.value, 0.0)[0] } else { zero };
            let (from, to) = (zero.min(end), zero.max(end));
            shapes.push(Shape::rectangle([from, middle - THICK / 2.0], [to - from, THICK], SERIES[0], 1.0));
            let name = text::cut(&bar.name, TEXT, most_name);
            shapes.push(Shape::text([left - 8.0, middle], TEXT, Align::Right, name));
            let value = text::cut(&bar.text, TEXT, width * 0.25);
            shapes.push(Shape::text([to + 6.0, middle], TEXT, Align::Left, value));
        }
        shapes.push(Shape::segment([zero, top], [zero, frame.foot()], crate::theme::INK, 1.0));
        shapes.extend(frame::horizontal_axis(&frame, &axis));
        let (note, height) = foot(&self.note, width, frame.foot() + frame::room_below(&self.axis) + 8.0);
        shapes.extend(note);
        Picture { title: self.title.clone(), width, height, shapes }
    }
}
