//! Drawing a picture as pixels.

use ab_glyph::OutlineCurve;
use tiny_skia::{
    Color, FillRule, IntSize, LineJoin, Paint, Path, PathBuilder, Pixmap, PixmapPaint, Shader, Stroke,
    StrokeDash, Transform,
};

use crate::error::Error;
use crate::pixels::{Pixels, encode_rgb};
use crate::shape::{Align, At, Shape, Words};
use crate::text::{glyphs, middle_to_base, one_line, outline, width};
use crate::theme::{PAPER, PNG_SCALE, Rgb};

/// More pixels than this to a side are not drawn.
const MOST: f32 = 16_000.0;

/// A PNG file of a size, width and height in pixels of the SVG, with shapes in it.
pub fn drawn([width, height]: [f32; 2], shapes: &[Shape]) -> Result<Vec<u8>, Error> {
    let scale = PNG_SCALE as f32;
    let too_large = || Error::TooLarge { width, height };
    let [wide, high] = [width, height].map(|side| (side * scale).ceil());
    if wide.max(high) > MOST {
        return Err(too_large());
    }
    let mut pixmap = Pixmap::new(wide as u32, high as u32).ok_or_else(too_large)?;
    pixmap.fill(solid(PAPER, 1.0));
    let transform = Transform::from_scale(scale, scale);
    for shape in shapes {
        draw(&mut pixmap, shape, transform);
    }
    // Everything lies on the opaque ground.
    let rgb: Vec<u8> =
        pixmap.pixels().iter().flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    Ok(encode_rgb(pixmap.width(), pixmap.height(), &rgb)?)
}

fn draw(pixmap: &mut Pixmap, shape: &Shape, transform: Transform) {
    match shape {
        Shape::Fill { points, colour, opacity } => {
            if let Some(path) = path(points, true) {
                pixmap.fill_path(&path, &paint(*colour, *opacity), FillRule::Winding, transform, None);
            }
        }
        Shape::Line { points, colour, width, dashed } => {
            let dash = dashed.then(|| StrokeDash::new(vec![6.0, 4.0], 0.0)).flatten();
            let stroke = Stroke { width: *width, line_join: LineJoin::Round, dash, ..Stroke::default() };
            if let Some(path) = path(points, false) {
                pixmap.stroke_path(&path, &paint(*colour, 1.0), &stroke, transform, None);
            }
        }
        Shape::Disc { centre: [x, y], radius, fill, edge } => {
            if let Some(path) = PathBuilder::from_circle(*x, *y, *radius) {
                pixmap.fill_path(&path, &paint(*fill, 1.0), FillRule::Winding, transform, None);
                let stroke = Stroke { width: 1.6, ..Stroke::default() };
                pixmap.stroke_path(&path, &paint(*edge, 1.0), &stroke, transform, None);
            }
        }
        Shape::Text(words) => write(pixmap, words, transform),
        Shape::Image { at, size, pixels } => image(pixmap, *at, *size, pixels, transform),
    }
}

fn solid([red, green, blue]: Rgb, opacity: f32) -> Color {
    Color::from_rgba8(red, green, blue, (opacity.clamp(0.0, 1.0) * 255.0).round() as u8)
}

fn paint(colour: Rgb, opacity: f32) -> Paint<'static> {
    Paint { shader: Shader::SolidColor(solid(colour, opacity)), anti_alias: true, ..Paint::default() }
}

fn path(points: &[At], closed: bool) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for (index, &[x, y]) in points.iter().enumerate() {
        if index == 0 { builder.move_to(x, y) } else { builder.line_to(x, y) }
    }
    if closed {
        builder.close();
    }
    builder.finish()
}

fn image(pixmap: &mut Pixmap, at: At, size: [f32; 2], pixels: &Pixels, transform: Transform) {
    let rgba = pixels.rgb.chunks_exact(3).flat_map(|rgb| [rgb[0], rgb[1], rgb[2], 255]).collect();
    let image = IntSize::from_wh(pixels.width, pixels.height).and_then(|size| Pixmap::from_vec(rgba, size));
    if let Some(image) = image {
        let (wide, high) = (size[0] / pixels.width as f32, size[1] / pixels.height as f32);
        let place = transform.pre_translate(at[0], at[1]).pre_scale(wide, high);
        pixmap.draw_pixmap(0, 0, image.as_ref(), &PixmapPaint::default(), place, None);
    }
}

fn write(pixmap: &mut Pixmap, words: &Words, transform: Transform) {
    let text = one_line(&words.text);
    let turned = if words.turned { -90.0 } else { 0.0 };
    let place = transform.pre_translate(words.at[0], words.at[1]).pre_concat(Transform::from_rotate(turned));
    let length = width(&text, words.size, words.bold);
    let start = match words.align {
        Align::Left => 0.0,
        Align::Middle => -length / 2.0,
        Align::Right => -length,
    };
    let mut builder = PathBuilder::new();
    for glyph in glyphs(&text, words.size, words.bold) {
        let (curves, pixels) = outline(glyph.id, words.size, words.bold);
        append(&mut builder, &curves, [start + glyph.left, middle_to_base(words.size)], pixels);
    }
    if let Some(path) = builder.finish() {
        pixmap.fill_path(&path, &paint(words.colour, 1.0), FillRule::Winding, place, None);
    }
}

/// Adds a glyph's outline, which points upwards, with its origin at `base`.
fn append(builder: &mut PathBuilder, curves: &[OutlineCurve], base: At, pixels: f32) {
    let at = |point: &ab_glyph::Point| (base[0] + point.x * pixels, base[1] - point.y * pixels);
    let mut end = None;
    for curve in curves {
        let (from, to) = match curve {
            OutlineCurve::Line(from, to)
            | OutlineCurve::Quad(from, _, to)
            | OutlineCurve::Cubic(from, _, _, to) => (from, to),
        };
        if end != Some(*from) {
            let (x, y) = at(from);
            builder.move_to(x, y);
        }
        end = Some(*to);
        let (x, y) = at(to);
        match curve {
            OutlineCurve::Line(..) => builder.line_to(x, y),
            OutlineCurve::Quad(_, by, _) => {
                let (over_x, over_y) = at(by);
                builder.quad_to(over_x, over_y, x, y);
            }
            OutlineCurve::Cubic(_, one, two, _) => {
                let ((one_x, one_y), (two_x, two_y)) = (at(one), at(two));
                builder.cubic_to(one_x, one_y, two_x, two_y, x, y);
            }
        }
    }
}
