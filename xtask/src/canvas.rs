//! A picture in memory: pixels, lines and text.

use ab_glyph::{Font, FontRef, PxScale, ScaleFont, point};

/// Red, green, blue.
pub type Rgb = [u8; 3];

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

/// An RGB picture with the origin at its upper left.
pub struct Canvas {
    /// Pixels from left to right.
    pub width: usize,
    /// Pixels from top to bottom.
    pub height: usize,
    pixels: Vec<u8>,
    font: FontRef<'static>,
}

impl Canvas {
    /// A canvas filled with one colour.
    pub fn new(width: usize, height: usize, background: Rgb) -> Self {
        let font = FontRef::try_from_slice(dejavu::sans::regular()).expect("the bundled font is a font");
        Self { width, height, pixels: background.repeat(width * height), font }
    }

    /// Sets one pixel; nothing happens outside the picture.
    pub fn set(&mut self, x: usize, y: usize, colour: Rgb) {
        if x < self.width && y < self.height {
            let at = 3 * (y * self.width + x);
            self.pixels[at..at + 3].copy_from_slice(&colour);
        }
    }

    /// Mixes a colour into one pixel: `cover` 0 leaves it, 1 replaces it.
    pub fn blend(&mut self, x: usize, y: usize, colour: Rgb, cover: f32) {
        if x < self.width && y < self.height {
            let at = 3 * (y * self.width + x);
            for (pixel, colour) in self.pixels[at..at + 3].iter_mut().zip(colour) {
                let mixed =
                    f32::from(*pixel) + (f32::from(colour) - f32::from(*pixel)) * cover.clamp(0.0, 1.0);
                *pixel = mixed.round() as u8;
            }
        }
    }

    /// Fills a rectangle.
    pub fn fill(&mut self, left: usize, top: usize, width: usize, height: usize, colour: Rgb) {
        for y in top..top + height {
            for x in left..left + width {
                self.set(x, y, colour);
            }
        }
    }

    /// A frame of one pixel just outside the rectangle.
    pub fn frame(&mut self, left: usize, top: usize, width: usize, height: usize, colour: Rgb) {
        self.fill(left - 1, top - 1, width + 2, 1, colour);
        self.fill(left - 1, top + height, width + 2, 1, colour);
        self.fill(left - 1, top - 1, 1, height + 2, colour);
        self.fill(left + width, top - 1, 1, height + 2, colour);
    }

    /// Writes one line of text, centred on the height `y`.
    pub fn text(&mut self, x: f32, y: f32, size: f32, align: Align, colour: Rgb, text: &str) {
        let scale = PxScale::from(size);
        let font = self.font.clone();
        let scaled = font.as_scaled(scale);
        let start = match align {
            Align::Left => x,
            Align::Middle => x - self.text_width(size, text) / 2.0,
            Align::Right => x - self.text_width(size, text),
        };
        // Digits and capitals reach about 0.73 of the ascent: that part is centred.
        let baseline = y + scaled.ascent() * 0.73 / 2.0;
        let mut pen = start;
        let mut last = None;
        for character in text.chars() {
            let id = scaled.glyph_id(character);
            pen += last.map_or(0.0, |last| scaled.kern(last, id));
            last = Some(id);
            if let Some(outline) = font.outline_glyph(id.with_scale_and_position(scale, point(pen, baseline)))
            {
                let corner = outline.px_bounds().min;
                outline.draw(|column, row, cover| {
                    let (x, y) = (corner.x + column as f32, corner.y + row as f32);
                    if x >= 0.0 && y >= 0.0 {
                        self.blend(x as usize, y as usize, colour, cover);
                    }
                });
            }
            pen += scaled.h_advance(id);
        }
    }

    /// Width of a line of text in pixels.
    pub fn text_width(&self, size: f32, text: &str) -> f32 {
        let scaled = self.font.as_scaled(PxScale::from(size));
        text.chars().map(|character| scaled.h_advance(scaled.glyph_id(character))).sum()
    }

    /// The picture as a PNG file.
    pub fn write_png(&self, file: impl std::io::Write) -> Result<(), png::EncodingError> {
        let mut encoder = png::Encoder::new(file, self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.pixels)?;
        writer.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inked(canvas: &Canvas) -> Vec<(usize, usize)> {
        let dark = |at: &usize| canvas.pixels[3 * at] < 128;
        (0..canvas.width * canvas.height)
            .filter(dark)
            .map(|at| (at % canvas.width, at / canvas.width))
            .collect()
    }

    #[test]
    fn text_lies_where_its_alignment_says() {
        for (align, from, to) in [(Align::Left, 99, 160), (Align::Middle, 70, 130), (Align::Right, 40, 101)] {
            let mut canvas = Canvas::new(200, 40, [255; 3]);
            canvas.text(100.0, 20.0, 20.0, align, [0; 3], "10 kHz");
            let ink = inked(&canvas);
            assert!(ink.len() > 50, "{align:?} left {} dark pixels", ink.len());
            assert!(ink.iter().all(|(x, _)| (from..=to).contains(x)), "{align:?}");
            let (top, bottom) =
                (ink.iter().map(|p| p.1).min().unwrap(), ink.iter().map(|p| p.1).max().unwrap());
            assert!((top + bottom).abs_diff(40) <= 4, "{align:?} from {top} to {bottom}");
        }
    }

    #[test]
    fn nothing_is_drawn_outside() {
        let mut canvas = Canvas::new(10, 10, [255; 3]);
        canvas.set(10, 0, [0; 3]);
        canvas.text(-5.0, -3.0, 20.0, Align::Left, [0; 3], "W");
        canvas.fill(8, 8, 5, 5, [0; 3]);
        assert_eq!(canvas.pixels.len(), 300);
    }

    #[test]
    fn a_png_is_read_back_with_its_pixels() {
        let mut canvas = Canvas::new(3, 2, [10, 20, 30]);
        canvas.set(2, 1, [200, 100, 0]);
        let mut file = Vec::new();
        canvas.write_png(&mut file).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        let mut pixels = vec![0; 18];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.width, info.height), (3, 2));
        assert_eq!(pixels[15..], [200, 100, 0]);
    }
}
