//! A picture that is laid out, and its two ways out: SVG and PNG.

use crate::error::Error;
use crate::shape::Shape;
use crate::{raster, svg};

/// A picture that is laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// For those who cannot see it.
    pub(crate) title: String,
    /// Pixels of the SVG from left to right.
    pub(crate) width: f32,
    /// Pixels of the SVG from top to bottom.
    pub(crate) height: f32,
    /// What is drawn, in this order.
    pub(crate) shapes: Vec<Shape>,
}

impl Picture {
    /// The picture as an SVG element, without a document's head: it can be a file or stand within HTML. It needs no other
    /// file, has no scripts, styles or identifiers, and scales with its width.
    pub fn svg(&self) -> String {
        svg::written(&self.title, [self.width, self.height], &self.shapes)
    }

    /// The picture as a PNG file, with two pixels to one of the SVG.
    ///
    /// # Errors
    /// When it is too large or cannot be encoded.
    pub fn png(&self) -> Result<Vec<u8>, Error> {
        raster::drawn([self.width, self.height], &self.shapes)
    }

    /// Pictures one above the other.
    pub fn stacked(pictures: impl IntoIterator<Item = Self>) -> Self {
        let mut whole = Self { title: String::new(), width: 1.0, height: 0.0, shapes: Vec::new() };
        for picture in pictures {
            if whole.title.is_empty() {
                whole.title = picture.title;
            }
            let by = [0.0, whole.height];
            whole.shapes.extend(picture.shapes.into_iter().map(|shape| shape.moved(by)));
            whole.width = whole.width.max(picture.width);
            whole.height += picture.height;
        }
        whole.height = whole.height.max(1.0);
        whole
    }
}
