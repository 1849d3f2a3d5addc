//! Pixels of images, and their encoding as PNG.

use crate::theme::Rgb;

/// An image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
    /// Red, green and blue of each, row by row from the top.
    pub rgb: Vec<u8>,
}

impl Pixels {
    /// An image whose pixels are asked for one by one: column, row.
    pub fn from_fn(width: u32, height: u32, colour: impl Fn(u32, u32) -> Rgb) -> Self {
        let rgb = (0..height)
            .flat_map(|y| {
                (0..width).flat_map({
                    let colour = &colour;
                    move |x| colour(x, y)
                })
            })
            .collect();
        Self { width, height, rgb }
    }

    /// The image as a PNG file.
    pub fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        encode_rgb(self.width, self.height, &self.rgb)
    }
}

/// A PNG file of `rgb`: red, green and blue of each pixel, row by row from the top.
///
/// # Errors
/// When there is no pixel, or `rgb` has not three bytes for each.
pub fn encode_rgb(width: u32, height: u32, rgb: &[u8]) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rgb)?;
    writer.finish()?;
    Ok(file)
}
