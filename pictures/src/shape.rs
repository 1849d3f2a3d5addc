//! What a picture consists of once it is laid out.

use crate::pixels::Pixels;
use crate::theme::Rgb;

/// A place: pixels from the left and from the top.
pub type At = [f32; 2];

/// Where a text lies relative to the point that is given for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// The text starts at the point.
    Left,
    /// The text has the point in its middle.
    Middle,
    /// The text ends at the point.
    Right,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// The point on the middle of the line's height.
    pub at: At,
    /// Without line breaks and control characters.
    pub text: String,
    /// Size of the font.
    pub size: f32,
    /// Whether it is bold.
    pub bold: bool,
    /// On which side of the point.
    pub align: Align,
    /// Its colour.
    pub colour: Rgb,
    /// Whether it runs from bottom to top.
    pub turned: bool,
}

/// One thing that is drawn; the ones that come later lie on those before.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A filled polygon.
    Fill {
        /// Its corners.
        points: Vec<At>,
        /// Its colour.
        colour: Rgb,
        /// 0 to 1.
        opacity: f32,
    },
    /// A line through points.
    Line {
        /// From one to the next.
        points: Vec<At>,
        /// Its colour.
        colour: Rgb,
        /// Its width.
        width: f32,
        /// Whether it has gaps.
        dashed: bool,
    },
    /// A circle.
    Disc {
        /// Its middle.
        centre: At,
        /// Its radius.
        radius: f32,
        /// Inside.
        fill: Rgb,
        /// Around it.
        edge: Rgb,
    },
    /// A text.
    Text(Words),
    /// An image.
    Image {
        /// Its upper left corner.
        at: At,
        /// Width and height.
        size: [f32; 2],
        /// What it shows.
        pixels: Pixels,
    },
}

impl Shape {
    /// A filled rectangle.
    pub fn rectangle(at: At, size: [f32; 2], colour: Rgb, opacity: f32) -> Self {
        let ([left, top], [width, height]) = (at, size);
        let points =
            vec![[left, top], [left + width, top], [left + width, top + height], [left, top + height]];
        Self::Fill { points, colour, opacity }
    }

    /// A straight line.
    pub fn segment(from: At, to: At, colour: Rgb, width: f32) -> Self {
        Self::Line { points: vec![from, to], colour, width, dashed: false }
    }

    /// A text in ink.
    pub fn text(at: At, size: f32, align: Align, text: impl Into<String>) -> Self {
        let (bold, turned, colour) = (false, false, crate::theme::INK);
        Self::Text(Words { at, text: text.into(), size, bold, align, colour, turned })
    }

    /// The same thing elsewhere.
    pub fn moved(mut self, by: At) -> Self {
        let shift = |at: &mut At| *at = [at[0] + by[0], at[1] + by[1]];
        match &mut self {
            Self::Fill { points, .. } | Self::Line { points, .. } => points.iter_mut().for_each(shift),
            Self::Disc { centre, .. } => shift(centre),
            Self::Text(words) => shift(&mut words.at),
            Self::Image { at, .. } => shift(at),
        }
        self
    }
}
